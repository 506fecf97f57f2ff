"""Public pages of meetings, decisions, agreements and documents."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Count, F, Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe

from chambers.views import ChamberRecordList
from publishing.addresses import absolute
from publishing.feeds import plain
from publishing.listing import read_filters
from publishing.views import find_public, hide_unpublished, open_stored
from uploads.sending import send

from .dossier import agreement_dossier, meeting_dossier
from .filters import AgreementFilterSet, DecisionFilterSet, DocumentFilterSet, MeetingFilterSet
from .ical import meeting_calendar, meetings_calendar
from .models import AgendaItem, Agreement, Document, Meeting, Sitting
from .month import FIRST_YEAR, LAST_YEAR, month_days, month_grid, next_month, previous_month
from .outcomes import stage_tally, tally
from .structured import agreement_page, calendar_page, decision_node, document_page, meeting_page

# All chambers together hold fewer sessions than this in half a year.
MOST_UPCOMING = 100
# A calendar to subscribe to: what is ahead and a year back, never more than a telephone takes in.
CALENDAR_REACH = timedelta(days=365)
MOST_IN_CALENDAR = 1_000
# Filters that the path of a month takes the place of.
MONTH_FILTERS = frozenset({"year", "from", "to"})


class MeetingList(ChamberRecordList):
    """Coming meetings first, the soonest on top; then the others, the newest on top."""

    queryset = Meeting.objects.published().for_listing()
    filterset_class = MeetingFilterSet
    template_name = "meetings/meeting_list.html"
    title = _("Meetings")
    counted = ngettext_lazy("%(n)s meeting", "%(n)s meetings", "n")
    exports = {"csv": "meetings:export", "atom": "meetings:feed", "ics": "meetings:calendar_feed"}
    section = "meetings"

    def get_queryset(self):
        return super().get_queryset().passed(timezone.localdate())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        coming = self.filterset.filter_queryset(Meeting.objects.published().for_listing()).upcoming(today)
        upcoming = list(coming[:MOST_UPCOMING])
        coming_total = coming.count() if len(upcoming) == MOST_UPCOMING else len(upcoming)
        context |= {
            "today": today,
            "upcoming": upcoming if context["page_obj"].number == 1 else [],
            "total": context["total"] + coming_total,
            "more_upcoming": coming_total > len(upcoming),
        }
        return context


class RegisterList(ChamberRecordList):
    """A list whose rows are counted by one of its filters, its facet, whatever that filter is set to."""

    tally: Callable

    def get_paginator(self, *args, **kwargs):
        paginator = super().get_paginator(*args, **kwargs)
        rows = self.filterset.facet_rows.order_by().select_related(None).prefetch_related(None)
        counted = rows.values_list(self.filterset.facet).annotate(n=Count("pk"))
        self.parts = type(self).tally(dict(counted))
        chosen = self.filterset.facet_value
        # Counted already: no query of its own.
        paginator.count = sum(part.count for part in self.parts if chosen in ("", part.code))
        return paginator

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"tally": self.parts}


class DecisionList(RegisterList):
    queryset = (
        AgendaItem.objects.with_public_results().for_listing().order_by("-meeting__sort_on", "meeting_id", "position")
    )
    filterset_class = DecisionFilterSet
    tally = tally
    template_name = "meetings/decision_list.html"
    title = _("Decisions")
    counted = ngettext_lazy("%(n)s item", "%(n)s items", "n")
    exports = {"csv": "meetings:decisions_export", "atom": "meetings:decisions_feed"}
    section = "decisions"

    def entry(self, row):
        return decision_node(row)


class AgreementList(RegisterList):
    queryset = Agreement.objects.published().with_stage().with_latest_step().for_listing().order_by("-sort_on", "pk")
    filterset_class = AgreementFilterSet
    tally = stage_tally
    template_name = "meetings/agreement_list.html"
    title = _("Agreements")
    counted = ngettext_lazy("%(n)s agreement", "%(n)s agreements", "n")
    exports = {"csv": "meetings:agreements_export", "atom": "meetings:agreements_feed"}
    section = "agreements"


class DocumentList(ChamberRecordList):
    queryset = Document.objects.published().for_listing().order_by("-sort_on", "pk")
    filterset_class = DocumentFilterSet
    template_name = "meetings/document_list.html"
    title = _("Documents")
    counted = ngettext_lazy("%(n)s document", "%(n)s documents", "n")
    exports = {"csv": "meetings:documents_export"}
    section = "documents"


def meeting_detail(request, year, slug):
    meeting = find_public(Meeting.objects.for_page(), url_year=year, slug=slug)
    context = meeting_context(meeting, request.GET.get("outcome", ""))
    return render(request, "meetings/meeting_detail.html", context)


def meeting_context(meeting, outcome=""):
    """Return what the page of ``meeting`` is made of, its agenda narrowed to ``outcome`` where one is given."""
    context = meeting_dossier(meeting, timezone.localdate(), outcome)
    return context | {"meta": meeting_page(context)}


def meeting_print(request, year, slug):
    """Answer with the whole meeting as one would put it on paper: nothing folded, nothing left out."""
    meeting = find_public(Meeting.objects.for_page(), url_year=year, slug=slug)
    context = meeting_dossier(meeting, timezone.localdate())
    title = gettext("For printing: %(title)s") % {"title": meeting.title}
    meta = replace(meeting_page(context), title=title, is_indexed=False, nodes=[])
    return render(request, "meetings/meeting_print.html", context | {"meta": meta, "site": absolute("")})


def meeting_ics(request, year, slug):
    """Answer with the meeting as a calendar file; 404 where no day of it is known."""
    meeting = find_public(Meeting.objects.all(), url_year=year, slug=slug)
    try:
        text = meeting_calendar(meeting, absolute(meeting.get_absolute_url()))
    except ValueError as unknown_day:
        raise Http404 from unknown_day
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{meeting.url_year}-{meeting.slug}.ics"'
    return response


@require_safe
@conditional_page
def calendar_feed(request):
    """Answer with the meetings of any filter as a calendar to subscribe to; wrong filters are answered with 400."""
    filters = read_filters(request, MeetingFilterSet, Meeting.objects.published())
    earliest = timezone.localdate() - CALENDAR_REACH
    # Those without a day come first on every database, so that the bound never drops what was called off.
    newest = F("date").desc(nulls_first=True)
    dated = list(filters.qs.in_calendar_since(earliest).order_by(newest, "pk")[:MOST_IN_CALENDAR])
    dayless = [meeting for meeting in dated if meeting.date is None or meeting.date_precision != "day"]
    prefetch_related_objects(dayless, Prefetch("sittings", Sitting.objects.given_up(), to_attr="given_up"))
    name = " – ".join([gettext("Meetings"), *(chip.value for chip in filters.chips), gettext("Ghuraf portal")])
    text = meetings_calendar(plain(name), ((meeting, absolute(meeting.get_absolute_url())) for meeting in dated))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    return response


def calendar_now(request):
    """Lead to the month of today, the filters kept."""
    today = timezone.localdate()
    target = redirect("meetings:calendar", year=today.year, month=today.month)
    if request.GET:
        target["Location"] += f"?{request.GET.urlencode()}"
    return target


def calendar(request, year, month):
    try:
        weeks = month_grid(year, month)
    except ValueError as no_month:
        raise Http404 from no_month
    # The month is the page's own: days and years would only fight it.
    data = request.GET.copy()
    for name in MONTH_FILTERS:
        data.pop(name, None)
    filterset = MeetingFilterSet(data, Meeting.objects.published().for_listing(), request=request)
    filterset.fixed = MONTH_FILTERS
    filterset.form.is_valid()
    dated = filterset.qs.filter(date__isnull=False, date_precision="day")
    first, last = weeks[0][0], weeks[-1][-1]
    shown = list(dated.filter(date__range=(first, last)).order_by("date", "time", "pk"))
    nearest = dated.order_by("-date").filter(date__lt=date(year, month, 1)).values_list("date", flat=True)[:1]
    following = (
        dated.order_by("date").filter(date__gte=date(*next_month(year, month), 1)).values_list("date", flat=True)
    )
    context = {
        "filter": filterset,
        "first_day": date(year, month, 1),
        "weeks": month_days(weeks, shown),
        "meetings": [meeting for meeting in shown if meeting.date.month == month],
        "today": timezone.localdate(),
        "before": previous_month(year, month) if year > FIRST_YEAR else None,
        "after": next_month(year, month) if year < LAST_YEAR else None,
        "nearest_before": next(iter(nearest), None),
        "nearest_after": following.first(),
        "query": filterset.canonical_query,
    }
    status = 200 if filterset.form.is_valid() else 400
    context["meta"] = calendar_page(context)
    return render(request, "meetings/calendar.html", context, status=status)


def agreement_detail(request, year, number):
    agreement = find_public(Agreement.objects.for_page(), number=number)
    if request.path != agreement.get_absolute_url():
        return HttpResponsePermanentRedirect(agreement.get_absolute_url())
    return render(request, "meetings/agreement_detail.html", agreement_context(agreement))


def agreement_context(agreement):
    """Return what the page of ``agreement`` is made of."""
    context = agreement_dossier(agreement, timezone.localdate())
    return context | {"meta": agreement_page(context)}


def document_detail(request, number):
    document = find_public(Document.objects.for_page(), number=number)
    if request.path != document.get_absolute_url():
        return HttpResponsePermanentRedirect(document.get_absolute_url())
    return render(request, "meetings/document_detail.html", document_context(document))


def document_context(document):
    """Return what the page of ``document`` is made of; what it belongs to may still be hidden where it is a draft."""
    hide_unpublished([document], "meeting", "agreement")
    return {
        "document": document,
        "sources": [document.source] if document.source else [],
        "meta": document_page(document),
    }


def document_file(request, number):
    """Send the file of a public document; the file of a draft has no public address."""
    document = find_public(Document.objects.all(), number=number)
    if not document.file:
        raise Http404
    return paper_response(document)


def paper_response(document):
    """Return the file of ``document``: a PDF to be read at once, anything else to be kept."""
    name = f"{document.address}.{document.format_name.lower()}"
    return send(open_stored(document.file), name, is_download=False)
