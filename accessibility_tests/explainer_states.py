"""Help with costs: the questions, each kind of answer, the card, and the checklist of staff."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from accessibility_tests.scenes import Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, press, send
from portal import clock

QUESTION, ANSWER = "costs.question", "costs.answer"
SURE = "steps=yes,payer=no_one,regime=look"
LIKELY = f"you=uc,need=id,{SURE},purpose=interview,paid=no"


def _answered(answers: str, path: str = "/costs/answer") -> Any:
    """The browser comes with these answers."""

    def prepare(scene: Scene) -> str:
        scene.session["costs"] = answers
        return path

    return prepare


def _long_after(_scene: Scene) -> AbstractContextManager[None]:
    return clock.frozen(NOW + timedelta(days=400))


STATES = (
    State("costs", "costs.explainer", "/costs"),
    State("costs-empty", "costs.explainer", "/costs", send(), errors=True),
    State("costs-tampered", "costs.explainer", "/costs", send(answer="gold"), errors=True),
    State("costs-too-early", "costs.explainer", "/costs", lambda b, _s: b.open("/costs/paid")),
    State("costs-need", QUESTION, _answered("you=uc", "/costs/need")),
    State("costs-need-empty", QUESTION, _answered("you=uc", "/costs/need"), send(), errors=True),
    State("costs-steps", QUESTION, _answered("you=uc,need=id", "/costs/steps")),
    State("costs-changed", QUESTION, _answered(LIKELY, "/costs/purpose")),
    State("costs-likely", ANSWER, _answered(LIKELY)),
    State("costs-likely-signed-in", ANSWER, _answered(LIKELY), who="claimant"),
    State(
        "costs-coach-decides",
        ANSWER,
        _answered(f"you=uc,need=jobcentre_extra,{SURE},paid=no_receipt"),
    ),
    State(
        "costs-lowered",
        ANSWER,
        _answered(
            "you=unsure,need=checks,steps=unsure,payer=me,regime=look,purpose=job,paid=receipt"
        ),
    ),
    State("costs-elsewhere", ANSWER, _answered(f"you=uc,need=jobcentre_usual,{SURE}")),
    State("costs-not-this-fund", ANSWER, _answered("you=uc,need=living")),
    State("costs-northern-ireland", ANSWER, _answered("you=northern_ireland")),
    State("costs-old-rules", ANSWER, _answered(LIKELY), weather=_long_after),
    State("costs-card", "costs.card", _answered(LIKELY, "/costs/card")),
    State("costs-card-to-phone", "costs.card", _answered(LIKELY, "/costs/card"), who="claimant"),
    State(
        "costs-card-texted",
        "costs.card",
        _answered(LIKELY, "/costs/card"),
        press("form[action$='/card/text'] button"),
        who="claimant",
        exchanged=True,
    ),
    State("desk-cost-rules", "staff.cost_rules", "/staff/costs/rules", who="staff"),
    State(
        "desk-cost-rules-answer",
        "staff.cost_rules",
        "/staff/costs/rules",
        send(you="uc", need="debts"),
        who="staff",
    ),
    State(
        "desk-cost-rules-open",
        "staff.cost_rules",
        "/staff/costs/rules",
        send(you="uc", need="id"),
        who="staff",
        errors=True,
    ),
)
