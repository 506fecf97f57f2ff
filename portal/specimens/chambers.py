"""Components of chambers, people and organisations."""

from datetime import date

from django.utils.translation import gettext as _

from chambers.models import Family

from .. import examples as make
from .parts import Specimen, component, example


def chambers() -> list[Specimen]:
    all_families = [make.chamber(family) for family in Family.values]
    former = make.former_membership()
    closed = make.chamber(closed_on=date(2015, 1, 1), successor=make.chamber(), seat="")
    full = make.annex(city=_("A town"), address=make.sentence(), phone=make.PHONE, hours="08:30 – 16:30")
    regions = make.regions()
    families = [family for family in Family if family != Family.SEA_FISHERIES]
    cells = [
        (
            region,
            [
                (
                    family,
                    [make.chamber(family, seat="" if n else _("A town"))] if family != "agriculture" or not n else [],
                )
                for family in families
            ],
        )
        for n, region in enumerate(regions[:3])
    ]
    return [
        component(
            "family",
            _("Family of a chamber"),
            _("The mark of its family, a shape and a colour, beside a chamber's name."),
            example(_("every family"), *({"chamber": one} for one in all_families), box="guide-row"),
            example(_("linked"), *({"chamber": one, "link": True} for one in all_families), box="guide-row"),
            example(_("no chamber"), {"family": "crafts", "family_name": Family.CRAFTS.label}),
        ),
        component(
            "chamber_row",
            _("Chamber in the directory"),
            _("Its family, its name and its seat."),
            example(
                _("every family, a maritime zone, a former one"),
                *({"chamber": one} for one in all_families[:3]),
                {"chamber": make.chamber(Family.SEA_FISHERIES, zone=_("A maritime zone"))},
                {"chamber": closed},
                box="rows",
            ),
        ),
        component(
            "matrix",
            _("Chambers by region and family"),
            _("Each chamber of the twelve regions by the town of its seat, on wide screens."),
            example(_("a chamber, none, no seat"), {"rows": cells, "families": families}, box="wide-only"),
        ),
        component(
            "person_card",
            _("Person in a list"),
            _("Initials in the portal's star, the name, the offices with their time."),
            example(
                _("in office"),
                {"person": make.person(offices=[make.membership(term=make.term()), former])},
                box="rows person-grid",
            ),
            example(_("former"), {"person": make.person(_("Jane Doe"), [former])}, box="rows person-grid"),
            example(_("without an office"), {"person": make.person()}, box="rows person-grid"),
        ),
        component(
            "mandate",
            _("Mandate"),
            _("One office of a person: when, in which organ, and who says so."),
            example(
                _("present, former, dates not published"),
                {
                    "membership": make.membership(
                        term=make.term(), start=date(2026, 1, 1), votes_for=40, votes_cast=60, source=make.source()
                    )
                },
                {"membership": make.former_membership(end_reason="resigned")},
                {"membership": make.membership(office="vice_president", rank=2, seen_on=make.TODAY)},
                box="mandates",
            ),
        ),
        component(
            "office_groups",
            _("Offices of a chamber"),
            _("Who holds which office, organ by organ."),
            example(_("two organs"), {"offices": make.office_holders()}),
        ),
        component(
            "office_card",
            _("Annex"),
            _("An annex of a chamber: where it is and how to reach it."),
            example(_("full, and nothing known"), {"annex": full}, {"annex": make.annex()}, box="office-grid"),
        ),
        component(
            "organisation_row",
            _("Organisation in a list"),
            _("A partner, its kind and its other names."),
            example(
                _("with and without other names"),
                {"organisation": make.organisation(short_name=_("Abbreviation"), latin_name="Organisation d'exemple")},
                {"organisation": make.organisation()},
                box="rows",
            ),
        ),
    ]
