"""A file in any state: every row has its line, and one bad row costs one row."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.api.csvfile import MOST_BYTES, MOST_LINES, BadFile, Record, records


def read(data: bytes | str) -> list[Record]:
    return list(records(io.BytesIO(data if isinstance(data, bytes) else data.encode())))


def lines(data: bytes | str) -> list[tuple[int, list[str] | str]]:
    """Each row's line, and its cells or what is wrong with it in one word."""
    words = {"quotation": "quotes", "UTF-8": "encoding", "too long": "long"}
    return [
        (r.line, next(short for word, short in words.items() if word in r.fault))
        if r.fault
        else (r.line, r.cells)
        for r in read(data)
    ]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("", []),
        ("\n\n", []),
        (" , \n", []),
        ("a,b\nc,d", [(1, ["a", "b"]), (2, ["c", "d"])]),
        ("a,b\r\nc,d\r\n", [(1, ["a", "b"]), (2, ["c", "d"])]),
        ("\ufeffa,b\n", [(1, ["a", "b"])]),
        ("a\n\n\nb\n", [(1, ["a"]), (4, ["b"])]),
        ('a,"b\nc\n",d\ne', [(1, ["a", "b\nc\n", "d"]), (4, ["e"])]),
        ('"a ""b"" c",\'d\n', [(1, ['a "b" c', "'d"])]),
        ('5" pipe,b\nc', [(1, ['5" pipe', "b"]), (2, ["c"])]),
        # A stray quotation mark costs its own row, not those after it.
        ('a\n"b,c\nd\ne', [(1, ["a"]), (2, "quotes"), (3, ["d"]), (4, ["e"])]),
        ('"a"b\nc', [(1, "quotes"), (2, ["c"])]),
        ('"a\n"b"c\nd', [(1, "quotes"), (2, "quotes"), (3, ["d"])]),
        (b"a\ncaf\xe9,x\nb", [(1, ["a"]), (2, "encoding"), (3, ["b"])]),
        (b'"a\n\xe9\n"\nb', [(1, "encoding"), (4, ["b"])]),
        (b"a\rb\nc", [(1, "quotes"), (2, ["c"])]),
        (b"a\x00b", [(1, ["a\x00b"])]),
        (b"x" * (MOST_BYTES + 9) + b"\nb\n", [(1, "long"), (2, ["b"])]),
        (b"x" * (3 * MOST_BYTES), [(1, "long")]),
        (
            '"' + "a\n" * (MOST_LINES - 1) + '",b\nc',
            [(1, ["a\n" * (MOST_LINES - 1), "b"]), (201, ["c"])],
        ),
    ],
)
def test_rows_and_their_lines(data: bytes | str, found: list) -> None:
    assert lines(data) == found


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_file() -> None:
    data = 'a\n"b\n' + "c,d\n" * 1000
    found = lines(data)
    assert found[1] == (2, "quotes")
    assert found[2:] == [(line, ["c", "d"]) for line in range(3, 1003)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_refused_by_name(encoding: str) -> None:
    with pytest.raises(BadFile, match="UTF-16"):
        read("\ufeffa,b\n".encode(encoding) if encoding.endswith("le") else "a\n".encode(encoding))


cells = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\r"), max_size=12
).filter(lambda text: text.strip() and not text.startswith("\ufeff"))


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=12))
@settings(deadline=None)
def test_what_a_spreadsheet_writes_is_read_back(table: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    found = read(text.getvalue())
    assert [record.cells for record in found] == table
    starts = [sum(1 + "".join(row).count("\n") for row in table[:i]) + 1 for i in range(len(table))]
    assert [record.line for record in found] == starts


@given(st.lists(st.sampled_from([b'"', b",", b"\n", b"\r", b"a", b"\xff", b"\x00"])).map(b"".join))
@example(b'"' * 41 + b"\n" * 300)
@settings(deadline=None)
def test_no_bytes_stop_it(data: bytes) -> None:
    found = read(data)
    assert [record.line for record in found] == sorted({record.line for record in found})
    assert all(1 <= record.line <= data.count(b"\n") + 1 for record in found)
