"""What the folder of a language holds: its sentences, how far they were checked, and by whom.

    portal/translations/<code>/LC_MESSAGES/messages.po   the sentences
    portal/translations/<code>/status.toml               how far they were checked, all in all
    portal/translations/<code>/reviewed.tsv              which sentences a person has checked

A machine may only say `machine-drafted`. What a person has checked counts as long as it stands
as it was checked: a digest of each sentence, and one of the whole catalogue, say whether it does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message

from portal.marking import string_id

__all__ = ["string_id"]

DRAFTED, PARTLY, REVIEWED = STATES = ("machine-drafted", "part-reviewed", "reviewed")


class StatusWrong(ValueError):
    """A status.toml says too little, or something that nobody may say. The message says what."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a catalogue: its English, and what it says in the language."""

    context: str | None
    english: tuple[str, ...]
    """One form, or the singular and the plural."""
    forms: tuple[str, ...]
    """The translation: one form, or as many as the language has; empty where there is none."""
    fuzzy: bool = False
    where: tuple[str, ...] = ()
    """The files of the source in which it stands."""
    notes: tuple[str, ...] = ()
    """What translators were told about it."""

    @property
    def id(self) -> str:
        return string_id(self.context, self.english[0])

    @property
    def finished(self) -> bool:
        return not self.fuzzy and bool(self.forms) and all(self.forms)

    @property
    def line(self) -> str:
        """What the digests are made of."""
        return "\x00".join((f"{self.context or ''}\x04{self.english[0]}", *self.forms))

    @property
    def digest(self) -> str:
        """Changes with the English and with the translation: sixteen hexadecimal digits."""
        return sha256(self.line.encode()).hexdigest()[:16]


def po_file(folder: Path) -> Path:
    return folder / "LC_MESSAGES" / "messages.po"


def read(folder: Path) -> tuple[Sentence, ...]:
    """The sentences of the language in this folder. Raises OSError, or PoFileError of Babel."""
    return sentences(read_po(po_file(folder)))


def read_po(file: Path) -> Catalog:
    """A catalogue as it stands in a file, plural forms as they are and not as Babel thinks."""
    with file.open("rb") as stream:
        return pofile.read_po(stream, abort_invalid=True)


def sentences(catalog: Catalog) -> tuple[Sentence, ...]:
    """What a catalogue of Babel holds, without its header."""
    return tuple(_sentence(message) for message in catalog if message.id)


def _sentence(message: Message) -> Sentence:
    return Sentence(
        message.context,
        tuple(message.id) if isinstance(message.id, list | tuple) else (str(message.id),),
        tuple(message.string)
        if isinstance(message.string, list | tuple)
        else ((message.string,) if message.string else ()),
        fuzzy=message.fuzzy,
        where=tuple(dict.fromkeys(file for file, _line in message.locations)),
        notes=tuple(message.auto_comments),
    )


def digest(found: Iterable[Sentence]) -> str:
    """SHA-256 of everything that is finished, in any order: changes when a word does."""
    lines = sorted(each.line for each in found if each.finished)
    return sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class Status:
    """How far a language was checked, as its status.toml says it. `reviewer_role` is a role,
    never a name; `catalogue_sha256` is the digest of what was checked."""

    state: str
    drafted_on: date
    reviewed_on: date | None = None
    reviewer_role: str = ""
    catalogue_sha256: str = ""
    passes: tuple[str, ...] = ()
    """What was done to the draft, in the order in which it was done."""

    def toml(self) -> str:
        """The text of the file."""
        lines = [f'state = "{self.state}"', f"drafted_on = {self.drafted_on}"]
        if self.reviewed_on:
            lines.append(f"reviewed_on = {self.reviewed_on}")
        if self.reviewer_role:
            lines.append(f"reviewer_role = {_quoted(self.reviewer_role)}")
        if self.catalogue_sha256:
            lines.append(f'catalogue_sha256 = "{self.catalogue_sha256}"')
        if self.passes:
            lines += ["passes = [", *(f"    {_quoted(each)}," for each in self.passes), "]"]
        first = "# A machine drafted this language. Only a person may write another state."
        return "\n".join([*([first] if self.state == DRAFTED else []), *lines]) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def read_status(folder: Path) -> Status:
    """Raises StatusWrong where the file says too little, and OSError where there is none."""
    try:
        said = tomllib.loads((folder / "status.toml").read_text(encoding="utf-8"))
    except ValueError as error:
        raise StatusWrong(f"status.toml cannot be read: {error}") from error
    unknown = set(said) - set(Status.__dataclass_fields__)
    if unknown:
        raise StatusWrong(f"status.toml says something that nobody reads: {sorted(unknown)}")
    state = said.get("state")
    if state not in STATES:
        raise StatusWrong(f"state must be one of {', '.join(STATES)}, not {state!r}")
    wanted = {"drafted_on": date}
    if state != DRAFTED:
        wanted["reviewed_on"] = date
        wanted |= {"reviewer_role": str, "catalogue_sha256": str}  # type: ignore[dict-item]
    for name, kind in wanted.items():
        if not said.get(name) or not isinstance(said[name], kind):
            raise StatusWrong(f"{state} needs {name}")
    if state == DRAFTED and {"reviewed_on", "reviewer_role"} & set(said):
        raise StatusWrong(f"{state} was not reviewed by anybody")
    return Status(**{**said, "passes": tuple(said.get("passes", ()))})


def state(folder: Path) -> str:
    """How far the language counts as checked now.

    What was changed since somebody checked the whole of it is checked in part. A machine's draft
    stays one, whatever was changed.
    """
    status = read_status(folder)
    if status.state == REVIEWED and status.catalogue_sha256 != digest(read(folder)):
        return PARTLY
    return status.state


def reviewed(folder: Path) -> Mapping[str, str]:
    """Which sentences a person has checked: the digest of each, by id, as it was checked."""
    file = folder / "reviewed.tsv"
    if not file.exists():
        return {}
    rows = (row.split("\t") for row in file.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) == 2}


def write_reviewed(folder: Path, checked: Mapping[str, str]) -> None:
    """Keep which sentences were checked, one a line, so that two reviews can be merged."""
    lines = "".join(f"{key}\t{checked[key]}\n" for key in sorted(checked))
    (folder / "reviewed.tsv").write_text(lines, encoding="utf-8")


def unreviewed(folder: Path) -> frozenset[str]:
    """The ids of the sentences that nobody has checked as they stand now."""
    checked = reviewed(folder)
    return frozenset(each.id for each in read(folder) if checked.get(each.id) != each.digest)
