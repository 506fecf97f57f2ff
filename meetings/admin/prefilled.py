"""Addresses of forms that begin with what is known already: the minutes of a meeting, news about it."""

from urllib.parse import urlencode

from django.urls import reverse

from meetings.models import Document, DocumentKind, Meeting


def add_form(model, **values) -> str:
    """Return the address of the form for a new row of ``model`` that begins with ``values``."""
    known = {name: value for name, value in values.items() if value not in (None, "")}
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_add')}?{urlencode(known)}"


def minutes_of(meeting: Meeting) -> str:
    """Return the address of the form for the minutes of ``meeting``: file and day of issue are left to type."""
    # A title is the record's own words, not the interface's.
    title = f"محضر {meeting.label}"[:250]
    return add_form(Document, kind=DocumentKind.MINUTES, title=title, meeting=meeting.pk, chamber=meeting.chamber_id)


def news_about(meeting: Meeting) -> str:
    """Return the address of the form for news about ``meeting``: chamber, day, link and address are filled in."""
    day = meeting.date.strftime("%d/%m/%Y") if meeting.date else ""
    return add_form(
        Meeting.articles.rel.related_model,
        lead_chamber=meeting.chamber_id,
        meetings=meeting.pk,
        event_date=day,
        event_precision=meeting.date_precision,
        slug=meeting.slug[:60].strip("-"),
        url_year=meeting.url_year,
    )
