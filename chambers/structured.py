"""Chambers, people, offices, partners and projects in the words of schema.org; nothing is added to what is known."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.addresses import absolute
from publishing.page_meta import Card, Node, PageMeta, breadcrumb, day, in_short, known

from .models import Annex, Chamber, Family, Membership, Organisation, OrganisationKind, Person, Project, Region

# Kinds that the law makes part of the State; of an association or a company only that it is an organisation is said.
OF_THE_STATE = [
    OrganisationKind.MINISTRY,
    OrganisationKind.STATE_SERVICE,
    OrganisationKind.PUBLIC_AGENCY,
    OrganisationKind.COUNCIL,
]


def chamber_in_short(chamber: Chamber) -> Node:
    """Return a chamber as other records name it."""
    address = absolute(chamber.get_absolute_url())
    return {"@type": "GovernmentOrganization", "@id": address, "name": chamber.name, "url": address}


def chamber_node(chamber: Chamber, regions: Iterable[Region], annexes: Iterable[Annex]) -> Node:
    """Return a chamber with its area, how to reach it, and its annexes."""
    areas = [{"@type": "AdministrativeArea", "name": region.name} for region in regions]
    return chamber_in_short(chamber) | known(
        {
            "alternateName": {"@value": chamber.name_fr, "@language": "fr"} if chamber.name_fr else None,
            "sameAs": f"https://{chamber.site}/" if chamber.site else None,
            "areaServed": areas or chamber.zone,
            "telephone": chamber.phone,
            "email": chamber.email,
            "address": postal_address(chamber.address, chamber.seat),
            "dissolutionDate": day(chamber.closed_on, chamber.closed_precision),
            "department": [office_node(annex) for annex in annexes],
        }
    )


def postal_address(street: str, town: str) -> Node | None:
    """Return an address, or None where neither street nor town is known."""
    parts = known({"streetAddress": street, "addressLocality": town})
    return {"@type": "PostalAddress", **parts, "addressCountry": "MA"} if parts else None


def office_node(annex: Annex) -> Node:
    """Return an annex; its hours stay out, as they are words and schema.org wants a timetable."""
    return known(
        {
            "@type": "GovernmentOffice",
            "name": annex.name,
            "url": absolute(annex.get_absolute_url()),
            "telephone": annex.phone,
            "address": postal_address(annex.address, annex.city),
        }
    )


def office_entry(annex: Annex) -> Node:
    """Return an annex as the list of annexes names it, with its chamber."""
    return office_node(annex) | {"parentOrganization": chamber_in_short(annex.chamber)}


def person_node(person: Person, memberships: Iterable[Membership]) -> Node:
    """Return a person with each office; a former one only where the day of its end is known, or it would seem held."""
    return known(
        {
            "@type": "Person",
            "@id": absolute(person.get_absolute_url()),
            "name": person.name,
            "alternateName": person.latin_name,
            "url": absolute(person.get_absolute_url()),
            "memberOf": [
                _role(membership)
                for membership in memberships
                if not membership.is_former or day(membership.end, membership.end_precision)
            ],
        }
    )


def _role(membership: Membership) -> Node:
    return known(
        {
            "@type": "OrganizationRole",
            "roleName": str(membership.office_words),
            "startDate": day(membership.start, membership.start_precision),
            "endDate": day(membership.end, membership.end_precision),
            "memberOf": chamber_in_short(membership.body.chamber),
        }
    )


def organisation_node(organisation: Organisation) -> Node:
    """Return a partner of chambers."""
    is_of_the_state = organisation.kind in OF_THE_STATE
    return known(
        {
            "@type": "GovernmentOrganization" if is_of_the_state else "Organization",
            "@id": absolute(organisation.get_absolute_url()),
            "name": organisation.name,
            "alternateName": [name for name in (organisation.latin_name, organisation.short_name) if name],
            "url": absolute(organisation.get_absolute_url()),
            "sameAs": f"https://{organisation.site}/" if organisation.site else None,
        }
    )


def organisation_in_short(organisation: Organisation) -> Node:
    """Return a partner as other records name it."""
    node = organisation_node(organisation)
    return {name: node[name] for name in ("@type", "@id", "name", "url")}


def project_node(project: Project) -> Node:
    """Return what a chamber builds or runs."""
    return known(
        {
            "@type": "Project",
            "name": project.name,
            "url": absolute(project.get_absolute_url()),
            "description": in_short(project.description),
            "parentOrganization": chamber_in_short(project.chamber) if project.chamber else None,
            "location": project.place,
        }
    )


def family_card(family: str) -> Card:
    """Return the picture that pages of a family's chambers share."""
    words = _("Ghuraf portal: chambers of %(family)s") % {"family": Family(family).label}
    return Card(reverse("portal:family_card", args=[family]), words)


def chamber_trail(chamber: Chamber) -> list[tuple[str, str]]:
    return [(_("Chambers"), reverse("chambers:list")), (chamber.short_name, chamber.get_absolute_url())]


def chamber_page(context: dict[str, Any]) -> PageMeta:
    """Return the head of a chamber's overview."""
    chamber, regions = context["chamber"], context["regions"]
    area = "، ".join(region.name for region in regions) or chamber.zone
    return PageMeta(
        title=chamber.name,
        path=chamber.get_absolute_url(),
        description=in_short(
            _("%(chamber)s: sessions, decisions, agreements, news and people") % {"chamber": chamber.name},
            _("area: %(area)s") % {"area": area} if area else "",
            _("seat: %(seat)s") % {"seat": chamber.seat} if chamber.seat else "",
        ),
        card=family_card(chamber.family),
        nodes=[chamber_node(chamber, regions, context["annexes"]), breadcrumb(*chamber_trail(chamber))],
    )


def person_page(person: Person, memberships: Iterable[Membership]) -> PageMeta:
    """Return the head of a person's page."""
    memberships = list(memberships)
    offices = [f"{line.office_words}، {line.body.chamber.name}" for line in memberships[:2]]
    return PageMeta(
        title=person.name,
        path=person.get_absolute_url(),
        description=in_short(f"{person.name}: {'؛ '.join(offices)}" if offices else person.name),
        kind="profile",
        card=family_card(memberships[0].body.chamber.family) if memberships else None,
        nodes=[
            person_node(person, memberships),
            breadcrumb((_("People"), reverse("chambers:people")), (person.name, person.get_absolute_url())),
        ],
    )


def organisation_page(organisation: Organisation) -> PageMeta:
    """Return the head of a partner's page."""
    return PageMeta(
        title=organisation.name,
        path=organisation.get_absolute_url(),
        description=in_short(
            organisation.name,
            organisation.get_kind_display(),
            _("its agreements and meetings with the professional chambers"),
        ),
        nodes=[
            organisation_node(organisation),
            breadcrumb(
                (_("Organisations and partners"), reverse("chambers:organisations")),
                (organisation.name, organisation.get_absolute_url()),
            ),
        ],
    )


def project_page(project: Project) -> PageMeta:
    """Return the head of a project's page."""
    return PageMeta(
        title=project.name,
        path=project.get_absolute_url(),
        description=in_short(project.name, project.chamber and project.chamber.name, project.description),
        card=family_card(project.chamber.family) if project.chamber else None,
        nodes=[
            project_node(project),
            breadcrumb((_("Projects"), reverse("chambers:projects")), (project.name, project.get_absolute_url())),
        ],
    )
