"""Whether words are in the language of their page: only the letters decide, and who then waits."""

from __future__ import annotations

import pytest

from portal import languages
from portal.typed import rules
from portal.typed.models import Fit
from tests.portal.typed.written import ENGLISH, SORANI, TIGRINYA, TYPED


@pytest.mark.parametrize("code", languages.known())
def test_what_is_written_in_a_language_fits_it(code: str) -> None:
    assert rules.fit(code, TYPED[code]) is Fit.whole


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("en", SORANI, Fit.none),
        ("en", TIGRINYA, Fit.none),
        ("en", "Farsi: " + TYPED["fa"], Fit.none),
        ("ar", TIGRINYA, Fit.none),
        ("ar", ENGLISH, Fit.none),
        ("pa", TYPED["ur"], Fit.none),
        ("uk", TYPED["pl"], Fit.none),
        ("en", f"{ENGLISH} {SORANI}", Fit.partly),
        ("en", f"{ENGLISH} {ENGLISH} Ask my friend عمر", Fit.whole),
        ("ar", "اتصلوا بعمر على omar.salih@example.org أو 07700 900123 من فضلكم قبل يوم الخميس",
         Fit.whole),
        ("ar", f"{TYPED['ar']} {TIGRINYA}", Fit.partly),
        ("en", "07700 900123", Fit.whole),
        ("ar", "٠٧٧٠٠ ٩٠٠١٢٣ ☎️ !!", Fit.whole),
        ("en", "عمر", Fit.none),
        ("en", "<b>ok</b> & 'ok'", Fit.whole),
        ("en", "", Fit.whole),
        ("fa", "\u200c\u202e\u2066\x00", Fit.whole),
    ],
)  # fmt: skip
def test_only_the_letters_decide(code: str, text: str, found: Fit) -> None:
    assert rules.fit(code, text) is found


@pytest.mark.parametrize(
    ("code", "fits", "text", "nation", "waits"),
    [
        ("en", Fit.whole, ENGLISH, "england", False),
        ("cy", Fit.whole, TYPED["cy"], "wales", False),
        ("cy", Fit.whole, TYPED["cy"], "england", True),
        ("cy", Fit.none, SORANI, "wales", True),
        ("ar", Fit.whole, TYPED["ar"], "england", True),
        ("ar", Fit.whole, "07700 900123", "england", False),
        ("en", Fit.none, TIGRINYA, "england", True),
        ("en", Fit.partly, ENGLISH + SORANI, "england", True),
    ],
)
def test_what_needs_a_translator(code: str, fits: Fit, text: str, nation: str, waits: bool) -> None:
    assert rules.needs_translator(code, fits, text, nation) is waits
