"""What comes through to an interpreter, and what does not."""

from __future__ import annotations

import pytest

from portal.interpreting.text_only import HIDDEN, read, without_contacts


def main(inside: str) -> str:
    whole = f"<html><title>One – Us</title><body><header>No</header><main>{inside}</main>No</body>"
    return read(whole).main


def test_the_title_and_the_main_part_come_through() -> None:
    assert read("<title>Your plan – Service</title>a<main><p>b</p></main>c") == (
        "Your plan",
        "<p>b</p>",
    )


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<p lang="ar" dir="rtl">نعم</p>', '<p lang="ar" dir="rtl">نعم</p>'),
        ('<a href="/costs" class="go">On</a>', '<span class="link">On</span>'),
        ('<button name="x" value="y">Yes</button>', '<span class="press">Yes</span>'),
        (
            '<form action="/x"><input type="hidden" name="csrf_token" value="s">A</form>',
            "<div>A</div>",
        ),
        (
            '<input id="a" type="radio" value="secret" checked><label for="a">One</label>',
            '<div class="ask tick">○ One</div>',
        ),
        (
            '<input type="checkbox" checked value="s"><label>Two</label>',
            '<div class="ask tick">□ Two</div>',
        ),
        ('<input value="I am ill">', '<div class="box">&nbsp;</div>'),
        ("<textarea>\nMy <b>words</b></textarea>", '<div class="box">&nbsp;</div>'),
        (
            '<select name="s"><option value="1" selected>One</option></select>',
            "<ul><li>One</li></ul>",
        ),
        (
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        ),
        ("<script>alert(1)</script>A", "A"),
        ('<p onclick="x" style="y" id="z" hx-get="/">A</p>', "<p>A</p>"),
        ('<p class="x&quot;onclick">A</p>', "<p>A</p>"),
        ('<img src="/x" alt="y">A', "A"),
        ("<p data-private>Mine <b>and</b> mine</p>A", "A"),
        ("<div data-private><div>Mine</div><br>mine</div>A", "A"),
        ('<p class="beside"><a href="/beside/en">Show</a></p>A', "A"),
        ("<details><summary>More</summary>A</details>", "<div><p>More</p>A</div>"),
        ("<iframe src=x></iframe><object>A</object>", "A"),
    ],
)
def test_words_come_through_and_nothing_that_acts(html: str, kept: str) -> None:
    assert main(html) == kept


@pytest.mark.parametrize(
    "number",
    [
        "07700 900101",
        "+44 7700 900101",
        "+447700900101",
        "0044 7700 900 101",
        "+44 (0)7700 900101",
        "07700-900-101",
        "٠٧٧٠٠ ٩٠٠١٠١",
        "০৭৭০০৯০০১০১",
        "07700.900.101",
        "07700\u00a0900101",
        "alex@example.org",
        "alex.m+x@mail.example.co.uk",
    ],
)
def test_ways_to_reach_somebody_are_left_out(number: str) -> None:
    assert without_contacts(f"Call {number}, please") in (
        f"Call {HIDDEN}, please",
        f"Call {HIDDEN} please",
    )


@pytest.mark.parametrize(
    "words",
    ["0113 496 0100", "Tuesday 3 February 2027, 10:30am", "K7QM-2P4A", "£10.70", "0800 328 5644"],
)
def test_the_office_and_days_stay(words: str) -> None:
    assert without_contacts(words) == words


def test_a_secret_is_left_out_wherever_it_stands() -> None:
    assert "Sam" not in read("<main><p>Ask Sam Vale, 5 Hill</p></main>", ("Sam Vale, 5 Hill",)).main


def test_what_is_broken_does_not_let_anything_through() -> None:
    assert main("<p data-private>Mine</div>mine") == ""
    assert main("<textarea>mine") == '<div class="box">&nbsp;</div>'
    assert "mine" not in main("<div data-private><p>mine</span>mine<b>")
