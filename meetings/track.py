"""The five steps that pages show of an agreement's life; the table stands in docs/glossary.md too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext_lazy

from .models import EXIT_STAGES, Stage

# The last stage of each step is the one that the step is named after.
STEPS: list[tuple[str, Any, list[Stage]]] = [
    ("draft", pgettext_lazy("track", "Draft"), [Stage.IN_COMMITTEE, Stage.PROPOSED]),
    ("adopted", pgettext_lazy("track", "Adopted"), [Stage.SENT_FOR_APPROVAL, Stage.APPROVED, Stage.ADOPTED]),
    ("signature", pgettext_lazy("track", "Signature"), [Stage.AWAITING_SIGNATURE, Stage.SIGNED]),
    ("running", pgettext_lazy("track", "Running"), [Stage.IN_FORCE]),
    ("ended", pgettext_lazy("track", "Ended"), [Stage.COMPLETED]),
]
MOST_DAYS, MOST_MONTHS = 99, 23


@dataclass(frozen=True)
class TrackStep:
    """A step of the track: ``done``, ``current``, ``next``, ``unknown`` (passed, but not published) or ``exit``.

    ``taken`` is the step of the record that stands behind it, if the track was made from such steps.
    """

    code: str
    label: Any
    state: str
    taken: Any = None


def track(stages: Sequence[str], taken: Sequence[Any] = ()) -> list[TrackStep]:
    """Return the track for the stages of an agreement's public steps, in their order; empty where there are none.

    A step that lies behind the present one and that no source states is unknown, never taken for done. An exit
    stops the track after the last step that was reached. ``taken`` are the steps of the record, one for each stage:
    behind the present step stands the last of them, behind an earlier one that which gave the step its name.
    """
    if not stages:
        return []
    place = {stage: index for index, (_code, _label, held) in enumerate(STEPS) for stage in held}
    reached = {place[Stage(stage)] for stage in stages if Stage(stage) in place}
    last = Stage(stages[-1])
    exited = last in EXIT_STAGES
    furthest = max(reached, default=-1)
    current = furthest if exited else place[last]
    of_stage = dict(zip(map(Stage, stages), taken, strict=False))  # the last of each stage stays
    shown = []
    for index, (code, label, held) in enumerate(STEPS):
        behind = next((of_stage[stage] for stage in reversed(held) if stage in of_stage), None)
        if index > current:
            state, behind = "next", None
        elif index == current and not exited:
            state, behind = "current", of_stage.get(last)
        else:
            state = "done" if index in reached else "unknown"
        if not (exited and state == "next"):
            shown.append(TrackStep(code, label, state, behind))
    if exited:
        shown.append(TrackStep("exit", last.label, "exit", of_stage.get(last)))
    return shown


@dataclass(frozen=True)
class Age:
    """How long ago something was, in whole ``days``, ``months`` or ``years``."""

    unit: str
    n: int


def age(day: date | None, precision: str, today: date) -> Age | None:
    """Return how long ago ``day`` was: in days up to 99, in months up to 23, then in years.

    None where the day is not known to the day, and for one that is still to come.
    """
    if day is None or precision != "day" or day > today:
        return None
    days = (today - day).days
    if days <= MOST_DAYS:
        return Age("days", days)
    months = 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
    return Age("months", months) if months <= MOST_MONTHS else Age("years", months // 12)
