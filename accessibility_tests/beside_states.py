"""Pages in two languages: states of other files once more, with a second language beside.

The page's own language is that of the test; beside it stands Arabic, and beside Arabic English.
"""

from __future__ import annotations

from dataclasses import replace

from accessibility_tests import (
    claimant_states,
    commitment_states,
    complaint_form_states,
    complaint_states,
    cost_states,
    explainer_states,
    public_states,
)
from accessibility_tests.scenes import Scene
from accessibility_tests.states import State

_NAMES = frozenset(
    (
        "sign-in-empty",
        "start-full",
        "appointment-full-of-detail",
        "time-empty",
        "commitment-point",
        "commitment-accept",
        "commitment-changes",
        "costs-need",
        "costs-likely",
        "cost-request-check",
        "complaint-kind-empty",
        "complaint-check",
        "complaint-late",
    )
)


def _with_another_language(state: State) -> State:
    def prepare(scene: Scene) -> str:
        scene.session["beside"] = "ar"
        return state.path if isinstance(state.path, str) else state.path(scene)

    return replace(state, name=f"{state.name}-in-two", path=prepare)


STATES = [
    _with_another_language(state)
    for module in (
        public_states,
        claimant_states,
        explainer_states,
        cost_states,
        commitment_states,
        complaint_form_states,
        complaint_states,
    )
    for state in module.STATES
    if state.name in _NAMES
]
assert len(STATES) == len(_NAMES)
