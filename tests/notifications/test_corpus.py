"""Whole files of texts: ordinary ones act on nothing; replies are read right."""

import time
from collections import Counter
from collections.abc import Iterator

import pytest

from notifications.conversation import grammar, safety
from notifications.conversation.score import score
from tests.notifications.readings import DATA, LANGUAGES, QUESTIONS, table

FAMILIES = ("latin", "cyrillic", "arabic", "bengali", "gurmukhi")
# What an ordinary text may rightly do: "no" declines a suggestion; digits are a code, or a PIN.
HARMLESS = {("suggestion", "option", "0"), ("yes or no", "option", "2")}


@pytest.mark.parametrize("family", FAMILIES)
def test_at_least_300_ordinary_messages_are_kept(family: str) -> None:
    texts = {row["text"] for row in table(f"ordinary/{family}.tsv")}
    assert len(texts) >= 300


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("family", FAMILIES)
def test_ordinary_texts_act_on_nothing(family: str, question: str) -> None:
    wrong = []
    for row in table(f"ordinary/{family}.tsv"):
        reading = grammar.parse(row["text"], row["lang"], QUESTIONS[question])
        if not reading.exact or (question, reading.kind, reading.value) in HARMLESS:
            continue
        if (question, reading.kind) in (("cancel", "code"), ("pin", "pin")):
            continue
        wrong.append((row["lang"], row["text"], reading))
    assert wrong == []


@pytest.mark.parametrize("family", FAMILIES)
def test_ordinary_texts_raise_hardly_any_false_alarm(family: str) -> None:
    rows = table(f"ordinary/{family}.tsv")
    alarms = [row["text"] for row in rows if safety.screen(row["text"], row["lang"])]
    assert len(alarms) <= len(rows) // 50, alarms


def _scored(name: str) -> Iterator[tuple[dict[str, str], dict[str, str | bool]]]:
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from zip(table(name), list(score(lines)), strict=True)


@pytest.mark.parametrize("name", ["replies.tsv", "later_replies.tsv"])
def test_no_reply_is_acted_on_wrongly(name: str) -> None:
    wrong = [
        (kept, found)
        for kept, found in _scored(name)
        if found["acted"] and (kept["acted"] != "true" or found["intent"] != kept["intent"])
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["replies.tsv", "later_replies.tsv"])
def test_replies_are_read_right(name: str) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for kept, found in _scored(name):
        total[kept["lang"]] += 1
        same = found["intent"] == kept["intent"]
        right[kept["lang"]] += same and found["acted"] == (kept["acted"] == "true")
    assert set(total) == set(LANGUAGES)
    assert sum(right.values()) / sum(total.values()) >= 0.85
    assert {lang: right[lang] for lang in total if right[lang] / total[lang] < 0.75} == {}


def test_there_are_500_replies_and_40_in_each_language() -> None:
    kept = Counter(row["lang"] for row in table("replies.tsv"))
    assert sum(kept.values()) >= 500
    assert min(kept[language] for language in LANGUAGES) >= 40


def test_scoring_reads_2000_texts_a_second_on_one_core() -> None:
    rows = [row for family in FAMILIES for row in table(f"ordinary/{family}.tsv")]
    rows += table("replies.tsv")
    lines = ["text\tlang\n", *(f"{row['text']}\t{row['lang']}\n" for row in rows)]
    list(score(lines))
    begun = time.process_time()
    count = sum(1 for _ in score(lines))
    assert count / (time.process_time() - begun) >= 2_000


def test_score_reads_any_file_with_the_two_columns() -> None:
    lines = ["\ufefflang\ttext\r\n", "en-GB\t1\r\n", "xx\tyes\n", "ur\t۱\n", "en\t\n", "\n"]
    assert list(score(lines)) == [
        {"text": "1", "lang": "en-GB", "intent": "accept", "acted": True},
        {"text": "yes", "lang": "xx", "intent": "accept", "acted": True},
        {"text": "۱", "lang": "ur", "intent": "accept", "acted": True},
        {"text": "", "lang": "en", "intent": "unclear", "acted": False},
    ]


def test_score_says_what_is_missing() -> None:
    with pytest.raises(ValueError, match="columns text and lang"):
        list(score(["text\n", "hello\n"]))
