"""Pages that show several apps: home, a chamber's overview, about; and the pages for errors."""

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Article
from chambers.models import Chamber, Family, Region
from chambers.sections import find_chamber, sections
from chambers.structured import chamber_page
from meetings.models import AgendaItem, Agreement, Meeting, MeetingStatus
from meetings.month import month_days, month_grid
from meetings.results import latest_with_results
from publishing.addresses import absolute
from publishing.listing import WrongFilters

from .overview import chamber_overview
from .sitemaps import SITEMAPS
from .structured import about_page, home_page

HELD = [MeetingStatus.HELD, MeetingStatus.LEFT_OPEN]


def home(request):
    today = timezone.localdate()
    meetings = Meeting.objects.published().for_listing()
    coming = list(meetings.upcoming(today)[:50])
    last_held = meetings.filter(status__in=HELD).order_by("-sort_on", "pk").first()
    # With nothing ahead, a month with something in it serves better than an empty one.
    shown = coming[0] if coming else last_held
    month = shown.date if shown and shown.date else today
    weeks = month_grid(month.year, month.month)
    of_month = list(
        Meeting.objects.published()
        .filter(date__range=(weeks[0][0], weeks[-1][-1]), date_precision="day")
        .order_by("date", "time", "pk")
    )
    next_meeting = coming[0] if coming else None
    same_day = [m for m in coming[1:] if m.date == next_meeting.date] if next_meeting else []
    context = {
        "meta": home_page(),
        "today": today,
        "next_meeting": next_meeting,
        "same_day": same_day,
        "last_held": last_held,
        "regions": Region.objects.annotate(
            chamber_count=Count("chambers", filter=Q(chambers__closed_on__isnull=True))
        ).order_by("code"),
        "decided": latest_with_results(meetings=3, items=3),
        "articles": list(Article.objects.published().for_listing().order_by("-published_at", "pk")[:3]),
        "first_day": month.replace(day=1),
        "weeks": month_days(weeks, of_month),
        "month_total": sum(meeting.date.month == month.month for meeting in of_month),
        "chamber_total": Chamber.objects.current().count(),
        "meeting_total": Meeting.objects.published().count(),
        "item_total": AgendaItem.objects.with_public_results().count(),
        "agreement_total": Agreement.objects.published().count(),
    }
    return render(request, "portal/home.html", context)


def chamber_detail(request, chamber):
    chamber = find_chamber(chamber)
    context = {
        "chamber": chamber,
        "sections": sections(chamber),
        "section": "overview",
        **chamber_overview(chamber, timezone.localdate()),
    }
    context["meta"] = chamber_page(context)
    return render(request, "portal/chamber_detail.html", context)


def about(request):
    return render(request, "portal/about.html", {"families": Family, "meta": about_page()})


def robots(request):
    """Answer what crawlers may read, and where the map of the site is; pages not to be listed say so themselves.

    A table cannot: it is a whole list at once, for every filter there is.
    """
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*/export.csv", ""]
    lines += [f"Sitemap: {absolute(reverse('portal:sitemap_index'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@conditional_page
def sitemap_index(request):
    """List the maps of the site, each kind of record's own, and the further pages of the long ones."""
    maps = []
    for section, sitemap in SITEMAPS.items():
        address = absolute(reverse("portal:sitemap", args=[section]))
        pages, changed = sitemap().extent()
        maps += [SitemapIndexItem(address if n == 1 else f"{address}?p={n}", changed) for n in range(1, pages + 1)]
    return render(request, "sitemap_index.xml", {"sitemaps": maps}, content_type="application/xml")


def bad_request(request, exception=None):
    """Answer 400 with a page, or with the names of the wrong filters to those who asked for no page."""
    if isinstance(exception, WrongFilters):
        named = [f"- {label} ({name})" for name, label in exception.names.items()]
        text = "\n".join([gettext("These filters could not be read; correct them or leave them out:"), *named, ""])
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    return render(request, "400.html", status=400)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """Answer with a static page that needs no database and no template."""
    page = (settings.BASE_DIR / "templates" / "500.html").read_bytes()
    return HttpResponseServerError(page, content_type="text/html; charset=utf-8")
