"""Taking back what a translator reviewed: all of it, or nothing.

Each row is checked before anything is written, and each fault names its row.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from babel.messages.catalog import Catalog

from portal import catalogues
from portal.catalogues import Sentence, Status
from portal.languages import Language
from portal.translating import faults, glossary, po_text, sheet
from portal.translating.faults import Fault
from portal.translating.sheet import Row

Fits = Callable[[Catalog], Sequence[Fault]]
"""Says what those who speak from a catalogue find wrong with it, like texts that are too long."""


@dataclass
class Review:
    """What a table says about a language."""

    faults: list[str] = field(default_factory=list)
    """Why it cannot be taken, each with its row."""
    notes: list[str] = field(default_factory=list)
    """What somebody should look at, although it can."""
    sentences: tuple[Sentence, ...] = ()
    """All sentences of the language as they would be."""
    changed: dict[str, Sentence] = field(default_factory=dict)
    """Those that would be other than now, by id."""
    checked: dict[str, str] = field(default_factory=dict)
    """The digests of what has been reviewed, with this table and before it, by id."""
    comments: dict[str, str] = field(default_factory=dict)


def read(table: bytes, folder: Path, language: Language, fits: Fits) -> Review:
    """What the table says, checked row by row. Writes nothing. Raises sheet.NotATable."""
    review = Review(checked=dict(catalogues.reviewed(folder)), comments=sheet.comments(folder))
    known = {each.id: each for each in catalogues.read(folder)}
    rows: dict[str, list[Row]] = {}
    for row in sheet.read(table):
        if row.id in known:
            rows.setdefault(row.id, []).append(row)
        else:
            review.faults.append(f"row {row.number}: no sentence has the id {row.id!r}")
    for string_id, its in rows.items():
        _take(review, known[string_id], its, language)
    review.sentences = tuple(review.changed.get(each.id, each) for each in known.values())
    if review.changed and not review.faults:
        review.faults += _too_long(review, folder, rows, fits)
    review.faults.sort(key=_row_number)
    return review


def _row_number(fault: str) -> int:
    return int(fault.removeprefix("row ").partition(":")[0])


def _take(review: Review, sentence: Sentence, rows: list[Row], language: Language) -> None:
    """Look at the rows of one sentence; note what is wrong, or what they change."""
    found = list(_faults_of_rows(sentence, rows, language))
    texts = {sheet.place_of(row.form): row.translation for row in rows}
    places = sorted(place for place in texts if place is not None)
    said = replace(sentence, forms=tuple(texts[place] for place in places))
    empty = not any(said.forms)
    if not found and not (empty and not sentence.finished):
        for what in faults.of_sentence(replace(said, fuzzy=False), language):
            if not what.startswith("the glossary"):
                found.append((rows[0], what))
        for term in glossary.missing(said, language.code):
            review.notes.append(
                f"row {rows[0].number}: {faults.agreed(term, language.code)}. If it is right so, "
                f"add {sentence.id} to allowed.tsv"
            )
    if found:
        review.faults += [f"row {row.number}: {what}" for row, what in found]
        return
    if said.forms != sentence.forms and not empty:
        review.changed[sentence.id] = replace(said, fuzzy=False)
    _mark(review, replace(said, fuzzy=False) if not empty else sentence, rows)


def _faults_of_rows(
    sentence: Sentence, rows: list[Row], language: Language
) -> Iterator[tuple[Row, str]]:
    wanted = {place: english for place, english, _text in sheet.forms(sentence, language)}
    places = [sheet.place_of(row.form) for row in rows]
    for row, place in zip(rows, places, strict=True):
        if place not in wanted:
            yield row, f"there is no form {row.form!r}, only {len(wanted)}"
        elif places.count(place) > 1:
            yield row, "this form is there twice"
        elif row.english != wanted[place]:
            yield row, "the English was changed since this table was made, or in it"
        if row.reviewed not in (sheet.YES, sheet.NO):
            yield row, f"reviewed must be yes or no, not {row.reviewed!r}"
        elif row.reviewed == sheet.YES and not row.translation:
            yield row, "marked as reviewed, and there is no translation"
    if set(wanted) - set(places):
        yield rows[0], f"{len(set(places))} plural forms instead of {len(wanted)}"


def _mark(review: Review, said: Sentence, rows: list[Row]) -> None:
    if all(row.reviewed == sheet.YES for row in rows):
        review.checked[said.id] = said.digest
    else:
        review.checked.pop(said.id, None)
    comment = " / ".join(dict.fromkeys(row.comment for row in rows if row.comment))
    if comment:
        review.comments[said.id] = comment
    else:
        review.comments.pop(said.id, None)


def _too_long(
    review: Review, folder: Path, rows: Mapping[str, list[Row]], fits: Fits
) -> Iterator[str]:
    catalog = catalogues.read_po(catalogues.po_file(folder))
    for each in review.changed.values():
        message = catalog.get(each.english[0], each.context)
        assert message is not None
        message.string = each.forms if len(each.english) > 1 else each.forms[0]
    for fault in fits(catalog):
        for string_id in fault.id.split():
            if string_id in review.changed:
                number = rows[string_id][0].number
                yield f"row {number}: {fault.place}: {fault.what}: {fault.words!r}"


def write(review: Review, folder: Path, *, role: str, today: date) -> Status:
    """Put it into the files of the language. `role` says as what somebody reviewed it."""
    file = catalogues.po_file(folder)
    if review.changed:
        changes = {(s.context or "", s.english[0]): s.forms for s in review.changed.values()}
        text = file.read_text(encoding="utf-8")
        fresh = file.with_suffix(".po.new")
        fresh.write_text(po_text.replaced(text, changes), encoding="utf-8", newline="\n")
        os.replace(fresh, file)
    before = catalogues.read_status(folder)
    status = _status(review, before, catalogues.reviewed(folder), role=role, today=today)
    if status != before:
        (folder / "status.toml").write_text(status.toml(), encoding="utf-8")
    if review.checked != catalogues.reviewed(folder):
        catalogues.write_reviewed(folder, review.checked)
    if review.comments != sheet.comments(folder):
        sheet.write_comments(folder, review.comments)
    return status


def _status(
    review: Review, before: Status, known: Mapping[str, str], *, role: str, today: date
) -> Status:
    if not review.changed and review.checked == known:
        return before
    stands = [review.checked.get(each.id) == each.digest for each in review.sentences]
    if not any(stands):
        return Status(catalogues.DRAFTED, before.drafted_on, passes=before.passes)
    return replace(
        before,
        state=catalogues.REVIEWED if all(stands) else catalogues.PARTLY,
        reviewed_on=today,
        reviewer_role=role,
        catalogue_sha256=catalogues.digest(review.sentences),
    )
