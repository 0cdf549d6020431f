"""Reading texts: what may be acted on, and what is asked instead (sms.md section 3)."""

from itertools import product

import pytest

from notifications.conversation import grammar
from notifications.conversation.grammar import Intent, parse
from tests.notifications.readings import LANGUAGES, acted

DIGITS = {
    "ascii": "0123456789",
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "bengali": "০১২৩৪৫৬৭৮৯",
    "gurmukhi": "੦੧੨੩੪੫੬੭੮੯",
    "devanagari": "०१२३४५६७८९",
    "full-width": "０１２３４５６７８９",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
}
CHOICES = {"1": "accept", "2": "cancel", "3": "phone", "4": "other_time"}
YES = {
    "en": ["yes", "YES", "Yes.", "yep", "yh", "accept", "confirm"],
    "cy": ["ie", "ydw", "byddaf", "derbyn"],
    "pl": ["tak", "akceptuję", "akceptuje", "TAK!"],
    "ro": ["da", "accept", "confirm"],
    "uk": ["так", "Згода", "підтверджую", "tak"],
    "pt": ["sim", "aceito", "SIM"],
    "ar": ["نعم", "موافق", "أوافق", "اوافق", "na3am"],
    "fa": ["بله", "آره", "تایید", "تأیید", "bale"],
    "ur": ["ہاں", "جی ہاں", "هاں", "منظور", "haan", "ji haan"],
    "bn": ["হ্যাঁ", "হ্যা", "রাজি", "জি", "raji"],
    "pa": ["ਹਾਂ", "ਹਾਂ ਜੀ", "ਮਨਜ਼ੂਰ", "ਮਨਜੂਰ", "haanji"],
    "so": ["haa", "aqbalay", "waan aqbalay"],
}


@pytest.mark.parametrize("script", DIGITS)
def test_digits_of_every_script_choose_in_every_language(script: str) -> None:
    for language, (digit, kind) in product(LANGUAGES, CHOICES.items()):
        typed = DIGITS[script][int(digit)]
        assert parse(typed, language, grammar.OFFER) == Intent(kind, digit, exact=True), language


@pytest.mark.parametrize(
    "text",
    ["1", " 1 ", "1.", "1)", "(1)", "'1'", "“1”", "1!", "1!!", "*1*", "1#", "1,", "1\n", "\u200f1",
     "1️⃣", "1⃣", "❶", "➊", "⓵", "1 👍", "👍1", "1 😊🙏🏽", "1\u200d", "\u20661\u2069", "1 x",
     "1\nSent from my iPhone", "1\n\nGet Outlook for Android", "one", "One please", "1 ONE",
     "1 accept", "1 yes", "yes 1", "1 - accept", "Hello. 1 please. Thanks"],
)  # fmt: skip
def test_one_answer_in_many_dresses_is_one_answer(text: str) -> None:
    assert parse(text, "en", grammar.OFFER) == Intent("accept", "1", exact=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_words_accept_in_their_own_language(language: str) -> None:
    for word in YES[language]:
        assert acted(word, language) == "accept", word


@pytest.mark.parametrize("language", LANGUAGES)
def test_english_yes_counts_everywhere_and_no_other_language_does(language: str) -> None:
    assert acted("yes", language) == "accept"
    for other, forms in YES.items():
        for word in forms:
            known = word in YES["en"] + YES[language] or _also_said_in(language, word)
            if other not in (language, "en") and not known:
                assert acted(word, language) == "", (word, other)


def _also_said_in(language: str, word: str) -> bool:
    """Neighbours share words: "قبول", "haan", "accept"."""
    shared = {
        "ar": {"تأیید", "قبول"},
        "fa": {"قبول"},
        "ur": {"haanji", "قبول"},
        "pa": {"haan", "ji haan", "ہاں", "جی ہاں", "هاں", "منظور"},
        "bn": {"ji"},
        "uk": {"TAK!"},
    }
    return word in shared.get(language, set())


@pytest.mark.parametrize(
    ("word", "language"),
    [("da", "en"), ("da", "uk"), ("na", "en"), ("ha", "bn"), ("haa", "en"), ("tak", "en"),
     ("sim", "en"), ("ie", "en"), ("تمام", "ar"), ("تمام", "fa"), ("un", "en"), ("do", "ur"),
     ("no", "pl"), ("no", "pt"), ("han", "en"), ("ji", "pa")],
)  # fmt: skip
def test_the_same_letters_mean_other_things_elsewhere(word: str, language: str) -> None:
    assert acted(word, language) in ("", "done")


@pytest.mark.parametrize(
    "text",
    ["11", "12", "1/3", "10.30", "1 1", "1 2", "1,2", "1 or 2", "1 and 3", "1️⃣2️⃣", "1.0", "1½",
     "1?", "1 ?", "?1", "1؟", "¿1", "1❓", "yes?", "STOP?", "2?", "3?",
     "-1", "- 1", "−1", "–1", "—1", "➖1", "- yes",
     "not 1", "no 1", "don't 1", "1 not", "never 1",
     "1 tomorrow", "1 today", "1 at 10", "1 Monday", "1pm", "1 o'clock", "1st",
     "1 but", "yes but", "1 if", "1 maybe",
     "£1", "1p", "+1", "1%", "$1", "1+", "<1", "1°", "1x1", "1a", "a1", "no1", "№1",
     "👎 1", "1 ❌", "🚫1", "1 🤔", "🤷 yes",
     "yes no", "yes 2", "1 no", "1 cancel", "2 accept", "1 stop", "3 yes",
     "I said 1", "option 1 I think", "1 of them", "one two", "the one"],
)  # fmt: skip
def test_ask_instead(text: str) -> None:
    for language in LANGUAGES:
        reading = parse(text, language, grammar.OFFER)
        assert not reading.exact, (language, reading)


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "OK",
        "okay",
        "k",
        "thanks",
        "Thank you",
        "thx",
        "👍",
        "👍🏽",
        "🙏",
        "ok thanks",
        "ok 👍",
     "God willing", "inshallah", "noted", "x", "hello", "please", "great"],
)  # fmt: skip
def test_ok_thanks_and_thumbs_up_accept_nothing(text: str) -> None:
    for language in LANGUAGES:
        reading = parse(text, language, grammar.OFFER)
        assert reading.kind in ("ack", "empty"), language
        assert not reading.exact, language


@pytest.mark.parametrize(
    ("text", "language"),
    [("iawn", "cy"), ("dobrze", "pl"), ("bine", "ro"), ("добре", "uk"), ("tudo bem", "pt"),
     ("تمام", "ar"), ("ان شاء الله", "ar"), ("باشه", "fa"), ("ٹھیک ہے", "ur"),
     ("theek hai", "ur"), ("ঠিক আছে", "bn"), ("ইনশাআল্লাহ", "bn"), ("ਠੀਕ ਹੈ", "pa"),
     ("waheguru", "pa"), ("haye", "so"), ("waa hagaag", "so"), ("no", "pl")],
)  # fmt: skip
def test_ok_in_each_language_accepts_nothing(text: str, language: str) -> None:
    assert parse(text, language, grammar.OFFER).kind == "ack"


@pytest.mark.parametrize(
    ("text", "language"),
    [("no", "en"), ("NO!", "en"), ("No thanks", "en"), ("na", "cy"), ("nie", "pl"), ("nu", "ro"),
     ("ні", "uk"), ("não", "pt"), ("nao", "pt"), ("لا", "ar"), ("نه", "fa"), ("خیر", "fa"),
     ("نہیں", "ur"), ("nahi", "ur"), ("না", "bn"), ("ਨਹੀਂ", "pa"), ("maya", "so")],
)  # fmt: skip
def test_a_bare_no_is_asked(text: str, language: str) -> None:
    reading = parse(text, language, grammar.OFFER)
    assert reading == Intent("no", suggestions=("cancel", "other_time", "phone"))
