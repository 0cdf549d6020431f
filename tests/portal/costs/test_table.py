"""Every row and every modifier of the reviewed decision table (facts 1.6), by its name."""

from __future__ import annotations

import pytest

from portal.costs import engine, rulebook
from portal.costs.engine import Outcome

SURE = {"you": "uc", "steps": "yes", "payer": "no_one", "regime": "look", "carer": "no"}
"""Somebody for whom none of the first twelve rows decides."""

ROWS = {
    "row 1: Northern Ireland sees another office": ("you=northern_ireland,need=fines", "1", "C"),
    "row 1: before immigration papers": ("you=northern_ireland,need=immigration", "1", "C"),
    "row 2: immigration papers": ("need=immigration", "2", "D"),
    "row 3: fines or debts": ("need=debts", "3", "D"),
    "row 4: living costs": ("need=living", "4", "D"),
    "row 5: safety gear": ("need=ppe,purpose=job", "5", "D"),
    "row 6: no benefit": ("you=neither,need=clothes", "6", "C"),
    "row 7: JSA or ESA": ("you=jsa_esa,need=clothes,steps=no", "7", "B"),
    "row 8: a step is missing": ("need=clothes,purpose=interview,steps=no", "8", "C"),
    "row 9: an employer must pay": ("need=tools,purpose=job,payer=employer", "9-employer", "C"),
    "row 9: a provider must pay": (
        "need=childcare,purpose=agreed,payer=provider",
        "9-provider",
        "C",
    ),
    "row 10: another scheme covers it": ("need=tools,purpose=job,payer=scheme", "10", "C"),
    "row 11: a new job, main carer": ("need=new_job,carer=yes", "11-carer", "B"),
    "row 11: a new job, not sure": ("need=new_job,carer=unsure", "11-carer", "B"),
    "row 11: a new job, no carer": ("need=new_job,carer=no", "11-other", "C"),
    "row 12: works, no meetings": ("need=id,purpose=job,regime=works", "12", "C"),
    "row 12: childcare, no main carer": (
        "need=childcare,purpose=job,regime=works,carer=no",
        "12-childcare",
        "C",
    ),
    "row 13: childcare for a main carer without meetings": (
        "need=childcare,purpose=job,regime=works,carer=yes",
        "13",
        "A",
    ),
    "row 13: childcare for a job": ("need=childcare,purpose=job", "13", "A"),
    "row 14: childcare for what was agreed": ("need=childcare,purpose=agreed", "14", "A"),
    "row 15: childcare, course not agreed": ("need=childcare,purpose=not_agreed", "15", "D"),
    "row 16: travel to an interview": ("need=travel,purpose=interview", "16", "A"),
    "row 17: travel to a new job": ("need=travel,purpose=job", "17", "A"),
    "row 18: an extra visit": ("need=jobcentre_extra,purpose=none", "18", "B"),
    "row 19: a usual visit": ("need=jobcentre_usual,purpose=none", "19", "C"),
    "row 20: clothes for an interview": ("need=clothes,purpose=interview", "20", "A"),
    "row 20: tools for a job": ("need=tools,purpose=job", "20", "A"),
    "row 20: photo ID for an interview": ("need=id,purpose=interview", "20", "A"),
    "row 20: a check or licence for a job": ("need=checks,purpose=job", "20", "A"),
    "row 21: the same in general": ("need=id,purpose=search", "21", "B"),
    "row 22: training that was agreed": ("need=training,purpose=agreed", "22", "B"),
    "row 22: training that a job needs": ("need=training,purpose=job", "22", "B"),
    "row 22: travel to an agreed course": ("need=travel,purpose=agreed", "22-travel", "B"),
    "row 23: training not agreed": ("need=training,purpose=not_agreed", "23", "C"),
    "row 23: travel to a course not agreed": ("need=travel,purpose=not_agreed", "23", "C"),
    "row 24: driving lessons": ("need=driving,purpose=job", "24-driving", "B"),
    "row 24: a bicycle": ("need=bicycle,purpose=job", "24-bicycle", "B"),
    "row 24: a haircut": ("need=haircut,purpose=interview", "24-haircut", "B"),
    "row 24: phone or data": ("need=phone,purpose=search", "24-phone", "B"),
    "row 24: childcare for an interview": ("need=childcare,purpose=interview", "24", "B"),
    "row 24: travel in general": ("need=travel,purpose=search", "24", "B"),
    "row 24: something else": ("need=other,purpose=none", "24", "B"),
}

A, B, C, D = (
    "need=id,purpose=interview",
    "need=id,purpose=search",
    "need=jobcentre_usual",
    "need=debts",
)
MODIFIERS = {
    "I could pay: A to B": (A + ",payer=me,paid=no", "B", ["me"]),
    "I could pay: B to C": (B + ",payer=me,paid=no", "C", ["me"]),
    "I could pay: C stays": (C + ",payer=me", "C", []),
    "I could pay: D stays": (D + ",payer=me", "D", []),
    "paid without receipt: A to B": (A + ",paid=no_receipt", "B", ["no_receipt"]),
    "paid without receipt: B to C": (B + ",paid=no_receipt", "C", ["no_receipt"]),
    "paid with receipt: A to B": (A + ",paid=receipt", "B", ["receipt"]),
    "paid with receipt: B at best": (B + ",paid=receipt", "B", []),
    "could pay, and paid without receipt": (
        A + ",payer=me,paid=no_receipt",
        "C",
        ["me", "no_receipt"],
    ),
    "could pay, and paid with receipt": (A + ",payer=me,paid=receipt", "B", ["me"]),
    "not paid: nothing changes": (A + ",paid=no", "A", []),
    "not sure whether paid: nothing changes": (A + ",paid=unsure", "A", []),
    "not sure never gives D": ("you=unsure,need=debts", "C", ["unsure"]),
}


def outcome_of(answers: str) -> Outcome:
    given = {**SURE, "paid": "no", "purpose": "none", **engine.read(answers)}
    return engine.explain(rulebook.known(), given)


@pytest.mark.parametrize("name", ROWS)
def test_row(name: str) -> None:
    answers, rule, letter = ROWS[name]
    found = outcome_of(answers)
    assert (found.rule.id, found.letter) == (rule, letter)
    assert name.startswith(f"row {found.rule.row}:")


def test_every_row_of_the_table_is_here() -> None:
    assert {rule.row for rule in rulebook.known().rules} == set(range(1, 25))
    assert {rule for _, rule, _ in ROWS.values()} == {r.id for r in rulebook.known().rules}


@pytest.mark.parametrize("name", MODIFIERS)
def test_modifier(name: str) -> None:
    answers, letter, changed = MODIFIERS[name]
    found = outcome_of(answers)
    assert (found.letter, [each.id for each in found.changed]) == (letter, changed)


def test_every_modifier_is_here() -> None:
    named = {each for _, _, changed in MODIFIERS.values() for each in changed}
    assert named == {each.id for each in rulebook.known().modifiers}


# One question at a time


def questions(answers: str) -> list[str]:
    """Which questions somebody with these answers is asked."""
    given = {**SURE, "paid": "no", "purpose": "none", **engine.read(answers)}
    return list(engine.asked(rulebook.known(), given))


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ("you=northern_ireland", "you"),
        ("need=debts", "you need"),
        ("you=neither,need=id", "you need"),
        ("you=jsa_esa,need=id", "you need payer paid"),
        ("need=id,steps=no", "you need steps"),
        ("need=id,payer=employer", "you need steps payer"),
        ("need=new_job,carer=yes", "you need steps payer carer paid"),
        ("need=new_job,carer=no", "you need steps payer carer"),
        ("need=jobcentre_usual", "you need steps payer regime"),
        ("need=driving", "you need steps payer regime paid"),
        ("need=id,purpose=interview", "you need steps payer regime purpose paid"),
        ("need=childcare,purpose=not_agreed", "you need steps payer regime purpose"),
        (
            "need=childcare,purpose=job,regime=works,carer=yes",
            "you need steps payer regime carer purpose paid",
        ),
    ],
)
def test_only_what_still_matters_is_asked(answers: str, asked: str) -> None:
    assert questions(answers) == asked.split()


def test_answers_that_are_none_are_asked_for_again() -> None:
    book = rulebook.known()
    for nonsense in ("", "perhaps", "UC", "0", "' OR 1=1"):
        following = engine.next_question(book, {"you": nonsense})
        assert following is not None
        assert following.id == "you"
        assert engine.asked(book, {"you": nonsense, "need": "id"}) == {}
    with pytest.raises(engine.Unanswered):
        engine.explain(book, {"you": "uc", "need": "a yacht"})


def test_a_line_of_answers_can_be_read_again() -> None:
    answers = {"you": "uc", "need": "id"}
    assert engine.read(engine.write(answers)) == answers
    assert engine.read(" you = uc , nonsense,=,need=id") == {"": "", **answers}
    assert engine.read("") == {}
