"""The lines of a page that was made in two languages: numbered, each with its second language.

The page is one document. What people press or fill in exists once, ids stay unique, and the
second language of a line stands beside its first in the same element. A line is what stands
between two blocks: a paragraph, a heading, a label, an item, a link among links.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import NamedTuple

from portal import marking
from portal.languages import Language

# Within a line, and no line of their own.
_INLINE = frozenset(("a", "abbr", "b", "bdi", "br", "cite", "code", "del", "em", "i", "ins"))
_INLINE |= {"kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time"}
# A line that is nothing but one of these has its number outside of it.
_WORDS = frozenset(["bdi", "del", "ins"])
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "wbr", "col", "source"])
# What stands inside is typed by people, or no text of the page.
_APART = frozenset(("textarea", "script", "style", "title"))
_HIDDEN = re.compile(r'<(\w+)[^>]*class="[^"]*govuk-visually-hidden[^"]*"[^>]*>.*?</\1>', re.DOTALL)
# In a language of its own, or not for eyes: neither numbered nor doubled.
_ALONE = re.compile(r'\slang="|class="(?:skip|[^"]*visually-hidden)')
_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&(?:nbsp|#160|#xa0);")
_LETTER = re.compile(r"\w")
# The second language is there to be read: nothing in it is pressed, and no id is there twice.
_CONTROL = re.compile(r"</?(?:a|button|label|input)\b[^>]*>")
_SIGN = re.compile(r'<span aria-hidden="true">([^<]*)</span>')
# An element of the first language that says nothing in the second.
_EMPTY = re.compile(r"(?:<br>\s*)?<(small|bdi|span)\b[^>]*></\1>")
_DIRECTION = re.compile(r'\sdir="(\w+)"')
_NAMES = re.compile(r'\s(?:id|for|name|href|aria-(?!hidden)[a-z]+|data-[a-z-]+)="[^"]*"')


class Piece(NamedTuple):
    kind: str
    tag: str
    raw: str


class Look(NamedTuple):
    """How lines are shown.

    `second` is the language beside; `numbers` counts lines; `aloud` lets a screen reader read
    the second language too; `after` adds to a line, from the ids of its sentences.
    """

    second: Language | None
    direction: str = "ltr"  # of the page
    numbers: bool = True
    aloud: bool = False
    after: Callable[[list[str]], str] | None = None
    # Only what stands inside an element with the attribute `data-both` has two languages.
    only_marked: bool = False


def two_languages(html: str, look: Look) -> str:
    """The marked page with both languages of each line; what has no mark stays as it is."""
    maker = _Maker(look)
    maker.feed(html)
    maker.close()
    maker.flush()
    return "".join(maker.out)


class _Maker(HTMLParser):
    def __init__(self, look: Look) -> None:
        super().__init__(convert_charrefs=False)
        self.look, self.number = look, 0
        self.out: list[str] = []
        self.run: list[Piece] = []
        self.depth = 0  # marks that are open
        self.apart = ""  # the element whose inside is not for us
        self.open: list[str] = []  # what stands around, by what matters about it
        self.directions = [look.direction]  # of what stands around
        self.blocks: list[bool] = []  # of the inline elements that are open: shown as a block
        self.main = 0

    # --- what the parser meets ---

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        block = tag not in _INLINE or ' class="when"' in raw
        if tag == "br":
            block = not self.depth and "when" not in self.open
        elif tag in _INLINE:
            self.blocks.append(block)
        if not block:
            self.run.append(Piece("start", tag, raw))
            return
        self.flush()
        self.out.append(marking.first(raw))
        if tag in _APART:
            self.apart = tag
        if tag not in _VOID:
            self._enter(tag, raw)
        self.main += tag == "main"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        raw = f"</{tag}>"
        if tag in _INLINE and not (self.blocks and self.blocks.pop()):
            self.run.append(Piece("end", tag, raw))
            return
        self.flush()
        self.out.append(raw)
        self.apart = "" if self.apart == tag else self.apart
        if self.open and tag not in _VOID:
            self._leave()
        self.main -= tag == "main"

    def handle_data(self, data: str) -> None:
        if self.apart:
            self.out.append(marking.first(data))
            return
        self.depth += data.count(marking.START) - data.count(marking.END)
        self.run.append(Piece("text", "", data))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.flush()
        self.out.append(f"<!--{marking.first(data)}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def _enter(self, tag: str, raw: str) -> None:
        self.open.append(_sign(tag, raw))
        found = _DIRECTION.search(raw)
        self.directions.append(found[1] if found else self.directions[-1])

    def _leave(self) -> None:
        self.open.pop()
        self.directions.pop()

    # --- lines ---

    def flush(self) -> None:
        """Write what was gathered since the last block: a line, several, or none."""
        run, self.run, self.depth = self.run, [], 0
        if run:
            self._write(run)

    def _write(self, run: list[Piece]) -> None:
        for part in _balanced(run):
            if isinstance(part, Piece):
                self.out.append(marking.first(part.raw))
            elif inner := _only_elements(part):
                for element in inner:
                    if len(element) == 1:
                        self.out.append(marking.first(element[0].raw))
                        continue
                    if element[0].tag in _WORDS:
                        self._line("".join(piece.raw for piece in element))
                        continue
                    self.out.append(marking.first(element[0].raw))
                    self._element(element)
                    self.out.append(element[-1].raw)
            else:
                self._line("".join(piece.raw for piece in part))

    def _element(self, element: list[Piece]) -> None:
        self._enter(element[0].tag, element[0].raw)
        self._write(element[1:-1])
        self._leave()

    def _line(self, raw: str) -> None:
        first, second = marking.first(raw), marking.second(raw)
        lead = first[: len(first) - len(first.lstrip())]
        tail = first[len(first.rstrip()) :]
        paired = marking.is_marked(raw)
        if (
            not _seen(first)
            or "alone" in self.open
            or not (paired or self.main)
            or (self.look.only_marked and "both" not in self.open)
        ):
            self.out.append(first)
            return
        self.number += 1
        other = _EMPTY.sub("", _NAMES.sub("", _SIGN.sub(self._turned, second)))
        other = _CONTROL.sub("", other).strip()
        same = not paired or _seen(other) == _seen(first)
        if self.open[-1:] == ["option"]:
            number = f"{self.number}. " if self.look.numbers else ""
            beside = "" if same else f" – {_TAG.sub('', other)}"
            self.out.append(f"{number}{first.strip()}{beside}")
            return
        added = self.look.after(marking.keys(raw)) if self.look.after else ""
        self.out.append(f"{lead}{self._pair(first.strip(), None if same else other)}{added}{tail}")

    def _turned(self, sign: re.Match[str]) -> str:
        """A sign beside words, for the second language: arrows point on, others say nothing."""
        if sign[1] not in "→←" or self.look.second is None:
            return ""
        arrow = "←" if self.look.second.rtl else "→"
        return f'<span aria-hidden="true">{arrow}</span>'

    def _pair(self, first: str, other: str | None) -> str:
        turned = ""
        if self.directions[-1] != self.look.direction:
            # The line goes the way of the page, so that its number is where all numbers are.
            turned = f' dir="{self.look.direction}"'
            first = f"<bdi>{first}</bdi>"
        number = f'<i aria-hidden="true">{self.number}</i> ' if self.look.numbers else ""
        beside, language = "", self.look.second
        if other is not None and language is not None:
            quiet = "" if self.look.aloud else ' aria-hidden="true"'
            beside = (
                f'<br><span lang="{language.html_lang}" dir="{language.dir}"{quiet}>{other}</span>'
            )
        return f'<span class="both"{turned}>{number}<span>{first}</span>{beside}</span>'


def _sign(tag: str, raw: str) -> str:
    """What matters about a block that lines stand in."""
    if tag != "html" and _ALONE.search(raw):
        return "alone"
    if ' class="when"' in raw:
        return "when"
    return "both" if " data-both" in raw else tag


def _seen(html: str) -> str:
    """The words that eyes see; empty where there is no letter and no figure."""
    text = _ENTITY.sub(" ", _TAG.sub("", _HIDDEN.sub("", html))).strip()
    return text if _LETTER.search(text) else ""


def _balanced(run: list[Piece]) -> list[Piece | list[Piece]]:
    """The run, cut at elements that begin before it or end after it."""
    alone = set()
    stack: list[int] = []
    for place, piece in enumerate(run):
        if piece.kind == "start" and piece.tag not in _VOID:
            stack.append(place)
        elif piece.kind == "end":
            if stack and run[stack[-1]].tag == piece.tag:
                stack.pop()
            else:
                alone.add(place)
    alone.update(stack)
    parts: list[Piece | list[Piece]] = []
    for place, piece in enumerate(run):
        if place in alone:
            parts.append(piece)
        elif parts and isinstance(parts[-1], list):
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return parts


def _only_elements(run: list[Piece]) -> list[list[Piece]] | None:
    """The elements of a run that is nothing but elements and gaps: each is a line by itself."""
    found: list[list[Piece]] = []
    depth = 0
    for piece in run:
        if depth == 0 and piece.kind == "text":
            if piece.raw.strip() and (_LETTER.search(piece.raw) or marking.is_marked(piece.raw)):
                return None
            found.append([piece])
        elif depth == 0:
            found.append([piece])
        else:
            found[-1].append(piece)
        if piece.tag not in _VOID:
            depth += {"start": 1, "end": -1}.get(piece.kind, 0)
    if not any(len(each) > 1 for each in found):
        return None
    return found
