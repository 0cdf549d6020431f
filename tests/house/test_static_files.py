"""What every page loads: small, made from its source, the same for both directions, readable."""

import hashlib
import re
from itertools import product

import brotli
import pytest

from tools.static_files import MADE, STATIC

SOURCE = "".join(
    (STATIC / name).read_text(encoding="utf-8") for name in ("site.src.css", "two.src.css")
)
SHEET = re.sub(r"/\*.*?\*/", "", SOURCE, flags=re.DOTALL)

# Brotli 11, as served. The sheet is part of the first view's budget.
BUDGETS = {"site.css": 2_200, "two.css": 450, "site.js": 1_500, "htmx.min.js": 15_500}

# htmx.org 2.0.11, dist/htmx.min.js as published.
HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"

GROUNDS = ("#fff", "#edf5f0")


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", MADE)
def test_made_files_agree_with_their_sources(name: str) -> None:
    source, make = MADE[name]
    made = make((STATIC / source).read_text(encoding="utf-8"))
    assert (STATIC / name).read_text(encoding="utf-8") == made, "python -m tools.static_files"


@pytest.mark.parametrize(("name", "most"), BUDGETS.items())
def test_files_stay_within_their_bytes(name: str, most: int) -> None:
    assert len(brotli.compress((STATIC / name).read_bytes(), quality=11)) <= most


def test_htmx_is_as_published() -> None:
    assert hashlib.sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest() == HTMX


def test_one_sheet_serves_both_directions() -> None:
    sides = r"left|right|top|bottom"
    physical = re.findall(
        rf"(?:^|[\s;{{])((?:margin|padding|border|inset|scroll-\w+)-(?:{sides})[a-z-]*"
        rf"|{sides}|float|(?:min-|max-)?(?:width|height))\s*:"
        rf"|text-align:\s*({sides})",
        re.sub(r"@media[^{]*", "", SHEET),
    )
    assert not physical


@pytest.mark.parametrize("unwanted", ["url(", "@import", "@font-face", "uppercase", "italic"])
def test_sheet_has_no(unwanted: str) -> None:
    assert unwanted not in SHEET


def test_text_is_easy_to_see_on_every_ground() -> None:
    colours = set(re.findall(r"[ ;]color: (#[0-9a-f]+)", SHEET)) - {"#fff"}
    assert len(colours) >= 4
    for colour, ground in product(colours, GROUNDS):
        assert contrast(colour, ground) >= 7, (colour, ground)


def test_white_text_stands_on_dark_ground_only() -> None:
    for rule in re.findall(r"{([^{}]*[ ;]color: #fff[^{}]*)}", SHEET):
        ground = re.search(r"background: (#[0-9a-f]+)", rule)
        assert ground is not None, rule
        assert contrast("#fff", ground[1]) >= 7


def test_no_ground_escapes_the_contrast_test() -> None:
    grounds = set(re.findall(r"background: (#[0-9a-f]+)", SHEET))
    assert {ground for ground in grounds if luminance(ground) > 0.2} == set(GROUNDS)
