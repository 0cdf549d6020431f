"""What people type stays as typed; its language is known, and what staff cannot read waits."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import languages
from portal.about import actions as about
from portal.account.models import Claimant
from portal.appointments import actions as diary
from portal.commitment.models import Request as Change
from portal.costs.models import CostRequest
from portal.database import db, transaction
from portal.messages import actions as messages
from portal.messages import desk_actions as post
from portal.messages import queries as threads
from portal.record import log, retention
from portal.refusals import Refusal
from portal.typed import desk_actions, keeping, queries, rules
from portal.typed.models import Fit, Side, Typed
from tests.people import Browser, Desk, People, actor, again, appointment, claimant, office

OFFERED = [language.code for language in languages.offered()]
ENGLISH = "I cannot come on Monday. My child is ill."
TYPED = {
    "en": ENGLISH,
    "cy": "Ni allaf ddod ddydd Llun. Mae fy mhlentyn yn sâl.",
    "ar": "لا أستطيع الحضور يوم الاثنين. رقمي 07700 900123.",
    "bn": "আমি সোমবার আসতে পারব না।",
    "fa": "دوشنبه نمی‌توانم بیایم. ref AB12-CD34",
    "pa": "ਮੈਂ ਸੋਮਵਾਰ ਨੂੰ ਨਹੀਂ ਆ ਸਕਦਾ।",
    "pl": "Nie mogę przyjść w poniedziałek.",
    "pt": "Não posso ir na segunda-feira.",
    "ro": "Nu pot veni luni. Știți?",
    "so": "Isniinta ma iman karo.",
    "uk": "Я не можу прийти в понеділок.",
    "ur": "میں پیر کو نہیں آ سکتی۔",
}
SORANI = "من ناتوانم دووشەممە بێم"
TIGRINYA = "ሰኑይ ክመጽእ ኣይክእልን እየ"


@pytest.mark.parametrize("code", languages.known())
def test_what_is_written_in_a_language_fits_it(code: str) -> None:
    assert rules.fit(code, TYPED[code]) is Fit.whole


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("en", SORANI, Fit.none),
        ("en", TIGRINYA, Fit.none),
        ("en", "Farsi: " + TYPED["fa"], Fit.none),
        ("ar", TIGRINYA, Fit.none),
        ("ar", ENGLISH, Fit.none),
        ("pa", TYPED["ur"], Fit.none),
        ("uk", TYPED["pl"], Fit.none),
        ("en", f"{ENGLISH} {SORANI}", Fit.partly),
        ("en", f"{ENGLISH} {ENGLISH} Ask my friend عمر", Fit.whole),
        ("ar", "اتصلوا بعمر على omar.salih@example.org أو 07700 900123 من فضلكم قبل يوم الخميس",
         Fit.whole),
        ("ar", f"{TYPED['ar']} {TIGRINYA}", Fit.partly),
        ("en", "07700 900123", Fit.whole),
        ("ar", "٠٧٧٠٠ ٩٠٠١٢٣ ☎️ !!", Fit.whole),
        ("en", "عمر", Fit.none),
        ("en", "<b>ok</b> & 'ok'", Fit.whole),
        ("en", "", Fit.whole),
        ("fa", "\u200c\u202e\u2066\x00", Fit.whole),
    ],
)  # fmt: skip
def test_only_the_letters_decide(code: str, text: str, found: Fit) -> None:
    assert rules.fit(code, text) is found


@pytest.mark.parametrize(
    ("code", "fits", "text", "nation", "waits"),
    [
        ("en", Fit.whole, ENGLISH, "england", False),
        ("cy", Fit.whole, TYPED["cy"], "wales", False),
        ("cy", Fit.whole, TYPED["cy"], "england", True),
        ("cy", Fit.none, SORANI, "wales", True),
        ("ar", Fit.whole, TYPED["ar"], "england", True),
        ("ar", Fit.whole, "07700 900123", "england", False),
        ("en", Fit.none, TIGRINYA, "england", True),
        ("en", Fit.partly, ENGLISH + SORANI, "england", True),
    ],
)
def test_what_needs_a_translator(code: str, fits: Fit, text: str, nation: str, waits: bool) -> None:
    assert rules.needs_translator(code, fits, text, nation) is waits


def writes(app: Flask, person: Claimant, words: str, code: str = "en") -> UUID:
    """The person writes a message on a page in this language; its id."""
    with app.app_context(), transaction(), languages.speaking(code):
        entry = messages.write(again(person), words, by=actor(person))
        assert entry.about is not None
        return entry.about


def typed(about: UUID, side: Side = Side.person) -> Typed:
    found = queries.typed(about, side)
    assert found is not None
    return found


@pytest.mark.parametrize("code", OFFERED)
def test_a_message_keeps_the_language_of_its_page(app: Flask, people: People, code: str) -> None:
    browser = Browser(app).sign_in(people.alex)
    browser.post("/language", _language=code, _next="/messages").open("/messages")
    browser.post("/messages", words=TYPED[code])
    own = languages.known()[code]
    with app.app_context():
        (message,) = threads.thread(again(people.alex))
        assert message.words == TYPED[code]
        found = typed(message.id)
        assert (found.language, found.fit, found.waits) == (code, Fit.whole, code != "en")
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees(f"Needs a translator: {int(code != 'en')}")
    desk.open(f"/staff/people/{people.alex.id}/messages").sees(own.endonym, own.english_name)
    box = next(e for e in desk.page.all("div") if e.get("lang") == own.html_lang)
    assert TYPED[code] in "".join(box.itertext())
    assert {e.get("dir") for e in box.iter("p")} == {"auto"}


@pytest.mark.parametrize("words", [SORANI, TIGRINYA])
def test_letters_of_another_language_are_called_unknown(
    app: Flask, people: People, words: str
) -> None:
    writes(app, people.alex, words)
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("Needs a translator: 1", "A message", "Language not known")
    desk.open(f"/staff/people/{people.alex.id}/messages")
    desk.sees(words, "They used the service in English, and these are other letters.")
    box = next(e for e in desk.page.all("div") if words in "".join(e.itertext()))
    assert box.get("lang") is None, "nobody guesses"


def test_a_translation_stands_beside_the_words_and_replaces_nothing(
    app: Flask, people: People
) -> None:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.press("Open").sees(TYPED["ar"], "Needs a translator")
    desk.follow("Write down what a translator says").sees(TYPED["ar"])
    desk.press("Keep the translation", status=422)
    desk.sees("Write in English what it says.", "Write who translated it.")
    desk.fill(english=ENGLISH, translator="Nadia <b>T</b>, line 4").press("Keep the translation")
    desk.sees("The translation is kept", "It stands beside their own words")
    desk.open(f"/staff/people/{people.alex.id}/messages").sees(TYPED["ar"], ENGLISH, "Nadia <b>T")
    assert not [e for e in desk.page.all("strong") if e.text == "Needs a translator"]
    desk.open("/staff").sees("Needs a translator: 0")
    alex = Browser(app).sign_in(people.alex).open("/messages").sees(TYPED["ar"], ENGLISH)
    assert next(e for e in alex.page.all("div") if e.get("lang") == "en")
    alex.open("/record").sees("by Nadia <b>T</b>, line 4. Your own words stay as you wrote them.")
    with app.app_context():
        (message,) = threads.thread(again(people.alex))
        assert (message.words, typed(about_it).english) == (TYPED["ar"], ENGLISH)
        entry = log.entries_about(people.alex.id, about_it)[-1]
        assert (entry.kind, entry.actor_id) == ("typed.translated", people.coach.id)
        assert log.verify(people.alex.id) == []


def test_the_record_holds_no_translated_words_and_lets_them_go(app: Flask, people: People) -> None:
    found = translated(app, people)
    with app.app_context():
        for entry in log.entries(people.alex.id):
            assert ENGLISH not in entry.details.body
        column = sa.select(sa.literal_column("english")).select_from(sa.table("typed_words"))
        assert "Monday" not in db.session.execute(column).scalar_one(), "sealed"
    with app.app_context(), transaction():
        retention.erase_record(people.alex.id)
    with app.app_context():
        assert (typed(found).english, typed(found).translator) == ("", "")
        assert keeping.words_of(typed(found)) == []


def translated(app: Flask, people: People) -> UUID:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    with app.app_context(), transaction():
        desk_actions.translate(
            typed(about_it), ENGLISH, translator="N", staff=people.coach, by=actor(people.coach)
        )
    return about_it


def test_the_same_said_twice_is_recorded_once(app: Flask, people: People) -> None:
    about_it = translated(app, people)
    with app.app_context(), transaction():
        before = log.length(people.alex.id)
        found, more = typed(about_it), {"staff": people.coach, "by": actor(people.coach)}
        desk_actions.translate(found, f" {ENGLISH} ", translator="N", **more)
        assert log.length(people.alex.id) == before
        assert desk_actions.read_as_it_is(found, **more) is None
        desk_actions.translate(found, "Better.", translator="N", **more)
        assert log.length(people.alex.id) == before + 1


@pytest.mark.parametrize(
    ("english", "translator"), [("", "N"), ("x", ""), ("x" * 20_001, "N"), ("x", "N" * 101)]
)
def test_half_a_translation_is_refused(
    app: Flask, people: People, english: str, translator: str
) -> None:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    with app.app_context(), transaction(), pytest.raises(Refusal):
        desk_actions.translate(
            typed(about_it), english, translator=translator, staff=people.coach,
            by=actor(people.coach),
        )  # fmt: skip


def test_staff_who_can_read_it_say_so_and_who_cannot_ask(app: Flask, people: People) -> None:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    desk = Desk(app).sign_in(people.coach).open(f"/staff/typed/{about_it}")
    desk.press("I can read this myself").sees("This is recorded")
    desk.open("/staff").sees("Needs a translator: 0")
    desk.open(f"/staff/people/{people.alex.id}/messages").sees("Priya Shah could read it.")
    desk.open(f"/staff/typed/{about_it}").press("I cannot read this. It needs a translator")
    desk.sees("It waits for a translator now").open("/staff").sees("Needs a translator: 1")
    alex = Browser(app).sign_in(people.alex).open("/record")
    alex.sees("It needed no translator.", "Your Jobcentre asked for a translator")


def test_polish_on_an_english_page_waits_once_staff_say_so(app: Flask, people: People) -> None:
    """Latin letters tell nothing: whoever reads it does."""
    about_it = writes(app, people.alex, TYPED["pl"])
    desk = Desk(app).sign_in(people.coach).open("/staff").sees("Needs a translator: 0")
    desk.open(f"/staff/typed/{about_it}").press("I cannot read this. It needs a translator")
    desk.open("/staff").sees("Needs a translator: 1").open(f"/staff/typed/{about_it}")
    desk.fill(english="No.", translator="N", named="Polish").press("Keep the translation")
    desk.open(f"/staff/people/{people.alex.id}/messages")
    desk.sees("Language, as the translator named it: Polish.")


def test_another_office_finds_nothing(app: Flask, people: People) -> None:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    desk = Desk(app).sign_in(people.other_coach).open("/staff").sees("Needs a translator: 0")
    desk.open(f"/staff/typed/{about_it}", 404).open(f"/staff/typed/{UUID(int=1)}", 404)
    desk.open("/staff").post(f"/staff/typed/{about_it}/read", 404)
    desk.open("/staff").post(f"/staff/typed/{about_it}/translator", 404)


def test_welsh_waits_for_nobody_in_wales(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        cardiff = office(code="CF1", name="Cardiff", short_name="Cardiff")
        cardiff.nation = "wales"
        nia = claimant(cardiff, "Nia", "+447700900177", language="cy")
    about_it = writes(app, nia, TYPED["cy"], "cy")
    with app.app_context():
        assert not typed(about_it).waits
        assert queries.how_many_waiting(cardiff.id) == 0


def test_words_that_are_typed_anew_lose_the_translation_of_the_old(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
    with app.app_context(), transaction(), languages.speaking("ar"):
        diary.ask_for_another_time(again(visit), note=TYPED["ar"], by=actor(people.alex))
        asked = again(visit).open_request
    assert asked is not None
    with app.app_context(), transaction():
        more = {"staff": people.coach, "by": actor(people.coach)}
        desk_actions.translate(typed(asked.id), ENGLISH, translator="N", **more)
    with app.app_context(), transaction(), languages.speaking("ar"):
        diary.give_reason(again(asked), reason="ill", note=TYPED["ar"] * 2, by=actor(people.alex))
    with app.app_context():
        assert (typed(asked.id).english, typed(asked.id).waits) == ("", True)
        kinds = [entry.kind for entry in log.entries(people.alex.id)]
        assert "typed.translated" in kinds, "that it was translated stays in the record"


def test_whatever_holds_words_says_in_which_language(app: Flask, people: People) -> None:
    """Every table that holds what a person typed is named, and so is each door: it happens below
    them all."""
    assert set(rules.WHAT) == {
        kept.__tablename__
        for kept, how in keeping._kept.items()
        if how.columns[Side.person]
    }  # fmt: skip
    with app.app_context(), transaction(), languages.speaking("ar"):
        for row in (
            CostRequest(claimant_id=people.alex.id, item="other", item_words=TYPED["ar"],
                        reply_by=clock_day(), asked_at=now(), paid=""),
            Change(claimant_id=people.alex.id, words="", instead=TYPED["ar"],
                   asked_at=now(), reply_by=clock_day()),
        ):  # fmt: skip
            db.session.add(row)
            db.session.flush()
            assert typed(row.id).waits


def clock_day():  # type: ignore[no-untyped-def]
    from portal import clock

    return clock.today()


def now():  # type: ignore[no-untyped-def]
    from portal import clock

    return clock.now()


def test_a_page_that_is_not_approved_is_nobodys_to_translate(app: Flask, people: People) -> None:
    with app.app_context(), transaction(), languages.speaking("ar"):
        page = about.write_page(
            again(people.alex), about.Words(needs=TYPED["ar"]), by=actor(people.alex)
        )
        assert queries.typed(page.id) is None
        about.approve_page(page, by=actor(people.alex))
    with app.app_context(), transaction():
        assert typed(page.id).waits
        about.take_back_page(again(page), by=actor(people.alex))
    with app.app_context():
        assert queries.typed(page.id) is None
        assert queries.how_many_waiting(people.office.id) == 0


@pytest.mark.parametrize("code", OFFERED)
def test_a_reply_names_its_language_to_whoever_reads_another(
    app: Flask, people: People, code: str
) -> None:
    about_it = writes(app, people.alex, ENGLISH)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/messages")
    desk.post(
        f"/staff/people/{people.alex.id}/messages",
        words=TYPED[code],
        up_to=about_it,
        language=code,
    )
    own = languages.known()[code]
    alex = Browser(app).sign_in(people.alex).open("/messages").sees(TYPED[code])
    assert next(e for e in alex.page.all("div") if e.get("lang") == own.html_lang)
    said = f"This was written in {own.english_name}. Nobody has translated it."
    (alex.does_not_see if code == "en" else alex.sees)(said)


def test_a_refusal_names_its_language_inside_the_sentence(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
        diary.ask_to_cancel(again(visit), by=actor(people.alex))
    with app.app_context(), transaction():
        from portal.appointments import office_actions

        request = again(visit).open_request
        assert request is not None
        office_actions.refuse(request, why="We need to see you.", by=actor(people.coach))
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.sees("They say: We need to see you. The appointment")
    alex.post("/language", _language=OFFERED[-1], _next=f"/appointments/{visit.id}")
    marked = [e for e in alex.page.all("bdi") if e.text == "We need to see you."]
    assert marked[0].get("lang") == "en"
    alex.sees("We need to see you. (English)")


def test_a_reply_in_a_language_that_nobody_offers_is_refused(app: Flask, people: People) -> None:
    about_it = writes(app, people.alex, ENGLISH)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/messages")
    desk.post(
        f"/staff/people/{people.alex.id}/messages", 422, words="x", up_to=about_it, language="xx"
    )
    with app.app_context(), transaction():
        post.mark_read(again(people.alex), staff=people.coach, by=actor(people.coach))
