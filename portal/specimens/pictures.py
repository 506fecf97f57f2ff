"""Pictures and figures."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chambers.models import Family
from meetings.models import Stage
from meetings.outcomes import UNKNOWN, tally
from meetings.sessions_timeline import sessions_timeline

from .. import examples as make
from ..figures import bars, stacked
from .parts import Part, Specimen, component, example


def pictures() -> list[Specimen]:
    regions = make.regions()
    held = [
        make.meeting(date=date(year, month, 14), kind=kind)
        for year, month, kind in [
            (2029, 2, "ordinary"),
            (2029, 6, "bureau"),
            (2028, 10, "ordinary"),
            (2025, 2, "ordinary"),
        ]
    ]
    held += [make.meeting(date=None, session_year=2028), make.meeting(date=date(2029, 9, 3), status="cancelled")]
    coming = make.scheduled()
    outcomes = [(part.code, part.label, part.count, "#") for part in tally({"adopted": 40, "postponed": 3, "": 1})]
    stages = [(stage, stage.label, n, "#") for n, stage in enumerate(Stage)] + [
        (UNKNOWN, _("stage not published"), 2, "#")
    ]
    named = [("1", _("An organisation"), 11, "#"), ("2", make.long_title(), 1, "#")]
    families = [
        (family, family.label, counts, {})
        for family, counts in zip(Family, map(_counter, [(20, 3, 1), (8, 0, 0), (1, 1, 0), (0, 0, 0)]), strict=True)
    ]
    words = {"what": _("Outcome"), "unit": _("Number of items")}
    heading = Part({"text": _("Heading of a figure, an example")}, "portal/styleguide/heading.html")
    return [
        component(
            "region_choice",
            _("Map and links of the regions"),
            _("The map on wide screens, and always the twelve links that say the same."),
            example(_("none current"), {"regions": regions}),
            example(_("one current"), {"regions": regions, "region": regions[2]}),
        ),
        component(
            "sessions_timeline",
            _("A chamber's meetings by year"),
            _("Years as rows and months as columns on wide screens, a list on narrow ones."),
            example(
                _("every mark, and a gap between years"), {"timeline": sessions_timeline([coming, *held], coming)}
            ),
            example(_("older years left out"), {"timeline": sessions_timeline(held, most_years=1)}),
        ),
        component(
            "stat_tile",
            _("Count"),
            _("One count and its noun, a link to its list; readers of screens hear one phrase."),
            *(
                example(words_of, *({"of": of, "n": n, "url": "#"} for n in make.COUNTS), box="stats")
                for of, words_of in [
                    ("chambers", _("Chambers")),
                    ("meetings", _("Meetings")),
                    ("items", _("Agenda items")),
                    ("agreements", _("Agreements")),
                ]
            ),
        ),
        component(
            "bar_chart",
            _("Bars"),
            _("A table of counts, each with its bar and the way to the list it counts."),
            example(
                _("outcomes"), {"heading": _("outcomes"), **words, "groups": [("", bars(outcomes))], "of": "outcome"}
            ),
            example(
                _("stages, a stage without any"),
                {"heading": _("stages"), **words, "groups": [("", bars(stages))], "of": "stage"},
            ),
            example(
                _("long words"), {"heading": _("long words"), **words, "groups": [("", bars(named))], "labels": "long"}
            ),
        ),
        component(
            "stacked_bars",
            _("Stacked bars"),
            _("Rows of outcomes, each as long as its total is large."),
            example(
                _("families, one without any"), heading, {"bars": stacked(families), "name": "guide", "of": "family"}
            ),
        ),
    ]


def _counter(counts: tuple[int, int, int]) -> Any:
    return Counter(dict(zip(["adopted", "postponed", "rejected"], counts, strict=True)))
