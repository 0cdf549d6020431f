"""How long every text gets with the longest values, in every language: what `flask sms budget`
prints, and what a test holds to the limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache

from babel.messages.catalog import Catalog

from notifications import drafts, segments, texts
from notifications.conversation import registry, replies, suggesting
from notifications.drafts import Draft, Facts
from portal import catalogues, languages
from portal.account.models import Claimant, Office
from portal.appointments.models import Appointment, How, Slot
from portal.catalogues import Sentence
from portal.database import new_id
from portal.translating import trying
from portal.translating.faults import Fault

LONGEST_PLACE = "Kingston upon Thames"
LONGEST_PHONE = "0800 169 0190"
LONGEST_WHY = "w" * drafts.LONGEST_WHY
RECEIPT = "K7QM2P4A"
LIMIT = 3
APPOINTMENT_LIMIT = {"GSM-7": 1, "UCS-2": 2}
_VALUE = re.compile(r"%\(\w+\)[sd]")
_TELLS = 6
"""So many letters in a row tell one sentence from another."""
_WITH_WORDS_OF_STAFF = frozenset({"appointments.refused"})


@dataclass(frozen=True)
class Row:
    """One text in one language with its longest values."""

    language: str
    kind: str
    discreet: bool
    text: str
    measured: segments.Measured
    limit: int

    @property
    def fits(self) -> bool:
        return self.measured.segments <= self.limit


def longest_moments() -> tuple[datetime, datetime]:
    """The day and time that take most room in the language being spoken, and another."""
    return _longest_moments(languages.current().code)


@cache
def _longest_moments(_code: str) -> tuple[datetime, datetime]:
    start = datetime(2027, 1, 1, 12, 45, tzinfo=UTC)
    hours = (timedelta(hours=-2), timedelta(0), timedelta(hours=1), timedelta(hours=6))
    found = sorted(
        (start + timedelta(days=day) + hour for day in range(365) for hour in hours),
        key=lambda moment: segments.measure(languages.when_in_text(moment)).units,
    )
    return found[-1], found[-2]


def rows(*codes: str) -> Iterator[Row]:
    """Every wording and every reply in these languages, or in every offered one. Needs an
    application context."""
    for language in languages.offered():
        if codes and language.code not in codes:
            continue
        with languages.speaking(language.code):
            yield from _wordings(language.code)
            yield from _replies(language.code)


def faults(code: str, catalog: Catalog | None = None) -> list[Fault]:
    """The texts of one language that are too long, with the ids of the sentences in them. Spoken
    from this catalogue, where one is given."""
    with trying.speaking_from(code, catalog):
        found = [row for row in rows(code) if not row.fits]
    if not found:
        return []
    said = catalogues.sentences(catalog) if catalog else _sentences(code)
    return [
        Fault(
            code,
            " ".join(each.id for each in said if _is_in(each, row)),
            f"text {row.kind}{' (discreet)' if row.discreet else ''}",
            f"{row.measured.segments} parts, and {row.limit} is the limit",
            row.text,
        )
        for row in found
    ]


def _sentences(code: str) -> Sequence[Sentence]:
    if code == languages.DEFAULT:
        return ()
    return catalogues.read(languages.TRANSLATIONS / code)


def _is_in(sentence: Sentence, row: Row) -> bool:
    """Whether a text says this sentence, with whatever values."""
    text = segments.plain(row.text, row.language)
    for form in sentence.forms:
        parts = [part.strip() for part in _VALUE.split(segments.plain(form, row.language))]
        if max(map(len, parts)) >= _TELLS and all(part in text for part in parts):
            return True
    return False


def _limit(language: str, kind: str) -> int:
    if kind.startswith("appointments.") and kind not in _WITH_WORDS_OF_STAFF:
        return APPOINTMENT_LIMIT["GSM-7" if segments.in_gsm7(language) else "UCS-2"]
    return LIMIT


def _row(language: str, kind: str, discreet: bool, text: str) -> Row:
    text = segments.fit(text, language, "auto")
    return Row(language, kind, discreet, text, segments.measure(text), _limit(language, kind))


def _person(discreet: bool) -> Claimant:
    office = Office(short_name=LONGEST_PLACE, phone=LONGEST_PHONE, name="", address="")
    return Claimant(full_name="", discreet=discreet, office=office)


def _wordings(language: str) -> Iterator[Row]:
    first, second = longest_moments()
    for kind, wording in texts.WORDINGS.items():
        if kind in texts.SECRETS:
            continue
        for discreet in (False, True):
            person = _person(discreet)
            appointment = Appointment(
                office=person.office, how=How.in_person, caller_number=LONGEST_PHONE
            )
            values = {"starts_at": first, "was": second, "why": LONGEST_WHY, "minutes": 180}
            values |= {"reply_by": first.date(), "day": first.date(), "when": "now"}
            values |= {"accept_by": first.date()}
            values |= {"due": first.date()}
            values |= {"asked": RECEIPT, "card": "need:checks purpose:interview"}
            values |= {"first": time(17), "last": time(20)}
            draft = Draft(kind, new_id(), receipt=RECEIPT, values=values)
            yield _row(language, kind, discreet, wording(Facts(draft, person, appointment)))


def _replies(language: str) -> Iterator[Row]:
    first, second = longest_moments()
    person = _person(False)
    appointments = [
        Appointment(starts_at=moment, office=person.office) for moment in (first, second, first)
    ]
    one = appointments[0]
    slots = [Slot(starts_at=moment) for moment in (first, second, first)]
    said: dict[str, Callable[[], str]] = {
        "offer_choices": lambda: replies.offer_choices(one),
        "not_understood": lambda: replies.not_understood(one),
        "nothing_open": replies.nothing_open,
        "nothing_to_answer": replies.nothing_to_answer,
        "changed": lambda: replies.changed(one),
        "confirm_cancel": lambda: replies.confirm_cancel(one, "47"),
        "code_wrong": lambda: replies.code_wrong(one, "47"),
        "kept": lambda: replies.kept(one),
        "pick_time": lambda: replies.pick_time(one, slots),
        "which": lambda: replies.which(appointments),
        "next_appointments": lambda: replies.next_appointments(appointments),
        "next_none": lambda: replies.next_appointments([]),
        "cannot_come": replies.cannot_come,
        "help_unknown": lambda: replies.help_text(None),
        "help": lambda: replies.help_text(person),
        "help_discreet": lambda: replies.help_text(_person(True)),
        "ask_by_phone": lambda: replies.ask_by_phone(person),
        "other_language": lambda: replies.other_language(person),
        "a_person_will_look": lambda: replies.a_person_will_look(person),
        "code": lambda: texts.code_words("account.code", "123456"),
        "code_texted": lambda: texts.code_words("account.number_code_texted", "123456"),
        "texts_go_already": replies.texts_go_already,
        "same_language": replies.same_language,
    }
    said |= {f"did_you_mean:{kind}": words for kind, words in suggesting.SENTENCES.items()}
    for name, say in said.items():
        yield _row(language, f"reply.{name}", False, say())
    for sample in registry.samples():
        for discreet in (False, True):
            for name, text in sample(_person(discreet), one).items():
                yield _row(language, f"reply.{name}", discreet, text)
