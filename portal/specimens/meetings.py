"""Components of meetings."""

from datetime import time

from django.utils.translation import gettext as _

from chambers.models import Family

from .. import examples as make
from .parts import Specimen, component, example


def meetings() -> list[Specimen]:
    unnamed = {"chamber": None, "family": Family.CRAFTS}
    dates = [
        (_("date known to the month"), make.meeting(date_precision="month")),
        (_("date known to the year"), make.meeting(date_precision="year")),
        (_("no date"), make.meeting(date=None)),
        (_("no chamber"), make.meeting(**unnamed)),
        (_("title of 175 letters"), make.meeting(title=make.long_title())),
    ]
    today = {"meeting": make.scheduled(), "is_today": True}
    rows = [*make.meetings_by_status(), *dates]
    full = make.meeting(
        time=time(10), end_time=time(12, 30), venue=_("A hall"), members_present=54, members_in_office=66,
        quorum_met=True, session_year=2030, session_month=1, theme=make.sentence(),
    )  # fmt: skip
    earlier = make.neighbour()
    return [
        component(
            "meeting_row",
            _("Meeting in a list"),
            _("A meeting's day, chamber, title, state and place; its title is the only link."),
            example(_("today"), today, box="rows"),
            *(example(words, {"meeting": meeting}, box="rows") for words, meeting in rows),
            example(_("in a chamber's own list"), {"meeting": make.meeting(), "hide_chamber": True}, box="rows"),
        ),
        component(
            "meeting_card",
            _("Next meeting"),
            _("The meeting that comes next, or the last one held, set apart from a list."),
            example(_("today"), today),
            example(_("to come"), {"meeting": make.scheduled()}),
            example(_("title of 175 letters"), {"meeting": make.scheduled(title=make.long_title())}),
        ),
        component(
            "day_block",
            _("Day of a meeting"),
            _("A date as a block to scan a list by."),
            example(
                _("a day, a month, a year, no date"),
                {"meeting": make.meeting()},
                *({"meeting": meeting} for _words, meeting in dates[:3]),
                box="guide-row",
            ),
        ),
        component(
            "status_badge",
            _("State of a meeting"),
            _("Icon and word, never colour alone, never a link."),
            example(
                _("today, and every state"),
                today,
                *({"meeting": meeting} for _words, meeting in make.meetings_by_status()),
                box="guide-row",
            ),
        ),
        component(
            "facts",
            _("Facts"),
            _("When, where, who; what no source says stands as not published."),
            example(
                _("full, with sources that differ"),
                {
                    "meeting": full,
                    "presiding": [make.attendance(office=_("An office"))],
                    "co_organisers": [make.organisation()],
                    "cited": {"date": [make.citation(), make.citation(is_followed=False)]},
                    "was_held": True,
                },
            ),
            example(_("nothing known"), {"meeting": make.meeting(date=None, city="", **unnamed), "was_held": True}),
        ),
        component(
            "cited",
            _("Source of a fact"),
            _("What other sources say of a fact, or how it is known, in a disclosure beside it."),
            example(
                _("every kind"),
                {
                    "citations": [
                        make.citation(),
                        make.citation(is_followed=False),
                        make.citation(basis="inferred"),
                        make.citation(basis="other_page"),
                        make.citation(value="", note=make.sentence()),
                    ]
                },
            ),
        ),
        component(
            "attended_row",
            _("Meeting someone attended"),
            _("A meeting on a person's page, with their role in it."),
            example(_("in a list"), {"line": make.attendance(role="presided", office=_("An office"))}, box="rows"),
        ),
        component(
            "talk",
            _("Talk"),
            _("What was said in a meeting, by whom and as what."),
            example(
                _("by someone named, with points"),
                {"talk": make.talk(person=make.person(), points=[make.sentence()] * 3)},
                box="talks",
            ),
            example(
                _("office alone"), {"talk": make.talk(office=_("An office"), summary=make.sentence())}, box="talks"
            ),
            example(
                _("without a subject"),
                {"talk": make.talk(title="", organisation=make.organisation(), office=_("An office"))},
                box="talks",
            ),
        ),
        component(
            "talk_row",
            _("Talk in a list"),
            _("A talk on its speaker's page, a link to its meeting."),
            example(_("in a list"), {"talk": make.talk(office=_("An office"))}, box="rows"),
        ),
        component(
            "neighbours",
            _("Meetings before and after"),
            _("The way to the next meeting of the same chamber, on either side."),
            example(_("both"), {"before": earlier, "after": earlier}),
            example(_("the first meeting"), {"after": earlier}),
            example(_("the last meeting"), {"before": earlier}),
        ),
        component(
            "calendar",
            _("Month"),
            _("The meetings of a month, weeks from Monday; one is linked itself, several lead to the list below."),
            example(_("large: today, one, two, many and cancelled"), {**make.month(), "large": True}),
            example(_("small"), make.month(), box="guide-narrow"),
            example(_("a month without meetings"), make.empty_month(), box="guide-narrow"),
        ),
    ]
