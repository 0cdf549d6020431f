"""Changing translations in the text of a catalogue, and nothing else.

Babel writes a whole catalogue anew. Whoever reviews one sentence wants to see one changed, in a
file that others keep under version control.
"""

from __future__ import annotations

from collections.abc import Mapping

from babel.messages.pofile import denormalize, normalize

Key = tuple[str, str]
"""The context, or nothing, and the English; the singular where there is a plural."""


def replaced(text: str, changes: Mapping[Key, tuple[str, ...]]) -> str:
    """The text of the catalogue with these translations in it, each with all its forms. What is
    changed is not in doubt any more. Raises KeyError where the catalogue lacks a sentence."""
    left = dict(changes)
    blocks = text.split("\n\n")
    for number, block in enumerate(blocks):
        key = _key(block)
        if key in left:
            blocks[number] = _with(block, left.pop(key))
    if left:
        raise KeyError(next(iter(left)))
    return "\n\n".join(blocks)


def _key(block: str) -> Key | None:
    lines = block.splitlines()
    english = _string(lines, "msgid")
    return (_string(lines, "msgctxt") or "", english) if english else None


def _string(lines: list[str], keyword: str) -> str | None:
    """What stands behind a keyword, on its line and on the quoted lines after it."""
    start = next((n for n, line in enumerate(lines) if line.startswith(f"{keyword} ")), None)
    if start is None:
        return None
    quoted = [lines[start].removeprefix(f"{keyword} ")]
    for line in lines[start + 1 :]:
        if not line.startswith('"'):
            break
        quoted.append(line)
    return str(denormalize("\n".join(quoted)))


def _with(block: str, forms: tuple[str, ...]) -> str:
    lines = block.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("msgstr"))
    plural = lines[first].startswith("msgstr[")
    head = [line for line in map(_sure, lines[:first]) if line]
    new = [
        f"msgstr{f'[{number}]' if plural else ''} {normalize(form, width=0)}"
        for number, form in enumerate(forms)
    ]
    return "\n".join([*head, *new]) + ("\n" if block.endswith("\n") else "")


def _sure(line: str) -> str:
    """A line of the entry, without the flag that says that the translation is in doubt."""
    if not line.startswith("#,"):
        return line
    flags = [flag for flag in line[2:].split(",") if flag.strip() != "fuzzy"]
    return "#," + ",".join(flags) if flags else ""
