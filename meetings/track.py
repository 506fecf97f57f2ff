"""The five steps that pages show of an agreement's life; the table stands in docs/glossary.md too."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import EXIT_STAGES, Stage

STEPS: list[tuple[str, Any, list[Stage]]] = [
    ("draft", _("draft"), [Stage.PROPOSED, Stage.IN_COMMITTEE]),
    ("adopted", _("adopted"), [Stage.ADOPTED, Stage.SENT_FOR_APPROVAL, Stage.APPROVED]),
    ("signature", _("signature"), [Stage.AWAITING_SIGNATURE, Stage.SIGNED]),
    ("running", _("running"), [Stage.IN_FORCE]),
    ("ended", _("ended"), [Stage.COMPLETED]),
]


@dataclass(frozen=True)
class TrackStep:
    """A step of the track: ``done``, ``current``, ``next``, ``unknown`` (passed, but not published) or ``exit``."""

    code: str
    label: Any
    state: str


def track(stages: list[str]) -> list[TrackStep]:
    """Return the track for the stages of an agreement's public steps, in their order; empty where there are none.

    A step that lies behind the present one and that no source states is unknown, never taken for done. An exit
    stops the track after the last step that was reached.
    """
    if not stages:
        return []
    place = {stage: index for index, (_code, _label, held) in enumerate(STEPS) for stage in held}
    reached = {place[Stage(stage)] for stage in stages if Stage(stage) in place}
    last = Stage(stages[-1])
    exited = last in EXIT_STAGES
    furthest = max(reached, default=-1)
    current = furthest if exited else place[last]
    shown = []
    for index, (code, label, _held) in enumerate(STEPS):
        if index > current:
            state = "next"
        elif index == current and not exited:
            state = "current"
        else:
            state = "done" if index in reached else "unknown"
        if not (exited and state == "next"):
            shown.append(TrackStep(code, label, state))
    if exited:
        shown.append(TrackStep("exit", last.label, "exit"))
    return shown
