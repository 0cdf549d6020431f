"""The lines of a page in two languages."""

from __future__ import annotations

import re

import pytest

from portal import languages
from portal.marking import mark
from portal.web.lines import Look, two_languages

ARABIC = languages.known()["ar"]
LOOK = Look(ARABIC)


def lines(html: str, look: Look = LOOK) -> str:
    """The page with its pairs written short: `1[first|second]`."""
    html = two_languages(f"<main>{html}</main>", look).removeprefix("<main>")
    return re.sub(
        r'<span class="both"><i aria-hidden="true">(\d+)</i> <span>(.*?)</span>'
        r'(?:<br><span lang="ar" dir="rtl" aria-hidden="true">(.*?)</span>)?</span>',
        lambda m: f"{m[1]}[{m[2]}|{m[3] or ''}]",
        html.removesuffix("</main>"),
    )


CALL = mark('Call <a href="/x" id="q">us</a>', 'Ara <a href="/x" id="q">bizi</a>', "1")
HI, YES = mark("Hi", "Salam", "00000001"), mark("Yes", "Naam", "00000002")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f"<h1>{HI}</h1><p>{YES}</p>", "<h1>1[Hi|Salam]</h1><p>2[Yes|Naam]</p>"),
        # Two sentences of one paragraph are one line; what was typed stands in both.
        (f"<p>{HI}, Sam. {YES}</p>", "<p>1[Hi, Sam. Yes|Salam, Sam. Naam]</p>"),
        # Each link among links is its own line, and exists once.
        (
            f'<p><a href="/a">{HI}</a> <a href="/b">{YES}</a></p>',
            '<p><a href="/a">1[Hi|Salam]</a> <a href="/b">2[Yes|Naam]</a></p>',
        ),
        # A link within a sentence is pressed in the first language only.
        (
            f"<p>{CALL}</p>",
            '<p>1[Call <a href="/x" id="q">us</a>|Ara bizi]</p>',
        ),
        (f"<button>{HI}</button>", "<button>1[Hi|Salam]</button>"),
        (f'<label for="x">{HI}</label>', '<label for="x">1[Hi|Salam]</label>'),
        (f"<option>{HI}</option>", "<option>1. Hi – Salam</option>"),
        # A break within a sentence is no end of a line; between values it is.
        (f"<p>{mark('a<br>b', 'x<br>y', '1')}</p>", "<p>1[a<br>b|x<br>y]</p>"),
        ("<p>1 High Street<br>Leeds</p>", "<p>1[1 High Street|]<br>2[Leeds|]</p>"),
        # What people typed is a line that can be pointed to, and it is not doubled.
        ("<p>Sam &amp; Jo</p>", "<p>1[Sam &amp; Jo|]</p>"),
        ("<textarea>x &lt; y</textarea>", "<textarea>x &lt; y</textarea>"),
        # A sign beside the words is no language.
        (
            f'<button><span aria-hidden="true">A</span> {HI}</button>',
            '<button>1[<span aria-hidden="true">A</span> Hi|Salam]</button>',
        ),
        # But an arrow points on, in the direction of each language.
        (
            f'<p>{HI} <span aria-hidden="true">→</span> {YES}</p>',
            '<p>1[Hi <span aria-hidden="true">→</span> Yes|'
            'Salam <span aria-hidden="true">←</span> Naam]</p>',
        ),
        # The day of a heading is a line below it, with all that belongs to it.
        (
            f'<h1>{HI} <span class="when">{YES}<br><small>{mark("9", "", "3")}</small></span></h1>',
            '<h1>1[Hi|Salam] <span class="when">2[Yes<br><small>9</small>|Naam]</span></h1>',
        ),
        # Words that were taken out or put in stay in their line.
        (
            f"<p>{HI} <del>a</del> <ins>b</ins></p>",
            "<p>1[Hi <del>a</del> <ins>b</ins>|Salam <del>a</del> <ins>b</ins>]</p>",
        ),
        # A number stands outside of words that have a direction of their own.
        ("<dd><bdi>Sam</bdi></dd>", "<dd>1[<bdi>Sam</bdi>|]</dd>"),
        # What nobody sees, and what names its own language, is not numbered.
        (
            f'<p><span class="govuk-visually-hidden">{HI}</span></p>',
            '<p><span class="govuk-visually-hidden">Hi</span></p>',
        ),
        ('<p lang="cy">Helo</p>', '<p lang="cy">Helo</p>'),
        (f'<a href="/"><div>{HI}</div></a>', '<a href="/"><div>1[Hi|Salam]</div></a>'),
        (f'<p title="{HI}">{YES}</p>', '<p title="Hi">1[Yes|Naam]</p>'),
        ("<p> </p><hr><ul><li>–</li></ul>", "<p> </p><hr><ul><li>–</li></ul>"),
    ],
)
def test_lines(html: str, shown: str) -> None:
    assert lines(html) == shown


def test_outside_of_the_main_part_only_sentences_of_ours_are_lines() -> None:
    found = two_languages(f"<header><b>English</b> <i>{HI}</i></header>", LOOK)
    assert "<b>English</b>" in found
    assert ">1</i>" in found


def test_the_title_says_one_language() -> None:
    assert two_languages(f"<title>{HI} – X</title>", LOOK) == "<title>Hi – X</title>"


def test_the_second_language_is_quiet_unless_it_is_asked_for() -> None:
    quiet = two_languages(f"<p>{HI}</p>", LOOK)
    aloud = two_languages(f"<p>{HI}</p>", Look(ARABIC, aloud=True))
    assert 'dir="rtl" aria-hidden="true">Salam' in quiet
    assert 'dir="rtl">Salam' in aloud


def test_only_what_is_marked_for_it_has_two_languages() -> None:
    look = Look(ARABIC, numbers=False, only_marked=True)
    found = two_languages(f"<main><p>{HI}</p><div data-both><p>{YES}</p></div></main>", look)
    assert "<p>Hi</p>" in found
    assert ">Naam</span>" in found
    assert "Salam" not in found


def test_the_ids_of_a_line_reach_what_is_added_to_it() -> None:
    look = Look(ARABIC, after=lambda ids: f"({','.join(ids)})")
    assert "(00000001,00000002)" in two_languages(f"<p>{HI} {YES}</p>", look)


def test_a_line_goes_the_way_of_the_page() -> None:
    page = Look(languages.known()["en"], direction="rtl")
    found = two_languages('<main><p dir="auto">Sam</p></main>', page)
    assert '<span class="both" dir="rtl"><i aria-hidden="true">1</i> <span><bdi>Sam</bdi>' in found
