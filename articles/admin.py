"""The admin of news."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chambers.admin import LedAdmin
from publishing.admin import PublishableAdmin, PublishableForm, RecordAdmin
from publishing.admin.guards import GuardedAdmin, long_paragraphs, long_title
from publishing.admin.tasks import TasksAdmin

from .models import Article, Topic


class ArticleForm(PublishableForm):
    """Propose the address from what the article is about, and note the moment of a correction."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "url_year" in self.fields:
            self.fields["url_year"].required = False
        if "body" in self.fields:
            self.fields["body"].widget.attrs["rows"] = 16

    def clean(self):
        cleaned = super().clean()
        if "url_year" in self.fields and "url_year" not in self.errors and not self.cleaned_data.get("url_year"):
            moment = self.cleaned_data.get("event_date") or self.cleaned_data.get("published_at") or timezone.now()
            self.cleaned_data["url_year"] = moment.year
        if "slug" in self.fields and "slug" not in self.errors and not self.cleaned_data.get("slug"):
            self.cleaned_data["slug"] = self._propose_slug()
        if self.cleaned_data.get("correction") and not self.cleaned_data.get("corrected_at"):
            self.cleaned_data["corrected_at"] = timezone.now()
        if self.cleaned_data.get("picture") and not self.cleaned_data.get("picture_alt"):
            self.add_error("picture_alt", _("A picture needs an alternative text."))
        return cleaned

    def _propose_slug(self):
        meetings, chamber = self.cleaned_data.get("meetings"), self.cleaned_data.get("lead_chamber")
        first = meetings[0] if meetings else chamber
        return first.slug[:60].strip("-") if first is not None else ""


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug"]


@admin.register(Article)
class ArticleAdmin(LedAdmin, TasksAdmin, GuardedAdmin, PublishableAdmin):
    form = ArticleForm
    frozen_once_public = ("slug", "url_year")
    list_display = ["title", "lead_name", "kind", "published_at", "number", "state_now"]
    list_filter = ["state", "kind", ("lead_chamber", admin.RelatedOnlyFieldListFilter), "topics"]
    list_select_related = ["lead_chamber"]
    search_fields = ["sort_key", "title", "lede", "lead_chamber__short_name"]
    date_hierarchy = "published_at"
    autocomplete_fields = ["lead_chamber", "chambers", "topics", "meetings", "agreements", "projects", "source"]
    readonly_fields = ["number"]
    fieldsets = [
        (None, {"fields": [("lead_chamber", "kind", "number"), "title", "lede", "body"]}),
        (
            _("What it is about"),
            {
                "fields": [
                    ("meetings", "agreements"),
                    ("chambers", "projects", "topics"),
                    ("event_date", "event_precision", "source"),
                ]
            },
        ),
        (_("Picture"), {"fields": ["picture", ("picture_alt", "picture_credit")]}),
        (_("Correction"), {"classes": ["collapse"], "fields": [("correction", "corrected_at")]}),
        (
            _("Publication"),
            {"fields": [("state", "published_at"), ("url_year", "slug"), ("withdrawal_reason", "withdrawn_at")]},
        ),
    ]

    def met_in(self, row):
        return row.meetings.first()

    def cautions(self, request, row, before=None):
        yield from long_title(row.title)
        for name in ("lede", "body"):
            yield from long_paragraphs(str(self.opts.get_field(name).verbose_name), getattr(row, name))

    @admin.display(description=_("lead chamber"), ordering="lead_chamber__sort_key")
    def lead_name(self, article):
        return article.lead_chamber.short_name if article.lead_chamber_id else None

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        is_list = request.resolver_match and request.resolver_match.url_name.endswith("_changelist")
        return rows.defer("body") if is_list else rows
