"""Pages of chambers, people, offices, partners and projects."""

from urllib.parse import urlencode

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from publishing.listing import RecordList
from publishing.views import find_public, hide_unpublished

from .filters import AnnexFilterSet, ChamberFilterSet, OrganisationFilterSet, PersonFilterSet, ProjectFilterSet
from .models import Annex, Chamber, Family, Organisation, Person, Project, Region
from .sections import find_chamber, section_path, sections
from .structured import chamber_trail, family_card, office_entry, organisation_page, person_page, project_page

# The roles of whoever presided a meeting or opened it; the rest only took part.
LEADING = ("presided", "opened")


class ChamberRecordList(RecordList):
    """A list of records that is also a section of a chamber: the same view with the chamber from the path."""

    section = ""

    def get_filterset_kwargs(self, filterset_class):
        kwargs = super().get_filterset_kwargs(filterset_class)
        self.chamber = find_chamber(self.kwargs["chamber"]) if "chamber" in self.kwargs else None
        if self.chamber:
            data = self.request.GET.copy()
            for fixed in ("chamber", "region", "family"):
                data.pop(fixed, None)
            data["chamber"] = self.chamber.slug
            kwargs["data"] = data
        return kwargs

    def get_filterset(self, filterset_class):
        filterset = super().get_filterset(filterset_class)
        if self.chamber:
            filterset.fixed = frozenset({"chamber", "region", "family"})
            for name in ("region", "family"):
                filterset.form.fields.pop(name, None)
        return filterset

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.chamber:
            context |= {"chamber": self.chamber, "sections": sections(self.chamber), "section": self.section}
        return context

    def address(self):
        # The list narrowed to a chamber is the chamber's section once more: engines are to keep the section.
        chosen = self.filterset.narrows_by_only("chamber")
        return (section_path(chosen, self.section), "") if chosen else super().address()

    def named_after(self):
        return [self.chamber.short_name] if self.chamber else []

    def trail(self):
        return [*(chamber_trail(self.chamber) if self.chamber else []), *super().trail()]

    def card(self):
        return family_card(self.chamber.family) if self.chamber else None


class PersonList(ChamberRecordList):
    queryset = Person.objects.published().for_listing()
    filterset_class = PersonFilterSet
    template_name = "chambers/person_list.html"
    title = _("People")
    counted = ngettext_lazy("%(n)s person", "%(n)s people", "n")
    exports = {"csv": "chambers:people_export"}
    section = "people"


class OfficeList(ChamberRecordList):
    queryset = Annex.objects.select_related("chamber", "province")
    filterset_class = AnnexFilterSet
    template_name = "chambers/annex_list.html"
    title = _("Annexes")
    counted = ngettext_lazy("%(n)s annex", "%(n)s annexes", "n")
    section = "offices"

    def entry(self, row):
        return office_entry(row)


class OrganisationList(RecordList):
    queryset = Organisation.objects.published()
    filterset_class = OrganisationFilterSet
    template_name = "chambers/organisation_list.html"
    title = _("Organisations and partners")
    counted = ngettext_lazy("%(n)s organisation", "%(n)s organisations", "n")


class ProjectList(RecordList):
    queryset = Project.objects.published().for_listing()
    filterset_class = ProjectFilterSet
    template_name = "chambers/project_list.html"
    title = _("Projects")
    counted = ngettext_lazy("%(n)s project", "%(n)s projects", "n")


class ChamberList(RecordList):
    """The directory: a table of regions and families, and the same grouped as a list for narrow screens."""

    queryset = Chamber.objects.current().prefetch_related("regions")
    filterset_class = ChamberFilterSet
    template_name = "chambers/chamber_list.html"
    title = _("Chambers")
    counted = ngettext_lazy("%(n)s chamber", "%(n)s chambers", "n")
    # Forty chambers need no second page.
    paginate_by = 100

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shown = list(context["object_list"])
        asked = self.filterset.form.cleaned_data
        region = asked.get("region")
        # A family that lives in maritime zones has nothing to count by region.
        family = asked.get("family") if asked.get("family") != Family.SEA_FISHERIES else ""
        regions = list(Region.objects.with_chamber_count(family))
        of_region = {r.pk: [] for r in regions if region in (None, r)}
        for chamber in shown:
            for spanned in chamber.regions.all():
                of_region.get(spanned.pk, []).append(chamber)
        context |= {
            "regions": regions,
            "region": region,
            "kept": urlencode({"family": family}) if family else "",
            "grouped": [(r, by_family(of_region[r.pk])) for r in regions if of_region.get(r.pk)],
            # Of those that span a region, the region's own list already tells when it is asked for.
            "fisheries": [c for c in shown if c.family == Family.SEA_FISHERIES and not region],
            "without_region": [c for c in shown if c.family != Family.SEA_FISHERIES and not c.regions.all()],
            "closed": Chamber.objects.filter(closed_on__isnull=False).select_related("successor"),
            "families": [family for family in Family if family != Family.SEA_FISHERIES],
        }
        return context


def by_family(chambers):
    """Return the chambers as (family, its chambers) for each family in the fixed order, the empty ones too."""
    return [(family, [chamber for chamber in chambers if chamber.family == family]) for family in Family]


def person_detail(request, number):
    person = find_public(Person.objects.all(), number=number)
    if request.path != person.get_absolute_url():
        return HttpResponsePermanentRedirect(person.get_absolute_url())
    return render(request, "chambers/person_detail.html", person_context(person))


def person_context(person):
    """Return what the page of ``person`` is made of."""
    memberships = list(
        person.memberships.select_related("body__chamber", "term", "source").order_by(
            "is_former", "-start", "-seen_on", "pk"
        )
    )
    meetings = type(person).attendances.rel.related_model.meeting.field.related_model
    public = meetings.objects.published()
    attended = list(
        person.attendances.filter(meeting__in=public)
        .select_related("meeting__chamber", "organisation")
        .order_by("-meeting__sort_on", "position")
    )
    talks = (
        person.talks.filter(meeting__in=public)
        .select_related("meeting__chamber", "organisation")
        .order_by("-meeting__sort_on", "position")
    )
    items = type(person).concerning_items.rel.related_model
    concerning = items.objects.with_public_results().filter(concerned=person).select_related("meeting__chamber")
    return {
        "person": person,
        "memberships": memberships,
        "is_former": bool(memberships) and all(membership.is_former for membership in memberships),
        "led": [line for line in attended if line.role in LEADING],
        "attended": [line for line in attended if line.role not in LEADING],
        "talks": talks,
        "concerning": concerning,
        "citations": person.citations.select_related("source"),
        "meta": person_page(person, memberships),
    }


def organisation_detail(request, number):
    organisation = find_public(Organisation.objects.all(), number=number)
    if request.path != organisation.get_absolute_url():
        return HttpResponsePermanentRedirect(organisation.get_absolute_url())
    return render(request, "chambers/organisation_detail.html", organisation_context(organisation))


def organisation_context(organisation):
    """Return what the page of ``organisation`` is made of."""
    agreements = Organisation.partyships.rel.related_model.agreement.field.related_model
    meetings = Organisation.meetings.rel.related_model
    public = meetings.objects.published()
    attended = organisation.attendances.filter(meeting__in=public).select_related("meeting__chamber", "person")
    talks = organisation.talks.filter(meeting__in=public).select_related("meeting__chamber", "person")
    return {
        "organisation": organisation,
        "meta": organisation_page(organisation),
        "agreements": agreements.objects.published()
        .filter(parties__organisation=organisation)
        .with_stage()
        .for_listing()
        .order_by("-sort_on", "pk"),
        "meetings": organisation.meetings.published().for_listing(),
        "attended": [line for line in hide_unpublished(attended, "person") if line.has_something_to_show],
        "talks": [talk for talk in hide_unpublished(talks, "person") if talk.has_something_to_show],
    }


def project_detail(request, number):
    project = find_public(Project.objects.select_related("chamber", "province"), number=number)
    if request.path != project.get_absolute_url():
        return HttpResponsePermanentRedirect(project.get_absolute_url())
    return render(request, "chambers/project_detail.html", project_context(project))


def project_context(project):
    """Return what the page of ``project`` is made of."""
    return {
        "project": project,
        "meta": project_page(project),
        "notes": project.notes.without_hidden_meetings().select_related("meeting__chamber", "source"),
        "agreements": project.agreements.published().with_stage().for_listing(),
        "articles": project.articles.published().for_listing(),
    }
