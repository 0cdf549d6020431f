"""The word lists themselves: complete, without clashes, and harmless to each other."""

from collections import defaultdict
from itertools import product

import pytest

from notifications.conversation import grammar, safety, suggesting, tables
from notifications.conversation.cleaning import fold, words
from tests.notifications.readings import LANGUAGES, acted

OWN_WORDS = frozenset({"accept", "yes", "no", "cancel", "phone", "other_time", "next", "plan"})
EVERY_LANGUAGE_HAS = OWN_WORDS | {
    "commitment", "costs", "complaint", "message", "callback", "language", "help", "menu",
    "settings", "stop", "start", "done", "undo", "escalate", "status", "plain", "full",
    "late", "no_call", "hospital", "fare",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_an_advertised_word(language: str) -> None:
    assert set(tables.advertised(language)) >= EVERY_LANGUAGE_HAS
    assert f"language:{language}" in tables.advertised(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exact_form_leads_to_one_intent(language: str) -> None:
    """A person's own words and English ones together never disagree."""
    meant: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for form in tables.forms():
        if form.language == language and form.kind not in ("polite", "offer"):
            meant[words(form.text)].add(form.intent)
    assert {key: found for key, found in meant.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_words_differ_from_english_only_where_they_must(language: str) -> None:
    english = {words(f.text): f.intent for f in tables.forms() if f.language == "en"}
    clashes = {
        f.text
        for f in tables.forms()
        if f.language == language
        and f.kind not in ("polite", "offer")
        and english.get(words(f.text), f.intent) not in (f.intent, "polite")
    }
    # Polish "no" means "well, yes": it is nobody's refusal there.
    assert clashes == ({"no"} if language == "pl" else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_read_as_its_own_intent(language: str) -> None:
    wrong = []
    for form in tables.forms():
        if form.language != language or form.intent == "polite":
            continue
        state = grammar.OFFER if form.intent in ("accept", "yes") or form.kind == "offer" else None
        if form.intent.startswith("option"):
            state = grammar.MENU
        reading = grammar.parse(form.text, language, state or grammar.IDLE)
        wanted = {"yes": "accept"}.get(form.intent, form.intent)
        if wanted.startswith("option"):
            good = reading == grammar.Intent("option", wanted[-1], exact=True)
        elif wanted.startswith("language:"):
            good = reading == grammar.Intent("language", wanted[9:], exact=True)
        elif wanted in ("no", "ack"):
            good = reading.kind == wanted
        else:
            good = reading.exact and reading.kind == wanted
        if not good:
            wrong.append((form.text, wanted, reading))
    assert wrong == []


def test_a_stop_word_means_nothing_else_in_any_language() -> None:
    stops = {words(form.text) for form in tables.forms() if form.intent == "stop"}
    clashes = [f for f in tables.forms() if f.intent != "stop" and words(f.text) in stops]
    assert clashes == []


def test_no_listed_word_raises_an_alarm() -> None:
    alarms = [form for form in tables.forms() if safety.screen(form.text, form.language)]
    assert alarms == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_politeness_around_an_answer_changes_nothing(language: str) -> None:
    for polite, (digit, kind) in product(
        sorted(tables.polite(language)), [("1", "accept"), ("৩", "phone")]
    ):
        assert acted(f"{digit} {polite}", language) == kind, polite
        assert acted(f"{polite}, {digit}!", language) == kind, polite
    several = list(tables.polite(language))[:4]
    assert acted(" ".join([*several, "1", *several]), language) == "accept"


@pytest.mark.parametrize("language", LANGUAGES)
def test_politeness_of_another_language_is_unlisted(language: str) -> None:
    other = {"pl": "fadlan"}.get(language, "poproszę")
    assert acted(f"1 {other}", language) == ""


def test_politeness_never_holds_a_word_that_acts() -> None:
    for language in LANGUAGES:
        for polite in tables.polite(language):
            assert acted(polite, language) == "", (language, polite)


def test_advertised_words_are_told_apart_from_gateway_words() -> None:
    """What a gateway reserves must be crossed with what we tell people to send."""
    sent = {
        fold(form)
        for lang in LANGUAGES
        for all_ in tables.advertised(lang).values()
        for form in all_
    }
    assert {"cancel", "stop", "yes", "help", "start"} <= sent
    assert sent.isdisjoint({"end", "quit"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notion_of_the_rules_has_words_in_every_language(language: str) -> None:
    named: set[str] = set()
    for row in tables.rows(tables.DATA / "suggest.tsv"):
        named |= set(" ".join(row[2:4]).split())
    known = {
        notion.partition(":")[0]
        for name in (language, "all")
        for notion, _forms in tables.rows(tables.DATA / "words" / f"{name}.tsv")
    }
    assert named - known <= {"ASKED", "CLOCK"}
    assert known - named == set()


def test_every_suggested_intent_is_one_that_a_keyword_may_have() -> None:
    intents = {form.intent for form in tables.forms()} | {"question", "language"}
    assert {row[0] for row in tables.rows(tables.DATA / "suggest.tsv")} <= intents


def test_short_spellings_lead_to_a_longer_word_at_once() -> None:
    for language in LANGUAGES:
        for short, long in tables.textspeak(language).items():
            assert words(short) == (short,)
            assert words(long) == (long,)
            assert short != long


def test_whatever_the_table_proposes_can_be_asked_about() -> None:
    proposed = {row[0] for row in tables.rows(tables.DATA / "suggest.tsv")}
    # A question is a person's, help is simply given, and complaints by text have no task yet.
    assert proposed - {"question", "help", "complaint"} <= set(suggesting.SENTENCES)
