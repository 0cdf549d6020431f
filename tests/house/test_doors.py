"""Every action of a claimant has its doors, or says why one is missing."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest
from flask import Flask

from notifications.conversation import registry
from portal import doors
from portal.doors import ACTIONS, NOT_THEIRS, Doors, NoDoor

PORTAL = Path(__file__).parents[2] / "portal"
HOLD_ACTIONS = (
    "goal_actions",
    "helper_actions",
    "busy_actions",
    "actions",
    "ask_actions",
    "report_actions",
    "sign_in_actions",
    "phone_actions",
    "concern_actions",
    "number_actions",
    "delivery_actions",
    "interpreter_actions",
)
BY_THE_CONVERSATION_ITSELF = {"stop", "unsafe"}
"""Intents that come before any task: they are read from every text."""


def taking_an_actor() -> dict[str, str]:
    """Public functions that take part in somebody's name, with the file they are in."""
    found = {}
    for file in sorted(file for name in HOLD_ACTIONS for file in PORTAL.glob(f"*/{name}.py")):
        name = f"{file.parent.name}.{file.stem}"
        module = importlib.import_module(f"portal.{name}")
        for function, thing in inspect.getmembers(module, inspect.isfunction):
            mine = thing.__module__ == module.__name__ and not function.startswith("_")
            if mine and "by" in inspect.signature(thing).parameters:
                found[f"{name}.{function}"] = str(file)
    return found


def undeclared(functions: set[str]) -> set[str]:
    return functions - set(ACTIONS) - set(NOT_THEIRS)


def carried_out() -> set[str]:
    """What texts can do: intents, and questions whose digits are read."""
    every = registry._all()
    questions = {f"question:{name}" for name in every.answers}
    return set(every.intents) | questions | BY_THE_CONVERSATION_ITSELF


def missing(app: Flask, name: str, door: Doors) -> list[str]:
    """Doors that are named but do not exist."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    found = [f"{name}: {d}" for d in (door.web, door.desk) if isinstance(d, str)]
    found = [line for line in found if line.split(": ")[1] not in endpoints]
    if isinstance(door.text, str) and door.text not in carried_out():
        found.append(f"{name}: {door.text} by text")
    return found


def test_every_function_that_acts_for_somebody_is_declared() -> None:
    assert undeclared(set(taking_an_actor())) == set()


def test_a_forgotten_action_is_noticed() -> None:
    assert undeclared({"messages.actions.burn"}) == {"messages.actions.burn"}


def test_nothing_is_declared_that_does_not_exist() -> None:
    assert (set(ACTIONS) | set(NOT_THEIRS)) - set(taking_an_actor()) == set()
    assert set(ACTIONS) & set(NOT_THEIRS) == set()


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_door_exists_or_says_why_not(shared_app: Flask, name: str) -> None:
    door = ACTIONS[name]
    assert missing(shared_app, name, door) == []
    for each in (door.web, door.text, door.desk):
        if isinstance(each, NoDoor):
            assert len(each.why) > 10
            assert each.why.endswith(".")
            assert "TODO" not in each.why


def test_a_door_that_leads_nowhere_is_noticed(shared_app: Flask) -> None:
    wrong = Doors("messages.nowhere", "sing", "staff.home")
    assert missing(shared_app, "x", wrong) == ["x: messages.nowhere", "x: sing by text"]


def test_everything_a_claimant_does_has_a_door_of_their_own() -> None:
    for name, door in ACTIONS.items():
        assert isinstance(door.web, str) or isinstance(door.text, str), name


def test_the_registry_imports_nothing_of_the_house() -> None:
    source = Path(doors.__file__ or "").read_text(encoding="utf-8")
    assert "import portal" not in source
    assert "from portal" not in source
