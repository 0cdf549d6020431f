"""Cleaning (sms.md section 3): whatever is typed, it never raises and settles at once."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notifications.conversation import grammar, tables
from notifications.conversation.cleaning import clean, fold, shortened, words
from notifications.conversation.phrases import Phrases, join_prefixes
from notifications.conversation.spelling import Speller
from tests.notifications.readings import LANGUAGES, QUESTIONS

# Word lists are read at their first use, and machines are busy: no time limit per example.
unhurried = settings(deadline=None)
LISTED = {words(known.text) for known in tables.forms()}
anything = st.text(st.characters(), max_size=200) | st.text(
    st.sampled_from("12٣۴৫੬1️⃣?؟-−yesنعمہاںহ্যাঁਹਾਂ \n\u200c\u200d\u0640\u064b'’👍🏽❌£½İßſﬁﷺ"),
    max_size=60,
)


@unhurried
@given(anything)
@example("\u1100\u200c\u1161")
@example("İ\u0307")
@example("\ud800")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@unhurried
@given(anything, st.sampled_from(LANGUAGES))
def test_cleaning_never_raises_and_cleans_itself(text: str, language: str) -> None:
    cleaned = clean(text, language)
    again = clean(" ".join(cleaned.tokens), language)
    assert again.tokens == cleaned.tokens
    assert again.core == cleaned.core
    assert cleaned.blank == (not cleaned.tokens)


@unhurried
@given(anything, st.sampled_from(LANGUAGES), st.sampled_from(sorted(QUESTIONS)))
def test_reading_never_raises(text: str, language: str, question: str) -> None:
    reading = grammar.parse(text, language, QUESTIONS[question])
    assert isinstance(reading, grammar.Intent)
    assert len(reading.suggestions) <= 3


@unhurried
@given(
    st.sampled_from([form for form in tables.forms() if form.intent in ("yes", "accept")]),
    st.text(st.characters(categories=["L"]), min_size=3, max_size=12),
    st.booleans(),
)
def test_an_accepting_word_with_any_unlisted_word_is_asked(
    form: tables.Form, other: str, before: bool
) -> None:
    pair = f"{other} {form.text}" if before else f"{form.text} {other}"
    if words(other) in LISTED or words(pair) in LISTED or len(words(other)) != 1:
        return
    assert not grammar.parse(pair, form.language, grammar.OFFER).exact


@unhurried
@given(
    st.lists(st.sampled_from("0123456789٣۴৫੬"), min_size=2, max_size=5), st.sampled_from(LANGUAGES)
)
def test_more_than_one_digit_never_answers_an_offer(digits: list[str], language: str) -> None:
    for text in ("".join(digits), " ".join(digits), "/".join(digits)):
        assert not grammar.parse(text, language, grammar.OFFER).exact


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("YES", "yes"),
        ("Następna", "nastepna"),
        ("ŁÓDŹ", "lodz"),
        ("Ștergeți", "stergeti"),
        ("Não", "nao"),
        ("Dŵr", "dwr"),
        ("straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("can't", "cant"),
        ("зобов’язання", "зобовязання"),
        ("ґанок", "ганок"),
        ("йі́ї", "йії"),
        ("إلغاء أوافق آسف", "الغاء اوافق اسف"),
        ("مُوَافِق", "موافق"),
        ("مـــوافق", "موافق"),
        ("شكوى", "شکوی"),
        ("رسالة", "رساله"),
        ("می\u200cخواهم", "میخواهم"),
        ("ہاں", "هان"),
        ("هاں", "هان"),
        ("ﻧﻌﻢ", "نعم"),
        ("ਫ਼ੋਨ", "ਫੋਨ"),
        ("ਰੱਦ", "ਰਦ"),
        ("হ্যাঁ", "হ্যা"),
        ("র\u200d্যাব", "র্যাব"),
        ("1️⃣", "1"),
        ("③", "3"),
        ("❸", "3"),
        ("２", "2"),
        ("\u2066٤٧\u2069", "47"),
        ("a\u00a0 b\t\nc", "a b c"),
        ("ﬁne", "fine"),
    ],
)
def test_folding(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("yes, please!", ("yes", "please")),
        ("1/3", ("1", "3")),
        ("call-back", ("call", "back")),
        ("হ্যাঁ।", ("হ্যা",)),
        ("ਹਾਂ ਜੀ", ("ਹਾਂ", "ਜੀ")),
        ("“۱”", ("1",)),
        ("👍", ()),
    ],
)
def test_words(text: str, tokens: tuple[str, ...]) -> None:
    assert words(text) == tokens


@pytest.mark.parametrize(
    "line",
    ["Sent from my iPhone", "Sent from my Samsung Galaxy smartphone.", "Get Outlook for iOS",
     "Wysłane z iPhone'a", "Trimis de pe telefonul meu", "Надіслано з iPhone",
     "Enviado do meu telemóvel", "أُرسلت من الـ iPhone", "Anfonwyd o fy iPhone"],
)  # fmt: skip
def test_lines_that_phones_add_are_dropped(line: str) -> None:
    for language in LANGUAGES:
        assert clean(f"1\n\n{line}", language).core == ("1",)
        assert clean(f"1\r\n-- \r\n{line}", language).core == ("1",)


def test_a_signature_in_the_middle_of_a_line_is_not_cut() -> None:
    assert clean("it was sent from my phone", "en").tokens[:3] == ("it", "was", "sent")


def test_long_drawn_letters() -> None:
    assert shortened("yesssss") == ("yess", "yes")
    assert shortened("yes") == ()


def test_phrases_with_stems_gaps_and_ends() -> None:
    phrases = Phrases()
    for phrase in ("late", "run* late", "no .. food", "go on $", "می خواهم"):
        phrases.add(phrase, phrase)
    assert _found(phrases, "running late") == {"run* late"}
    assert _found(phrases, "no hot dinner or food") == {"no .. food"}
    assert _found(phrases, "no one two three four food") == set()
    assert _found(phrases, "cant go on") == {"go on $"}
    assert _found(phrases, "cant go on monday") == set()
    assert _found(phrases, "می\u200cخواهم") == {"می خواهم"}
    for empty in ("", "..", "food ..", "!"):
        with pytest.raises(ValueError):
            phrases.add(empty, "x")


def _found(phrases: Phrases, text: str) -> set[str]:
    readings = [(token,) for token in join_prefixes(words(text))] + [("$",)]
    return {name for match in phrases.matches(readings) for name in match.names}


def test_spelling_is_at_most_one_slip() -> None:
    speller = Speller(["cancel", "appointment", "phone", "late"])
    assert speller.guesses("cancle") == ("cancel",)
    assert speller.guesses("cancell") == ("cancel",)
    assert speller.guesses("appontment") == ("appointment",)
    assert speller.guesses("phune") == ("phone",)
    assert speller.guesses("fhone") == ()
    assert speller.guesses("canlec") == ()
    assert speller.guesses("cancel") == ()
    assert speller.guesses("lste") == ()
