"""Components of agendas and outcomes."""

from django.utils.translation import gettext as _

from chambers.models import Family
from meetings.models import Outcome, Stage
from meetings.outcomes import stage_tally, tally

from .. import examples as make
from .parts import Part, Specimen, component, example


def decisions() -> list[Specimen]:
    items = make.items_with_every_outcome()
    codes = [*Outcome.values, ""]
    cycle = [make.item(n, codes[n % len(codes)]) for n in range(1, 16)]
    unnamed = make.meeting(chamber=None, family=Family.CRAFTS, date=None)
    rows = [*items, make.item(11, "adopted", title=make.long_title()), make.item(12, "noted", meeting=unnamed)]
    decided = make.meeting()
    decided.decided, decided.more_items, decided.item_total = items[:3], 2, 5
    decided.tally = tally({"adopted": 3, "adopted_as_amended": 1, "rejected": 1})
    every = dict.fromkeys(codes, 4)
    jump = Part({"items": cycle, "results_are_public": True}, "components/agenda_jump.html")
    return [
        component(
            "agenda",
            _("Agenda"),
            _("The items of a meeting in their order, each with its outcome, its vote and its papers."),
            example(_("not published"), make.agenda([], "future", results=False, agenda_is_public=False)),
            example(_("before the meeting"), make.agenda([make.item(n) for n in (1, 2)], "future", results=False)),
            example(_("held, outcomes not published"), make.agenda([make.item(n) for n in (1, 2)], results=False)),
            example(_("every outcome, votes and papers"), make.agenda(items)),
        ),
        component(
            "agenda_jump",
            _("Map of a long agenda"),
            _("From thirteen items on: a cell an item, each a link to it."),
            example(_("with the agenda of fifteen items"), jump, Part(make.agenda(cycle), "components/agenda.html")),
        ),
        component(
            "outcome_badge",
            _("Outcome of an item"),
            _("Icon and word; an outcome that no source reports has a badge too."),
            example(_("every outcome"), *({"code": code} for code in codes), box="guide-row"),
        ),
        component(
            "votes",
            _("Vote"),
            _("How an item was voted, as far as a source says."),
            example(_("by majority, with the numbers"), {"item": items[0]}),
            example(_("unanimously"), {"item": items[1]}),
            example(_("the numbers alone"), {"item": items[2]}),
        ),
        component(
            "decision_row",
            _("Decision in a list"),
            _("An item with its outcome where a table would be too much."),
            example(_("in a list"), {"item": items[0]}, {"item": rows[-1]}, box="rows"),
        ),
        component(
            "register",
            _("Register of decisions"),
            _("A table of items with their outcomes, from which narrow screens make cards."),
            example(
                _("every outcome, a long title, a chamber without a name"), {"rows": rows, "caption": _("Decisions")}
            ),
            example(_("of one chamber"), {"rows": items[:2], "caption": _("Decisions"), "hide_chamber": True}),
        ),
        component(
            "meeting_results",
            _("Meeting with what it decided"),
            _("A meeting, its outcomes as a bar and its first items."),
            example(_("with further items"), {"meeting": decided}),
        ),
        component(
            "outcomes_bar",
            _("Outcomes bar"),
            _("The outcomes of a meeting or a list as one bar, and the sentence that says the same."),
            example(_("all parts"), {"tally": tally(every), "total": sum(every.values())}),
            example(_("one part"), {"tally": tally({"adopted": 7}), "total": 7}),
            example(
                _("tiny parts"), {"tally": tally({"adopted": 300, "rejected": 1, "postponed": 2, "": 1}), "total": 304}
            ),
            example(
                _("as a filter, one outcome chosen"),
                {"tally": tally(every), "parameter": "outcome", "query": "", "chosen": "postponed"},
            ),
            example(
                _("stages of agreements"),
                {"tally": stage_tally({**dict.fromkeys(Stage, 3), None: 1}), "parameter": "stage", "query": ""},
            ),
        ),
    ]
