"""policyhours: continuing-education hours by a regulation that is kept as data.

`load_policy` finds a policy, `evaluate` assesses a case; `Refused` is raised for whatever is wrong, with
findings for people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policyhours.version import VERSION

if TYPE_CHECKING:
    from policyhours.api import evaluate, load_policy
    from policyhours.desk.answer.evaluation import Evaluation
    from policyhours.language.policy import Policy
    from policyhours.text.finding import Finding, Refused

__version__ = VERSION
__all__ = ["Evaluation", "Finding", "Policy", "Refused", "__version__", "evaluate", "load_policy"]

_HOMES = {
    "Evaluation": "policyhours.desk.answer.evaluation",
    "Finding": "policyhours.text.finding",
    "Policy": "policyhours.language.policy",
    "Refused": "policyhours.text.finding",
    "evaluate": "policyhours.api",
    "load_policy": "policyhours.api",
}


def __getattr__(name: str) -> Any:
    """Each name is imported when it is first used, so that a command pays only for what it needs."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
