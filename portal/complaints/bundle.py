"""One document with a complaint, the answers, and the receipts and deliveries that bear on it: for
the Independent Case Examiner, a Member of Parliament, an adviser or a tribunal.

Plain blocks, so that the page (`templates/complaints/bundle.html`) and the PDF (`bundle_pdf`) say
the same. Spoken in the language of the moment; what people wrote stays in theirs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from flask_babel import gettext as _

from portal import clock, languages, marking
from portal.complaints import checking, queries, rules, said
from portal.complaints.models import Complaint, Word
from portal.languages import say, when
from portal.record import log
from portal.record.models import Entry
from portal.record.receipts import grouped
from portal.refusals import Sentence

DELIVERIES = frozenset({"account.text_not_delivered", "account.text_arrived"})
"""Entries about whether a text came, of which those bear on it that are about the same thing."""


@dataclass(frozen=True)
class Run:
    """Words in one language, which need not be that of the page; `lang` is empty where nobody
    knows it."""

    text: str
    lang: str
    rtl: bool


@dataclass(frozen=True)
class Block:
    """A heading, paragraph or quote (`runs` has one), or a list of rows (name, value)."""

    kind: str
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[Run, Run], ...] = ()
    level: int = 0


@dataclass(frozen=True)
class Document:
    """The whole of it. `code` shows that it is unaltered."""

    title: str
    name: str
    """Of a file: the receipt alone, which tells nobody what is in it."""
    code: str
    language: languages.Language
    blocks: list[Block] = field(default_factory=list)


def of(
    found: Complaint, service: str, address: str, sentence_of: Callable[[Entry], str]
) -> Document:
    """The document about a complaint. `address` is where codes are checked, and `sentence_of`
    says an entry in plain words."""
    entries = list(log.entries_about(found.claimant_id, found.id))
    code = checking.printed(checking.code(entries))
    number = grouped(found.receipt)
    document = Document(
        title=_("Complaint %(code)s", code=number),
        name=number,
        code=code,
        language=languages.current(),
    )
    add = document.blocks.extend
    add(_front(found, service))
    add(_stands(found))
    add(_check(code, address))
    add(_written(found))
    for word in queries.words(found):
        add(_said_later(word))
    add(_happened(entries, _("Everything that happened with it"), sentence_of, _numbers(found)))
    add(_happened(_bears(found), _("What in your record is it about?"), sentence_of))
    add(_who_saw(found))
    return document


def _front(found: Complaint, service: str) -> Iterator[Block]:
    person = found.claimant
    yield _text(_("Name: %(name)s", name=person.full_name))
    yield _text(_("Reference: %(reference)s", reference=person.reference))
    yield _text(say(rules.NAMES[found.kind]))
    yield _text(f"{found.office.name}, {found.office.address}")
    yield _text(_("Printed on %(when)s from: %(service)s", when=when(clock.now()), service=service))
    if found.helper:
        yield _text(_("%(name)s wrote it for you.", name=found.helper))
    if found.after:
        yield _text(_("Receipt of the complaint: %(code)s", code=grouped(found.after.receipt)))


def _stands(found: Complaint) -> Iterator[Block]:
    """The stages with their moments, the clock, and the rights with their last days: in English
    too where a computer translated them."""
    yield _heading(_("Where it stands"))
    moments = {
        "received": found.sent_at,
        "acknowledged": found.acknowledged_at,
        "looked_at": found.opened_at,
        "answered": None if found.final_at else found.answered_at,
        "final": found.final_at,
    }
    rows = [(say(words), when(now)) for n, words in said.STAGES if (now := moments[n])]
    yield Block("rows", rows=tuple((_run(name), _run(value)) for name, value in rows))
    today = clock.today()
    for each in (said.stands(found, today), *said.now_you_can(found, today), said.NOT_A_DECISION):
        yield from _both(each)
    if found.was_late and found.answered_at:
        yield _text(_("The answer was late. That was our doing, not yours."))


def _check(code: str, address: str) -> Iterator[Block]:
    yield _heading(_("Check this document"))
    yield _text(_("Anybody can type this code to see that nothing was changed:"))
    yield Block("code", (Run(code, "en", False),))
    yield Block("code", (Run(address, "en", False),))


def _written(found: Complaint) -> Iterator[Block]:
    yield _heading(_("What you wrote"))
    if found.redacted_at:
        yield _text(_("The words of your complaint were deleted after the time we keep them."))
        return
    for name, words in (
        (_("What happened?"), found.what),
        (_("When did it happen?"), found.happened),
        (_("Who was involved?"), found.who),
        (_("What did it do to you?"), found.effect),
        (_("What would put it right?"), found.put_right),
        (_("How do you want to hear about it?"), say(said.CONTACTS[found.contact])),
        ("", found.contact_note),
    ):
        if words and name:
            yield _heading(name, 3)
        yield from _quoted(words, found.language)


def _said_later(word: Word) -> Iterator[Block]:
    if not word.words:
        return
    yield _heading(say(said.at(word)))
    if word.staff:
        yield _text(_("%(name)s wrote this.", name=word.staff.name))
    answered = word.found or word.will_do
    for name, words in (
        (_("What they looked at"), word.words),
        (_("What they found"), word.found),
        (_("What they will do"), word.will_do),
    ):
        if answered:
            yield _heading(name, 3)
        yield from _quoted(words, word.language)
    yield _text(_("Receipt %(code)s", code=grouped(word.receipt)))


def _bears(found: Complaint) -> list[Entry]:
    """What the person said it is about, and whether texts about the same things came."""
    attached = [log.by_receipt(each) for each in queries.attached(found)]
    chain = {each.id: each for each in attached if each is not None}
    for entry in list(chain.values()):
        if entry.about is not None:
            near = log.entries_about(found.claimant_id, entry.about)
            chain |= {each.id: each for each in near if each.kind in DELIVERIES}
    return sorted(chain.values(), key=lambda each: each.number)


def _happened(
    entries: Sequence[Entry],
    name: str,
    sentence_of: Callable[[Entry], str],
    numbers: Mapping[str, UUID] = MappingProxyType({}),
) -> Iterator[Block]:
    """Each entry with its moment, its receipt and, where it holds words, their fingerprint."""
    if not entries:
        return
    prints = {entry.id: digest for entry, digest in checking.fingerprints(entries)}
    yield _heading(name)
    for entry in entries:
        yield Block("rows", rows=((_run(when(entry.at)), _run(sentence_of(entry))),))
        yield _text(_("Receipt %(code)s", code=grouped(entry.receipt)))
        if entry.id in prints:
            if entry.receipt in numbers:
                yield _text(_("Its number: %(number)s", number=numbers[entry.receipt]))
            yield _text(_("Its fingerprint: %(hash)s", hash=prints[entry.id]))


def _numbers(found: Complaint) -> dict[str, UUID]:
    """The ids that are hashed together with the words, by receipt."""
    return {found.receipt: found.id} | {each.receipt: each.id for each in queries.words(found)}


def _who_saw(found: Complaint) -> Iterator[Block]:
    yield _heading(_("Who can see it"))
    level, there = queries.who_sees(found)
    for member in there:
        office = found.office.name
        yield _text(
            _("%(name)s, of the complaints team", name=member.name)
            if level == "team"
            else _(
                "%(name)s, who deals with complaints at %(office)s", name=member.name, office=office
            )
        )
    for member in queries.kept_from(found):
        yield _text(_("%(name)s does not see it.", name=member.name))
        yield _text(_("Its number: %(number)s", number=member.id))


def _both(meant: Sentence) -> Iterator[Block]:
    """A day or a right, with its English where only a computer translated it."""
    yield _text(say(meant))
    if languages.review_state(languages.current().code) == "machine-drafted":
        with marking.unmarked(), languages.speaking(languages.DEFAULT):
            yield Block("text", (Run(say(meant), "en", False),))


def _quoted(words: str, language: str) -> Iterator[Block]:
    """What somebody wrote, a paragraph for each of theirs. Who wrote in another language than
    their page's is seen by the direction of the first letter."""
    rtl = languages.known()[language].rtl if language in languages.known() else False
    for line in words.split("\n"):
        if line.strip():
            here = _is_rtl(line, rtl)
            yield Block("quote", (Run(line.strip(), language if here == rtl else "", here),))


def _is_rtl(text: str, otherwise: bool) -> bool:
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return otherwise


def _run(text: str) -> Run:
    language = languages.current()
    return Run(text, language.html_lang, language.rtl)


def _text(text: str) -> Block:
    return Block("text", (_run(text),))


def _heading(text: str, level: int = 2) -> Block:
    return Block("heading", (_run(text),), level=level)
