"""Components of every list: filters, counts, pages."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chambers.models import Family
from meetings.filters import MeetingFilterSet
from meetings.models import Meeting
from publishing.listing import Export

from .. import examples as make
from .parts import Part, Specimen, component, example


def _filters(**values: str) -> MeetingFilterSet:
    return MeetingFilterSet(values, Meeting.objects.none())


def _counted(n: int) -> str:
    return ngettext("%(n)s meeting", "%(n)s meetings", n) % {"n": n}


def lists() -> list[Specimen]:
    one = _filters(family=Family.CRAFTS)
    many = _filters(family=Family.CRAFTS, kind="ordinary", status="held", year="2030", q=_("An item"), to="2030-01-14")
    wrong = _filters(**{"from": "2030-13-45", "year": "1", "family": Family.CRAFTS})
    action = "/meetings/"
    return [
        component(
            "filter_panel",
            _("Filters"),
            _("What narrows a list: open on wide screens, below a disclosure on narrow ones."),
            example(_("no filter"), {"filter": _filters(), "action": action}, box="guide-narrow"),
            example(
                _("with filters, counted in the disclosure"), {"filter": many, "action": action}, box="guide-narrow"
            ),
        ),
        component(
            "form_error",
            _("What could not be read"),
            _("The faults of a form in a summary that leads to its fields, and again at each field."),
            example(
                _("open, with the faults at their fields"),
                Part({"filter": wrong, "action": action}, "components/filter_state.html"),
                Part({"filter": wrong, "action": action}, "components/filter_panel.html"),
            ),
        ),
        component(
            "filter_chips",
            _("Active filters"),
            _("The filters that hold, each a link that takes itself back."),
            example(_("one"), {"chips": one.chips, "action": action}),
            example(_("many"), {"chips": many.chips, "action": action}),
            example(_("none: nothing is shown"), {"chips": [], "action": action}),
        ),
        component(
            "results_line",
            _("Results line"),
            _("How many rows a list has, and in which order; the second skip link leads here."),
            *(
                example(_counted(n), {"heading": _counted(n), "total": n, "order": _("newest first")})
                for n in make.COUNTS
            ),
        ),
        component(
            "export_bar",
            _("Export"),
            _("The rows now listed as a table, a feed or a calendar."),
            example(_("three formats"), {"exports": [Export(name, "#") for name in ("csv", "atom", "ics")]}),
            example(_("one format"), {"exports": [Export("csv", "#")]}),
        ),
        component(
            "pagination",
            _("Links to pages"),
            _("Twenty rows a page; a list of one page has none."),
            example(_("first page"), make.page(1)),
            example(_("in the middle"), make.page(4)),
            example(_("last page"), make.page(7)),
            example(_("two pages"), make.page(1, pages=2)),
        ),
        component(
            "empty_state",
            _("Empty list"),
            _("One sentence about what is not there, and one way out."),
            example(
                _("with a way out"), {"title": _("No meetings match these filters"), "url": "/", "link": _("Home")}
            ),
            example(_("without"), {"title": _("Nothing is published here yet"), "text": make.sentence()}),
        ),
    ]
