"""Drafts as their public pages will be, for whoever holds a signed link; see publishing.preview.

Nobody is asked who they are: the link is the right to look, so the page needs no cookie and no session.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.pictures import rendition
from articles.views import article_context
from chambers.models import Organisation, Person, Project
from chambers.views import organisation_context, person_context, project_context
from meetings.models import Agreement, Document, Meeting
from meetings.views import agreement_context, document_context, meeting_context, paper_response
from publishing.models import PublicationState, Publishable
from publishing.preview import NoPreview, PreviewExpired, read
from publishing.views import Withdrawn


class Page(NamedTuple):
    """The page of one kind of record: where its rows come from, what it is made of, its template."""

    rows: Callable[[], QuerySet[Any]]
    context: Callable[[Any], dict[str, Any]]
    template: str


PAGES: dict[type[Publishable], Page] = {
    Meeting: Page(Meeting.objects.for_page, meeting_context, "meetings/meeting_detail.html"),
    Agreement: Page(Agreement.objects.for_page, agreement_context, "meetings/agreement_detail.html"),
    Document: Page(Document.objects.for_page, document_context, "meetings/document_detail.html"),
    Article: Page(
        lambda: Article.objects.select_related("lead_chamber", "source"),
        article_context,
        "articles/article_detail.html",
    ),
    Person: Page(Person.objects.all, person_context, "chambers/person_detail.html"),
    Organisation: Page(Organisation.objects.all, organisation_context, "chambers/organisation_detail.html"),
    Project: Page(
        lambda: Project.objects.select_related("chamber", "province"), project_context, "chambers/project_detail.html"
    ),
}


@require_safe
def preview(request: HttpRequest, signed: str) -> HttpResponse:
    """Answer with the page of one record as it will be; with the public page where nothing of it is hidden."""
    try:
        record, until = _find(signed)
    except PreviewExpired:
        return _private(render(request, "portal/preview_expired.html", status=410))
    hidden = _hidden_parts(record)
    if not hidden:
        return _private(HttpResponseRedirect(record.get_absolute_url()))
    _show(record)
    record.preview_file = reverse("portal:preview_file", args=[signed])
    page = PAGES[type(record)]
    context = page.context(record)
    # Machines are told nothing of what may still change: no facts, no card to share.
    context["meta"] = replace(context["meta"], is_indexed=False, nodes=[], card=None)
    context["preview"] = {"hidden": hidden, "until": until}
    return _private(render(request, page.template, context))


@require_safe
def preview_file(request: HttpRequest, signed: str) -> FileResponse:
    """Send the picture or the paper of a draft to whoever may see its preview."""
    try:
        record, _until = _find(signed)
    except PreviewExpired as over:
        raise Http404 from over
    if isinstance(record, Article) and record.picture:
        try:
            name = rendition(record.picture, "page")
        except OSError as broken:
            raise Http404 from broken
        return _private(FileResponse(default_storage.open(name), content_type="image/webp"))
    if isinstance(record, Document) and record.file:
        return _private(paper_response(record))
    raise Http404


def _find(signed: str) -> tuple[Any, Any]:
    """Return the record that ``signed`` stands for and the moment until which it does.

    Raises Http404 for a link that was forged or whose record is gone, Withdrawn for a record that was taken back.
    """
    try:
        model, name, until = read(signed)
        record = PAGES[model].rows().filter(uuid=name).first()
    except (NoPreview, LookupError) as unknown:
        raise Http404 from unknown
    if record is None:
        raise Http404
    if record.state == PublicationState.WITHDRAWN:
        raise Withdrawn(record)
    return record, until


def _hidden_parts(record: Any) -> list[str]:
    """Return in words what of ``record`` the public does not see now."""
    hidden = []
    if record.is_scheduled:
        hidden.append(_("This page will be public from %(moment)s.") % {"moment": _in_words(record.published_at)})
    elif record.state != PublicationState.PUBLISHED:
        hidden.append(_("This page is not published yet."))
    elif not record.is_public:
        hidden.append(_("What this page belongs to is not published yet."))
    if isinstance(record, Meeting):
        hidden += _hidden_steps(record)
    return hidden


def _hidden_steps(meeting: Meeting) -> list[str]:
    steps = []
    if not _has_come(meeting.agenda_published_at) and meeting.items.exists():
        words = (_("The agenda is not published yet."), _("The agenda will be public from %(moment)s."))
        steps.append(_until(meeting.agenda_published_at, *words))
    if not _has_come(meeting.results_published_at) and meeting.items.exclude(outcome="").exists():
        words = (_("The results are not published yet."), _("The results will be public from %(moment)s."))
        steps.append(_until(meeting.results_published_at, *words))
    return steps


def _until(moment: Any, hidden: str, scheduled: str) -> str:
    return hidden if moment is None else scheduled % {"moment": _in_words(moment)}


def _has_come(moment: Any) -> bool:
    return moment is not None and moment <= timezone.now()


def _in_words(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _show(record: Any) -> None:
    """Give ``record``, in memory only, the moments it will have once all that was entered is public."""
    now = timezone.now()
    if not record.is_public:
        record.state, record.published_at = PublicationState.PUBLISHED, now
    if isinstance(record, Meeting):
        if not _has_come(record.agenda_published_at):
            record.agenda_published_at = now if record.items.exists() else None
        if not _has_come(record.results_published_at):
            record.results_published_at = now if record.items.exclude(outcome="").exists() else None


def _private(response: Any) -> Any:
    """Keep the answer out of every cache and index, and its address out of what other sites are told."""
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
