"""No text is longer than it may be: in the table of all wordings, and in a conversation in which
everything happens and everything has its longest name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from notifications import segments
from notifications.budget import APPOINTMENT_LIMIT, LIMIT, LONGEST_PHONE, LONGEST_PLACE
from notifications.models import Notification
from notifications.texts import SECRETS, WORDINGS
from portal.appointments import office_actions
from portal.appointments.models import How
from portal.database import transaction
from portal.languages import offered
from portal.messages import desk_actions, queries
from tests.notifications.dialogues import EACH_LANGUAGE, Talk, word
from tests.notifications.every_text import every_text
from tests.notifications.sending import rows
from tests.people import SOON, People, StoppedClock, actor, again, claimant, slot

WHY = "We need to see your papers before we can change this. " * 2
LANGUAGES = [language.code for language in offered()]
_WITH_WORDS_OF_STAFF = ("appointments.refused",)


def too_long(texts: list[Notification]) -> Iterator[str]:
    """Texts beyond their limit: what every text may have, and less for appointments."""
    for text in texts:
        size = segments.measure(text.body) if text.body else None
        found = size.segments if size else text.segments
        appointment = text.kind.startswith("appointments.")
        own = appointment and text.kind not in _WITH_WORDS_OF_STAFF
        plain = segments.in_gsm7(text.language)
        limit = APPOINTMENT_LIMIT["GSM-7" if plain else "UCS-2"] if own else LIMIT
        if found > limit:
            yield f"{text.language} {text.kind}: {found} parts of {limit}: {text.body}"


@pytest.fixture(params=EACH_LANGUAGE)
def talk(
    request: pytest.FixtureRequest, app: Flask, people: People, clock_stopped: StoppedClock
) -> Talk:
    with app.app_context(), transaction():
        office = again(people.office)
        office.short_name, office.phone = LONGEST_PLACE, LONGEST_PHONE
        sam = claimant(office, "Sam Okoro", "+447700900109", language=request.param)
    return Talk(app, clock_stopped, sam)


def everything_happens(talk: Talk, people: People) -> None:
    """The longest conversation: each task once, with what the office says to it."""
    own = {intent: word(talk.person.language, intent) for intent in ("cancel", "phone", "undo")}
    with talk.app.app_context(), transaction():
        for day in range(3):
            slot(people.office, SOON.replace(day=22 + day, month=9, hour=12, minute=45))
    visit = talk.offered(days=9 + 7 * 32)
    for words in ("what is this", "1", own["cancel"], "19", "18"):
        talk.says(words)
    talk.says(own["cancel"])
    talk.says(talk.code()).says("1").says(own["undo"]).says(own["phone"])
    with talk.app.app_context(), transaction():
        request = again(talk.visit(visit)).open_request
        assert request is not None
        office_actions.refuse(request, why=WHY[:89], by=actor(people.coach))
    talk.settles().says(word(talk.person.language, "other_time")).says("9")
    other = talk.offered(days=12, how=How.phone)
    talk.says("1")
    for intent in ("next", "menu", "help", "settings", "language", "status", "late", "fare"):
        talk.time.later(minutes=40)
        talk.says(word(talk.person.language, intent)).says("0")
    talk.time.later(hours=2)
    talk.says(word(talk.person.language, "callback")).says("2")
    talk.says(word(talk.person.language, "message")).says("I have moved house. " * 20)
    talk.says(word(talk.person.language, "done")).says("1")
    with talk.app.app_context(), transaction():
        person = again(talk.person)
        last = queries.waiting_of(person)[-1]
        desk_actions.reply(
            person, "Thank you.", staff=people.coach, up_to=last.id, by=actor(people.coach)
        )
        office_actions.call_off(again(talk.visit(other)), why=WHY, by=actor(people.coach))
    talk.settles()
    talk.says(word(talk.person.language, "stop"))


@pytest.mark.slow
def test_the_longest_conversation_keeps_to_its_budget(talk: Talk, people: People) -> None:
    everything_happens(talk, people)
    with talk.app.app_context():
        sent = [text for text in rows() if text.to_number == talk.number]
        assert len(sent) > 25
        assert {text.kind for text in sent} >= {"appointments.offer", "conversation.reply"}
        assert list(too_long(sent)) == []


def test_the_table_has_every_text_in_every_language(app: Flask) -> None:
    with app.app_context():
        found = {(row.language, row.kind) for row in every_text()}
    wanted = {(code, kind) for code in LANGUAGES for kind in set(WORDINGS) - set(SECRETS)}
    assert wanted - found == set()
    for reply in ("reply.code", "reply.code_texted"):
        assert {(code, reply) for code in LANGUAGES} <= found


@pytest.mark.slow
def test_appointment_texts_have_their_own_limit(app: Flask) -> None:
    with app.app_context():
        rows_of = {(row.language, row.kind): row for row in every_text()}
    assert rows_of["en", "appointments.offer"].limit == 1
    assert rows_of["cy", "appointments.offer"].limit == 1
    assert rows_of["ar", "appointments.offer"].limit == 2
    assert all(row.limit <= LIMIT for row in rows_of.values())
    assert all(row.fits for (language, _), row in rows_of.items() if language == "en")


def test_a_text_that_is_too_long_is_noticed(app: Flask) -> None:
    with app.app_context():
        row = next(row for row in every_text() if row.kind == "appointments.offer")
    longer = segments.measure(row.text + "x" * 160)
    assert row.fits
    assert not replace(row, measured=longer).fits
    text = Notification(kind="appointments.offer", language="en", body="x" * 161)
    assert list(too_long([text]))


@pytest.mark.slow
def test_the_command_prints_every_text_with_its_limit(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=["sms", "budget"]).output
    assert "TOO LONG" not in said
    assert said.count("appointments.offer ") >= len(LANGUAGES)
    assert " units " in said


_NAMES_US = {
    "en": ("coach", "benefit", "ommitment"),
    "cy": ("Ganolfan", "Credyd", "anogwr", "budd-dal", "mrwymiad"),
    "ar": ("مركز التوظيف", "يونيفرسال", "مستشار", "إعانة", "اتفاقي"),
    "bn": ("জবসেন্টার", "ইউনিভার্সাল", "ওয়ার্ক কোচ", "কমিটমেন্ট"),
    "fa": ("کاریابی", "یونیورسال", "مشاور", "تعهدنامه"),
    "pa": ("ਜੌਬ ਸੈਂਟਰ", "ਯੂਨੀਵਰਸਲ", "ਵਰਕ ਕੋਚ", "ਕਮਿਟਮੈਂਟ"),
    "pl": ("doradc", "zasił", "Commitment"),
    "pt": ("coach", "subsídio", "Commitment"),
    "ro": ("consilier", "ajutor bănesc", "Commitment"),
    "so": ("taliy", "Commitment"),
    "uk": ("зайнятості", "консультант", "Commitment"),
    "ur": ("جاب سینٹر", "یونیورسل", "ورک کوچ", "کمٹمنٹ"),
}
"""The words of the glossary for who we are; the English names stand in any language."""
_IN_EVERY_LANGUAGE = ("Jobcentre", "Universal Credit")
_NOT_IN_DISCREET_TEXTS = ("plan", "costs", "commitment", "point", "explain", "help_unknown")


def test_no_discreet_text_names_who_we_are(app: Flask) -> None:
    with app.app_context():
        rows = [row for row in every_text() if row.discreet]
    assert len(rows) > 200
    named = [
        (row.kind, row.text)
        for row in rows
        if not row.kind.removeprefix("reply.").startswith(_NOT_IN_DISCREET_TEXTS)
        and any(name in row.text for name in (*_IN_EVERY_LANGUAGE, *_NAMES_US[row.language]))
    ]
    assert named == []
