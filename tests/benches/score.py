"""How many texts a second one core understands, by the very code that answers real ones.

    python -m tests.benches.score

Every text is new to the process, as in a file that nobody has seen: what is remembered of one text
must not flatter the figure. The time is the processor's. It is told as a ratio too, to the least
that could be done (tidy the letters, look them up), which a slow machine changes less.
"""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from notifications.conversation import score, tables

DATA = Path(__file__).parents[1] / "notifications" / "data"
WANTED = 2_000
"""Texts a second."""


def texts() -> list[str]:
    """Every different line of the files of the tests: text and language."""
    found = dict.fromkeys(_lines())
    return list(found)


def _lines() -> Iterator[str]:
    for file in sorted(DATA.rglob("*.tsv")):
        head, *lines = file.read_text(encoding="utf-8").splitlines()
        text, lang = (head.split("\t").index(name) for name in ("text", "lang"))
        for line in lines:
            cells = line.split("\t")
            yield f"{cells[text]}\t{cells[lang]}"


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> int:
    lines = texts()
    words = [line.split("\t")[0] for line in lines]
    known = set(words)
    loading = seconds(
        lambda: list(score.score(["text\tlang", *(f"a\t{each}" for each in tables.LANGUAGES)]))
    )
    took = seconds(lambda: list(score.score(["text\tlang", *lines])))
    least = seconds(lambda: [unicodedata.normalize("NFKC", w).casefold() in known for w in words])
    rate = len(lines) / took
    print(
        f"{len(lines):,} different texts in {took:.2f} s of one core: {rate:,.0f} a second "
        f"(at least {WANTED:,} wanted).\n"
        f"{took / least:,.0f} times the least there is to do. "
        f"The word lists took {loading:.2f} s to read, once."
    )
    return 0 if rate >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
