"""Keywords, and what counts as an answer under each kind of open question (sms.md 3 to 8)."""

from itertools import product

import pytest

from notifications.conversation import grammar
from notifications.conversation.grammar import Intent, parse
from tests.notifications.readings import LANGUAGES, YES_NO, acted


@pytest.mark.parametrize(
    ("text", "kind"),
    [("cancel", "cancel"), ("Cancel please", "cancel"), ("PHONE", "phone"), ("call", "phone"),
     ("change", "other_time"), ("time", "other_time"), ("next", "next"), ("plan", "plan"),
     ("commitment", "commitment"), ("costs", "costs"), ("complain", "complaint"),
     ("message", "message"), ("callback", "callback"), ("call-back", "callback"),
     ("language", "language"), ("plain", "plain"), ("full", "full"), ("settings", "settings"),
     ("help", "help"), ("help?", "help"), ("menu", "menu"), ("stop", "stop"),
     ("start", "start"), ("undo", "undo"), ("done", "done"), ("late", "late"),
     ("nofare", "fare"), ("no call", "no_call"), ("hospital", "hospital")],
)  # fmt: skip
def test_keywords_work_under_an_offer_and_without_a_question(text: str, kind: str) -> None:
    assert acted(text, "en", grammar.IDLE) == kind
    assert acted(text, "en", grammar.OFFER) == kind


def test_keywords_of_every_language_work_for_everybody() -> None:
    assert acted("anulare", "en", grammar.IDLE) == "cancel"
    assert acted("скарга", "pl", grammar.IDLE) == "complaint"
    assert acted("پیام", "en", grammar.IDLE) == "message"
    assert acted("দেরি", "cy", grammar.IDLE) == "late"


@pytest.mark.parametrize(
    "text",
    ["STOP", "Stop.", "stop please", "STOPPPP", "stopall", "unsubscribe", "стоп", "إيقاف", "ایقاف",
     "توقف", "بند کرو", "বন্ধ", "ਬੰਦ", "jooji", "parar", "oprește", "opreste", "stopio", "STOP 😡",
     "stop texting me", "Don't text me", "nie piszcie do mnie", "আর মেসেজ দিবেন না"],
)  # fmt: skip
def test_stop_is_honoured_in_any_language(text: str) -> None:
    states = (grammar.IDLE, grammar.OFFER, grammar.CONFIRM_CANCEL, grammar.MENU, grammar.PIN)
    for language, state in product(LANGUAGES, states):
        assert parse(text, language, state) == Intent("stop", exact=True), language


@pytest.mark.parametrize(
    "text", ["bus stop", "stop at the shop", "non stop", "please stop by", "stop it", "stop 1"]
)
def test_stop_counts_only_as_the_whole_text(text: str) -> None:
    assert acted(text, "en") == ""


@pytest.mark.parametrize(
    ("text", "language", "chosen"),
    [("english", "ar", "en"), ("English please", "pl", "en"), ("polski", "en", "pl"),
     ("العربية", "en", "ar"), ("عربي", "ar", "ar"), ("farsi", "en", "fa"), ("اردو", "en", "ur"),
     ("বাংলা", "en", "bn"), ("ਪੰਜਾਬੀ", "en", "pa"), ("Cymraeg", "en", "cy"), ("saesneg", "cy", "en"),
     ("українська", "en", "uk"), ("Português", "en", "pt"), ("română", "en", "ro"),
     ("Soomaali", "en", "so"), ("angielski", "pl", "en"), ("انگریزی", "ur", "en")],
)  # fmt: skip
def test_language_names(text: str, language: str, chosen: str) -> None:
    for state in (grammar.IDLE, grammar.OFFER, grammar.MENU):
        assert parse(text, language, state) == Intent("language", chosen, exact=True)


def test_a_digit_answers_only_an_open_question() -> None:
    assert parse("1", "en") == Intent("option", "1")
    assert parse("7", "en", grammar.OFFER) == Intent("option", "7")
    assert parse("7", "en", grammar.MENU) == Intent("option", "7", exact=True)
    assert parse("4", "en", grammar.PICK_TIME) == Intent("option", "4")
    assert parse("9", "en", grammar.PICK_TIME) == Intent("option", "9", exact=True)
    assert parse("0", "en", grammar.MENU) == Intent("option", "0", exact=True)
    assert parse("২", "bn", grammar.MENU) == Intent("option", "2", exact=True)
    assert parse("dwa", "pl", grammar.MENU) == Intent("option", "2", exact=True)


def test_yes_without_an_open_question_accepts_nothing() -> None:
    assert parse("yes", "en") == Intent("yes")
    assert parse("accept", "en") == Intent("unclear", suggestions=("accept",))
    assert acted("yes", "en", grammar.MENU) == ""


class TestCancellingTakesTwoSteps:
    def test_the_echoed_code(self) -> None:
        assert parse("47", "en", grammar.CONFIRM_CANCEL) == Intent("code", "47", exact=True)
        assert parse("৪৭", "bn", grammar.CONFIRM_CANCEL) == Intent("code", "47", exact=True)
        assert parse("47 please", "en", grammar.CONFIRM_CANCEL).kind == "code"

    @pytest.mark.parametrize(
        "text",
        [
            "2",
            "22?",
            "4 7",
            "-47",
            "47 no",
            "473",
            "£47",
            "yes",
            "ok",
            "cancel it now",
            "yes 47",
            "accept",
            "da",
            "y",
            "👍",
            "47 but",
        ],
    )
    def test_nothing_else_cancels(self, text: str) -> None:
        reading = parse(text, "en", grammar.CONFIRM_CANCEL)
        assert reading.kind != "code"
        assert not reading.exact, reading

    def test_keeping_it_or_another_time(self) -> None:
        assert parse("1", "en", grammar.CONFIRM_CANCEL) == Intent("keep", "1", exact=True)
        assert parse("4", "en", grammar.CONFIRM_CANCEL) == Intent("other_time", "4", exact=True)
        assert acted("change", "en", grammar.CONFIRM_CANCEL) == "other_time"

    def test_cancel_again_is_still_only_the_first_step(self) -> None:
        assert acted("cancel", "en", grammar.CONFIRM_CANCEL) == "cancel"

    def test_two_digits_are_a_code_only_there(self) -> None:
        for state in (grammar.IDLE, grammar.OFFER, grammar.MENU, grammar.SUGGESTION):
            assert acted("47", "en", state) == ""


def test_suggestions_are_answered_by_one_and_yes() -> None:
    for text in ("1", "yes", "one"):
        assert parse(text, "en", grammar.SUGGESTION) == Intent("option", "1", exact=True)
    for text in ("0", "no"):
        assert parse(text, "en", grammar.SUGGESTION) == Intent("option", "0", exact=True)
    for text in ("accept", "ok", "2", "yes?", "yes but", "👍"):
        assert not parse(text, "en", grammar.SUGGESTION).exact, text
    assert parse("maya", "so", YES_NO) == Intent("option", "2", exact=True)


class TestFreeText:
    """In a complaint or a message everything is text, but for five things."""

    @pytest.mark.parametrize(
        "text",
        [
            "1",
            "2",
            "47",
            "yes",
            "cancel",
            "phone",
            "start",
            "english",
            "menu",
            "next",
            "ok",
            "10",
            "I waited 2 hours",
            "stop texting me they said",
            "help me they never do",
            "done that",
            "0 help",
            "don't text me",
            "he said stop it",
            "costs",
        ],
    )
    def test_everything_else_is_text(self, text: str) -> None:
        assert parse(text, "en", grammar.FREE_TEXT).kind == "text"

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("DONE", "done"),
            ("done thanks", "done"),
            ("finished", "done"),
            ("0", "drop"),
            ("٠", "drop"),
            ("HELP", "help"),
            ("help?", "help"),
            ("STOP", "stop"),
            ("стоп", "stop"),
        ],
    )
    def test_what_counts(self, text: str, kind: str) -> None:
        assert acted(text, "en", grammar.FREE_TEXT) == kind

    def test_own_words_for_done(self) -> None:
        assert acted("koniec", "pl", grammar.FREE_TEXT) == "done"
        assert acted("শেষ", "bn", grammar.FREE_TEXT) == "done"
        assert acted("تمام", "fa", grammar.FREE_TEXT) == "done"
        assert acted("تمام", "ar", grammar.FREE_TEXT) == "text"

    def test_a_free_worded_stop_may_be_part_of_the_story(self) -> None:
        reading = parse("don't text me", "en", grammar.FREE_TEXT)
        assert reading == Intent("text", exact=True, suggestions=("stop",))

    def test_pictures_only_are_not_a_part(self) -> None:
        assert parse("📷", "en", grammar.FREE_TEXT) == Intent("empty")

    def test_danger_is_heard_there_too(self) -> None:
        assert parse("I want to kill myself", "en", grammar.FREE_TEXT).kind == "unsafe"


@pytest.mark.parametrize(
    "text",
    ["4821", "٤٨٢١", "48 21", "4-8-2-1", "my pin is 4821", "pin 4821", "its 4821", "4821?"],
)
def test_a_pin_is_four_to_six_digits_in_whatever_words(text: str) -> None:
    assert parse(text, "en", grammar.PIN) == Intent("pin", "4821", exact=True)


def test_what_is_no_pin() -> None:
    for text in ("482", "1234567", "4821 or 4822", "07700 900123"):
        assert not parse(text, "en", grammar.PIN).exact, text
    assert acted("stop", "en", grammar.PIN) == "stop"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [("STATUS K7QM2P4A", "status", "K7QM2P4A"), ("status k7qm-2p4a", "status", "K7QM2P4A"),
     ("Status K7QM2P4A please", "status", "K7QM2P4A"), ("status klqm2poa", "status", "K1QM2P0A"),
     ("ESCALATE K7QM2P4A", "escalate", "K7QM2P4A"), ("UNDO K7QM2P4A", "undo", "K7QM2P4A"),
     ("late 20", "late", "20"), ("LATE ١٥", "late", "15"), ("status", "status", "")],
)  # fmt: skip
def test_keywords_with_a_value(text: str, kind: str, value: str) -> None:
    assert parse(text, "en") == Intent(kind, value, exact=True)


@pytest.mark.parametrize(
    "text",
    ["status K7QM2P4", "status of my claim", "late 0", "late 500", "late 20?", "stop K7QM2P4A"],
)
def test_other_words_after_a_keyword_are_asked(text: str) -> None:
    assert not parse(text, "en").exact


def test_the_label_of_an_option_means_it_only_under_the_offer() -> None:
    assert acted("تماس", "fa", grammar.OFFER) == "phone"
    assert acted("تماس", "fa", grammar.IDLE) == "callback"
    assert acted("আসব", "bn", grammar.OFFER) == "accept"
    assert acted("আসব", "bn", grammar.IDLE) == ""
    assert acted("прийду", "uk", grammar.OFFER) == "accept"
    assert acted("прийду", "en", grammar.OFFER) == ""


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\u200c\u200d\u200e", "\u2066\u2069", "👍🏽", "📷", "...", "\x00\x07"]
)
def test_a_text_without_letters_is_empty(text: str) -> None:
    for state in (grammar.IDLE, grammar.OFFER, grammar.FREE_TEXT):
        assert parse(text, "en", state) == Intent("empty")


def test_danger_comes_before_everything_but_stop() -> None:
    assert parse("1 i want to die", "en", grammar.OFFER) == Intent(
        "unsafe", "self_harm", exact=True
    )
    assert parse("cancel we have no food", "en", grammar.OFFER).value == "need"
    assert parse("STOP", "en", grammar.OFFER).kind == "stop"


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [("cant make it got hospital", "en", "cancel"), ("ok il be there", "en", "accept"),
     ("ring me insted", "en", "phone"), ("cancle", "en", "cancel"), ("1?", "en", "accept"),
     ("appointmnt chnage", "en", "other_time"), ("phoen", "en", "phone"),
     ("anuluj wizyte bo jestem chora", "pl", "cancel"), ("in polish pls", "en", "language:pl"),
     ("не зможу прийти", "en", "cancel"), ("tak", "en", "accept"), ("running late", "ro", "late"),
     ("আসতে পারব না", "en", "cancel"), ("ma imaan karo", "so", "cancel")],
)  # fmt: skip
def test_near_misses_are_suggested_and_never_done(text: str, language: str, first: str) -> None:
    reading = parse(text, language, grammar.OFFER)
    if reading.exact:
        assert reading.kind == first != "accept"
    else:
        assert reading.suggestions[:1] == (first,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_for_a_person_is_named_one(language: str) -> None:
    assert parse("xyzzy plugh?", language, grammar.OFFER) == Intent("question")
