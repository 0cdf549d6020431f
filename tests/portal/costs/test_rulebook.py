"""The file of rules: whole, kept fresh, and refused with its line when it is not."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.costs import proof, rulebook, words, words_answer
from portal.costs.rulebook import FILE, RulesError, load
from portal.dated_data import GRACE
from portal.home import contacts
from portal.refusals import Sentence

GOOD = FILE.read_text(encoding="utf-8")
RULE_2 = GOOD[GOOD.index('[[rule]]\nid = "2"') : GOOD.index('[[rule]]\nid = "3"')]
LAST = GOOD[GOOD.index('[[rule]]\nid = "24"\n') : GOOD.index("# After the rule")]
ALL_TRAVEL = (
    '[[rule]]\nid = "all"\nrow = 1\noutcome = "B"\nduty = "may"\nsources = []\n'
    'confidence = "low"\nwhen = { need = ["immigration"] }\n\n'
)


def test_a_file_that_nobody_checks_is_refused() -> None:
    day = load().check_again_by + GRACE
    load(today=day)
    line = next(n for n, each in enumerate(GOOD.splitlines(), 1) if each.startswith("check_again"))
    said = f"line {line}: this had to be checked again by 2027-05-21"
    with pytest.raises(RulesError, match=said):
        load(today=day + timedelta(days=1))


BROKEN = {
    "a gap": (LAST, "", r"no rule fits you=uc, need="),
    "an overlap": (RULE_2, ALL_TRAVEL + RULE_2, r"rule 2 can never fire"),
    "a rule twice": (RULE_2, RULE_2 + RULE_2, r"rules? 2"),
    "no such day": ("check_again_by = 2027-05-21", 'check_again_by = "May"', "must be a day"),
    "days swapped": ("last_checked = 2026-11-21", "last_checked = 2028-01-01", "before last"),
    "an unknown outcome": ('outcome = "D"', 'outcome = "E"', "outcome must be one of A, B, C, D"),
    "an unknown duty": ('duty = "must"', 'duty = "should"', "duty must be one of"),
    "an unknown confidence": ('confidence = "low"', 'confidence = "K"', "confidence must be"),
    "an unknown answer": ('need = ["ppe"]', 'need = ["hats"]', "no answer need = hats"),
    "an unknown question": ('when = { steps = ["no"] }', 'when = { stops = ["no"] }', "stops"),
    "an unknown source": ('sources = ["FSF32"]', 'sources = ["MUM"]', "no source MUM"),
    "a source that nobody uses": (
        "[sources.TDC]",
        '[sources.OLD]\ntitle = "x"\n\n[sources.TDC]',
        "nothing rests on the source OLD",
    ),
    "a source of no day": ('dated = "2018-12"', 'dated = "Xmas"', "dated must be"),
    "an unknown key": ("row = 1\n", "row = 1\nrwo = 2\n", "rwo is not known"),
    "a key left out": ('duty = "must-not"\n', "", "duty is missing"),
    "no way to be unsure": (
        'options = ["yes", "no", "unsure"]',
        'options = ["yes", "no"]',
        "unsure",
    ),
    "an unknown letter": ('change = { D = "C" }', 'change = { D = "Z" }', "no outcome Z"),
    "a modifier of nothing": ('any = "unsure"\n', "", "either when or any"),
    "no TOML": ('id = "you"', "id = you", r"line \d+"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_and_the_line_named(tmp_path: Path, what: str) -> None:
    was, becomes, says = BROKEN[what]
    assert was in GOOD
    file = tmp_path / "costs.toml"
    broken = GOOD.replace(was, becomes, 1)
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(RulesError, match=says) as refused:
        load(file)
    found = re.search(r"line (\d+)", str(refused.value))
    assert found is not None
    assert int(found[1]) <= len(broken.splitlines())


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('confidence = "low"', 'confidence = "K"'),
        ('need = ["ppe"]', 'need = ["hats"]'),
        ('change = { D = "C" }', 'change = { D = "Z" }'),
        ('dated = "2018-12"', 'dated = "Xmas"'),
    ],
)
def test_the_line_that_is_named_is_the_one(tmp_path: Path, was: str, becomes: str) -> None:
    file = tmp_path / "costs.toml"
    file.write_text(GOOD.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        load(file)
    found = re.search(r"line (\d+)", str(refused.value))
    assert found is not None
    assert becomes in file.read_text(encoding="utf-8").splitlines()[int(found[1]) - 1]


# What must hold for everybody


@pytest.mark.slow
def test_every_combination_of_answers_keeps_the_promises(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["costs", "check"])
    assert done.exit_code == 0, done.output
    assert "907200 combinations tried" in done.output
    assert "of at most 8 questions" in done.output


FAULTS = {
    "better off who could pay": (
        'change = { A = "B", B = "C" }\nsources = ["FSF18"]',
        'change = { B = "A" }\nsources = ["FSF18"]',
    ),
    "not sure, and told no": ('change = { D = "C" }', 'change = { B = "C" }'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_proof_finds_a_fault(tmp_path: Path, fault: str) -> None:
    was, becomes = FAULTS[fault]
    assert was in GOOD
    file = tmp_path / "costs.toml"
    same_to_the_rules = '"prepare", "meetings", "nothing", '
    assert same_to_the_rules in GOOD
    file.write_text(GOOD.replace(same_to_the_rules, "").replace(was, becomes, 1), encoding="utf-8")
    assert any(fault in each for each in proof.prove(load(file)).faults)


# The command


def run(app: Flask, answers: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["costs", "explain", "--answers", answers])
    return done.exit_code, done.output


def test_the_command_says_the_outcome_and_the_rule(app: Flask) -> None:
    status, said = run(
        app, "you=uc,need=id,steps=yes,payer=me,regime=look,purpose=interview,paid=no"
    )
    assert status == 0
    assert "Outcome B: You can ask, and your work coach decides" in said
    assert "Rule 20 (row 20, by itself A, may)" in said
    assert "Changed by me" in said
    assert "From CA25: Found anything yet?, Citizens Advice (2025-01)" in said


def test_the_command_says_what_is_still_open(app: Flask) -> None:
    status, said = run(app, "you=uc,need=id")
    assert status == 1
    assert "Still open: steps" in said
    status, said = run(app, "you=uc,need=gold")
    assert status == 1
    assert "There is no need=gold. Known:" in said
    status, said = run(app, "colour=red")
    assert status == 1
    assert "There is no colour=red" in said


# Words, and whom to call


def test_everything_that_can_be_said_has_words() -> None:
    book = rulebook.known()
    assert {q.id: set(q.options) for q in book.questions} == {
        question: set(options) for question, options in words.OPTIONS.items()
    }
    assert {q.id for q in book.questions} == set(words.QUESTIONS) == set(words.WHY)
    ids = {rule.id for rule in book.rules}
    assert ids == set(words_answer.BECAUSE) == set(words_answer.NEXT)
    assert {each.id for each in book.modifiers} == set(words_answer.CHANGED)
    assert {see for rule in book.rules for see in rule.see} == set(words_answer.SEE)
    assert {rule.card for rule in book.rules if rule.card} == set(words_answer.CARDS)
    needs = set(words.OPTIONS["need"])
    assert needs >= set(words_answer.NEED_NOTES)
    assert {rule.duty for rule in book.rules} == set(words_answer.DUTY)


def all_said() -> list[str]:
    """Every English sentence and phrase of the explainer."""
    found: list[str] = []
    for value in (*vars(words).values(), *vars(words_answer).values()):
        rows = list(value.values()) if isinstance(value, dict) else [value]
        for row in rows:
            each = (
                row.values() if isinstance(row, dict) else row if isinstance(row, tuple) else [row]
            )
            found += [one.english for one in each if isinstance(one, Sentence)]
    return found


def syllables(word: str) -> int:
    """As one hears them, near enough: groups of vowels, without a silent e."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1
    return max(groups - silent, 1)


def school_year(said: list[str]) -> float:
    """Flesch and Kincaid's: 6 is a child of eleven."""
    sentences = [one for each in said for one in re.split(r"(?<=[.?:]) ", each)]
    spoken = re.findall(r"[A-Za-z’]+", " ".join(sentences))
    heard = sum(map(syllables, spoken)) / len(spoken)
    return 0.39 * len(spoken) / len(sentences) + 11.8 * heard - 15.59


def test_the_words_are_those_of_a_child_of_eleven() -> None:
    said = [each for each in all_said() if each[-1] in ".?"]
    assert len(said) > 100
    assert school_year(said) < 6
    assert school_year(["Eligibility is contingent on individual departmental discretion."]) > 6
    for each in said:
        for one in re.split(r"(?<=[.?:]) ", each):
            assert len(one.split()) <= 25, one
            assert "!" not in one


def test_whoever_is_named_can_be_called() -> None:
    for rule in rulebook.known().rules:
        for key in rule.contacts:
            assert contacts.known()[key].number, rule.id


def test_what_nobody_confirmed_is_not_promised() -> None:
    """Facts marked K: no amount and no weeks of emergency money, no effect on the payment."""
    said = " ".join(
        each.english
        for table in (words_answer.BECAUSE, words_answer.NEXT, words_answer.SEE)
        for each in table.values()
    )
    for unconfirmed in ("£300", "26 weeks", "National Insurance", "48"):
        assert unconfirmed not in said
    assert rulebook.known().rules[0].confidence == "low"
