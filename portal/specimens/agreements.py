"""Components of agreements and projects."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from meetings.agreement_timeline import timeline
from meetings.models import EXIT_STAGES, ProjectStatus, Stage
from meetings.track import Age, track

from .. import examples as make
from .parts import Part, Specimen, component, example


def agreements() -> list[Specimen]:
    stages = [str(stage) for stage in Stage]
    history = make.history()
    present = [
        (stage.label, [stage] if stage == Stage.PROPOSED else [Stage.PROPOSED, Stage.ADOPTED, stage])
        for stage in Stage
    ]
    full = make.agreement(
        object=make.sentence(), amount=Decimal(1250000), amount_as_printed=_("Words as printed"), kind="addendum",
        parent_as_named=_("Title of an agreement, an example"), start=make.TODAY, end=date(2033, 1, 14),
        reference="12/2030", place=_("A town"),
    )  # fmt: skip
    rows = [
        make.agreement(amount=Decimal(1250000)),
        make.agreement(Stage.TERMINATED, parties=5, title=make.long_title()),
        make.agreement(None, parties=0, lead_chamber=None),
    ]
    signed = make.step(Stage.SIGNED)
    ages = [(Age("days", 0), 0), (Age("days", 32), 32), (Age("months", 4), 4), (Age("years", 2), 2)]
    return [
        component(
            "stage_badge",
            _("Stage of an agreement"),
            _("The last stage that a source reports, as icon and word."),
            example(_("every stage"), *({"stage": stage} for stage in [*stages, None]), box="guide-row"),
        ),
        component(
            "stage_sentence",
            _("Where an agreement stands"),
            _("Its stage, and for how long it has stood there."),
            example(_("days, months and years"), *({"step": signed, "age": age} for age, _n in ages), box="stack"),
            example(_("day not known"), {"step": make.step(Stage.SIGNED, date_precision="month")}),
            example(_("nothing published"), {"step": None}),
        ),
        component(
            "track",
            _("Track of an agreement"),
            _("The five steps of its life: done, present, to come; passed but not published; broken off."),
            *(
                example(
                    words,
                    {"track": track(passed, [make.step(stage, at_meeting=True) for stage in passed]), "wide": True},
                )
                for words, passed in present
            ),
            example(
                _("steps between not published"), {"track": track([Stage.PROPOSED, Stage.COMPLETED]), "wide": True}
            ),
            example(_("always narrow"), {"track": track([Stage.PROPOSED, EXIT_STAGES[0]])}),
        ),
        component(
            "agreement_timeline",
            _("Agreement across sessions"),
            _("The dated steps of an agreement on an axis of years, above the table with the same numbers."),
            example(
                _("with its table"),
                {"timeline": timeline(history)},
                Part({"steps": history}, "components/agreement_steps.html"),
            ),
        ),
        component(
            "parties",
            _("Parties of an agreement"),
            _("Who made it, and with what part."),
            example(_("chamber and organisations"), {"parties": make.parties()}),
            example(_("several, not all named"), {"parties": make.parties()[1:2], "multiparty": True}),
            example(_("not published"), {"parties": []}),
        ),
        component(
            "agreement_facts",
            _("Facts of an agreement"),
            _("Its object, its amount and its time; what is not published says so."),
            example(_("full"), {"agreement": full, "signed": signed}, box="guide-narrow"),
            example(_("nothing known"), {"agreement": make.agreement(None)}, box="guide-narrow"),
        ),
        component(
            "agreement_row",
            _("Agreement in a list"),
            _("Its title and its stage."),
            example(_("in a list"), *({"agreement": row} for row in rows), box="rows"),
        ),
        component(
            "agreement_register",
            _("Register of agreements"),
            _("A table of agreements with their latest step, their partners and their stage."),
            example(_("one partner, five, none"), {"rows": rows, "caption": _("Agreements")}),
        ),
        component(
            "project_row",
            _("Project in a list"),
            _("A chamber's project and how it last stood."),
            example(
                _("in a list"),
                {"project": make.project("under_way", place=_("A town"))},
                {"project": make.project(None)},
                box="rows",
            ),
        ),
        component(
            "project_badge",
            _("State of a project"),
            _("How a project last stood, as icon and word."),
            example(
                _("every state"), *({"status": status} for status in [*ProjectStatus.values, None]), box="guide-row"
            ),
        ),
    ]
