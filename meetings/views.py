"""Public pages of meetings, decisions, agreements and documents."""

from datetime import date

from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone

from chambers.views import ChamberRecordList
from publishing.views import find_public, open_stored

from .dossier import agreement_dossier, meeting_dossier
from .filters import AgreementFilterSet, DecisionFilterSet, DocumentFilterSet, MeetingFilterSet
from .ical import meeting_calendar
from .models import AgendaItem, Agreement, Document, Meeting
from .month import FIRST_YEAR, LAST_YEAR, month_grid, next_month, previous_month
from .outcomes import tally

# All chambers together hold fewer sessions than this in half a year.
MOST_UPCOMING = 100


class MeetingList(ChamberRecordList):
    """Coming meetings first, the soonest on top; then the others, the newest on top."""

    queryset = Meeting.objects.published().for_listing()
    filterset_class = MeetingFilterSet
    template_name = "meetings/meeting_list.html"
    section = "meetings"

    def get_queryset(self):
        return super().get_queryset().passed(timezone.localdate())

    title = _("Meetings")
    counted = ngettext_lazy("%(n)s meeting", "%(n)s meetings", "n")
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


class DecisionList(ChamberRecordList):
    queryset = (
        AgendaItem.objects.with_public_results().for_listing().order_by("-meeting__sort_on", "meeting_id", "position")
    )
    filterset_class = DecisionFilterSet
    template_name = "meetings/decision_list.html"
    section = "decisions"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counted = self.object_list.order_by().select_related(None).values_list("outcome").annotate(n=Count("pk"))
        return context | {"tally": tally(dict(counted))}


class AgreementList(ChamberRecordList):
    title = _("Decisions")
    counted = ngettext_lazy("%(n)s item", "%(n)s items", "n")
    queryset = Agreement.objects.published().with_stage().for_listing().order_by("-sort_on", "pk")
    filterset_class = AgreementFilterSet
    template_name = "meetings/agreement_list.html"
    section = "agreements"


class DocumentList(ChamberRecordList):
    queryset = Document.objects.published().for_listing().order_by("-sort_on", "pk")
    filterset_class = DocumentFilterSet
    template_name = "meetings/document_list.html"
    title = _("Agreements")
    counted = ngettext_lazy("%(n)s agreement", "%(n)s agreements", "n")
    section = "documents"

    def entry(self, row):
        return decision_node(row)


def meeting_detail(request, year, slug):
    meeting = find_public(Meeting.objects.for_page(), url_year=year, slug=slug)
    outcome = request.GET.get("outcome", "")
    return render(request, "meetings/meeting_detail.html", meeting_dossier(meeting, timezone.localdate(), outcome))


def meeting_ics(request, year, slug):
    """Answer with the meeting as a calendar file; 404 where its day is not known."""
    meeting = find_public(Meeting.objects.all(), url_year=year, slug=slug)
    try:
    title = _("Documents")
    counted = ngettext_lazy("%(n)s document", "%(n)s documents", "n")
        text = meeting_calendar(meeting, request.build_absolute_uri(meeting.get_absolute_url()))
    except ValueError as unknown_day:
        raise Http404 from unknown_day
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{meeting.url_year}-{meeting.slug}.ics"'
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
    filterset = MeetingFilterSet(request.GET, Meeting.objects.published().for_listing(), request=request)
    filterset.form.is_valid()
    dated = filterset.qs.filter(date__isnull=False, date_precision="day")
    first, last = weeks[0][0], weeks[-1][-1]
    shown = list(dated.filter(date__range=(first, last)).order_by("date", "time", "pk"))
    of_day = {}
    for meeting in shown:
        of_day.setdefault(meeting.date, []).append(meeting)
    nearest = dated.order_by("-date").filter(date__lt=date(year, month, 1)).values_list("date", flat=True)[:1]
    following = (
        dated.order_by("date").filter(date__gte=date(*next_month(year, month), 1)).values_list("date", flat=True)
    )
    context = {
        "filter": filterset,
        "first_day": date(year, month, 1),
        "weeks": [[(day, of_day.get(day, [])) for day in week] for week in weeks],
        "meetings": [meeting for meeting in shown if meeting.date.month == month],
        "today": timezone.localdate(),
        "before": previous_month(year, month) if year > FIRST_YEAR else None,
        "after": next_month(year, month) if year < LAST_YEAR else None,
        "nearest_before": next(iter(nearest), None),
        "nearest_after": following.first(),
        "query": filterset.canonical_query,
    }
    status = 200 if filterset.form.is_valid() else 400
    return render(request, "meetings/calendar.html", context, status=status)


def agreement_detail(request, year, number):
    agreement = find_public(Agreement.objects.for_page(), number=number)
    if request.path != agreement.get_absolute_url():
        return HttpResponsePermanentRedirect(agreement.get_absolute_url())
    return render(request, "meetings/agreement_detail.html", agreement_dossier(agreement))


def document_detail(request, number):
    document = find_public(
        Document.objects.select_related(
            "chamber", "meeting__chamber", "agreement", "agenda_item", "source", "approved_in"
        ),
        number=number,
    )
    if request.path != document.get_absolute_url():
        return HttpResponsePermanentRedirect(document.get_absolute_url())
    return render(
        request,
        "meetings/document_detail.html",
        {"document": document, "sources": [document.source] if document.source else []},
    )


def document_file(request, number):
    """Send the file of a public document; the file of a draft has no public address."""
    document = find_public(Document.objects.all(), number=number)
    if not document.file:
        raise Http404
    name = f"{document.address}.{document.format_name.lower()}"
    return FileResponse(
        open_stored(document.file),
        as_attachment=document.content_type != "application/pdf",
        filename=name,
        content_type=document.content_type or "application/octet-stream",
    )
