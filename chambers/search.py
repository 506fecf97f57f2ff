"""What of chambers, people, organisations and projects can be searched."""

from arabic.dates import MONTHS
from publishing.models import PublicationState
from search.index import ALWAYS, Entry
from search.upkeep import Searchable

from .models import Annex, Body, Chamber, Membership, Organisation, Person, Project, Province, Region


def joined(*parts):
    """Return the parts that say something, one a line."""
    return "\n".join(str(part) for part in parts if part)


def public_moment(*records):
    """Return the moment from which all of ``records`` are public; None if one of them is not and will not be."""
    if any(record.state != PublicationState.PUBLISHED for record in records):
        return None
    return max(record.published_at for record in records)


def date_words(day, precision="day"):
    """Return a date as texts write it, month by its name, as far as it is known."""
    if day is None:
        return ""
    parts = {"day": [day.day, MONTHS[day.month - 1]], "month": [MONTHS[day.month - 1]]}.get(precision, [])
    return " ".join(map(str, [*parts, day.year]))


def chamber_words(*chambers):
    """Return the names of chambers and their regions, in Arabic and French; ``regions`` are to be fetched along."""
    return joined(
        *(
            joined(one.name, one.name_fr, one.short_name, *map(region_words, one.regions.all()))
            for one in chambers
            if one
        )
    )


def region_words(region):
    return f"{region.name} {region.name_fr}"


def place_words(province):
    return f"{province.name} {province.name_fr}" if province else ""


def slugs_of(*chambers):
    return list(dict.fromkeys(one.slug for one in chambers if one))


def chamber_entries(rows):
    for chamber in rows.prefetch_related("regions__provinces", "annexes", "predecessors"):
        regions = list(chamber.regions.all())
        yield Entry(
            kind="chamber",
            object_id=chamber.pk,
            title=chamber.name,
            body=joined(chamber.seat, chamber.zone, *(annex.name for annex in chamber.annexes.all())),
            keywords=joined(
                chamber.name_fr,
                chamber.short_name,
                chamber.get_family_display(),
                *map(region_words, regions),
                *(place_words(province) for region in regions for province in region.provinces.all()),
            ),
            public_from=ALWAYS,
            url=chamber.get_absolute_url(),
            family=chamber.family,
            chambers=[chamber.slug],
        )


def person_entries(rows):
    offices = "memberships__body__chamber"
    for person in rows.prefetch_related(offices, f"{offices}__regions"):
        held = list(person.memberships.all())
        chambers = list(dict.fromkeys(office.body.chamber for office in held))
        families = {chamber.family for chamber in chambers}
        yield Entry(
            kind="person",
            object_id=person.pk,
            title=person.name,
            body=joined(
                *(f"{office.office_words}، {office.body.name}، {office.body.chamber.name}" for office in held)
            ),
            keywords=joined(person.latin_name, *person.aliases, chamber_words(*chambers)),
            public_from=public_moment(person),
            url=person.get_absolute_url(),
            family=families.pop() if len(families) == 1 else "",
            chambers=slugs_of(*chambers),
        )


def organisation_entries(rows):
    for organisation in rows:
        yield Entry(
            kind="organisation",
            object_id=organisation.pk,
            title=organisation.name,
            body=organisation.get_kind_display(),
            keywords=joined(organisation.short_name, organisation.latin_name, *organisation.aliases),
            public_from=public_moment(organisation),
            url=organisation.get_absolute_url(),
        )


def project_entries(rows):
    for project in rows.select_related("chamber", "province").prefetch_related("chamber__regions"):
        yield Entry(
            kind="project",
            object_id=project.pk,
            title=project.name,
            body=joined(project.description, project.place),
            keywords=joined(chamber_words(project.chamber), place_words(project.province)),
            public_from=public_moment(project),
            url=project.get_absolute_url(),
            family=project.chamber.family if project.chamber else "",
            chambers=slugs_of(project.chamber),
        )


SEARCHABLES = [
    Searchable(
        "chamber",
        Chamber,
        chamber_entries,
        parts={Annex: "chamber"},
        named={Region: "regions", Province: "regions__provinces"},
    ),
    Searchable(
        "person",
        Person,
        person_entries,
        parts={Membership: "person"},
        named={
            Body: "memberships__body",
            Chamber: "memberships__body__chamber",
            Region: "memberships__body__chamber__regions",
        },
    ),
    Searchable("organisation", Organisation, organisation_entries),
    Searchable(
        "project",
        Project,
        project_entries,
        named={Chamber: "chamber", Region: "chamber__regions", Province: "province"},
    ),
]
