"""The admin of chambers and those around them, and the rule that an editor reaches their own chambers only."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.admin import (
    CitationInline,
    Inline,
    PublishableAdmin,
    RecordAdmin,
    RecordForm,
    entered_by,
)

from .models import (
    Annex,
    Body,
    Chamber,
    ChamberCitation,
    Editorship,
    Membership,
    Organisation,
    Person,
    PersonCitation,
    Project,
    Province,
    Region,
    Term,
)


class ChamberScopedAdmin(admin.ModelAdmin):
    """Show an editor only the rows, and offer only the chambers and records, they may edit.

    It stands first in the order of inheritance. The list is scoped, the permission is asked of the stored row, and
    ``nameable`` holds foreign keys, many-to-many fields and autocompletion to the same rows.
    """

    # The foreign key that says whose the record is; without it a record is the administrators'.
    owner = "chamber"

    def _mine(self, user) -> Q:
        if user.is_superuser:
            return Q()
        return Q(pk__in=self.model._default_manager.editable_by(user).values("pk"))

    def get_queryset(self, request):
        return super().get_queryset(request).filter(self._mine(request.user))

    def nameable(self, user, db_field):
        return super().nameable(user, db_field) & self._mine(user)

    def _reaches(self, request, obj) -> bool:
        stored = self.model._default_manager.filter(self._mine(request.user))
        return obj is None or request.user.is_superuser or stored.filter(pk=obj.pk).exists()

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._reaches(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._reaches(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._reaches(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == self.owner and not request.user.is_superuser:
            kwargs["required"] = True
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """Choose the chamber beforehand for whoever edits only one."""
        initial = super().get_changeform_initial_data(request)
        if self.owner and not request.user.is_superuser:
            mine = Chamber.objects.editable_by(request.user).values_list("pk", flat=True)[:2]
            if len(mine) == 1:
                initial.setdefault(self.owner, mine[0])
        return initial


class LedAdmin(ChamberScopedAdmin):
    """Records of several chambers: each edits them, the one that leads decides when they are public."""

    owner = "lead_chamber"

    def may_publish(self, request, row=None):
        if row is None:
            return True
        leads = Chamber.objects.editable_by(request.user).filter(pk=row.lead_chamber_id)
        return request.user.is_superuser or leads.exists()

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None or self.may_publish(request, obj) else [*fields, self.owner]

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or self.may_publish(request, obj))


class OfOneChamberForm(RecordForm):
    """Refuse parts of another chamber: the annex of an organ, the organ and annex of a meeting."""

    parts_of_chamber = ("annex",)

    def clean(self):
        cleaned = super().clean()
        chamber = self.cleaned_data.get("chamber", self.instance.chamber if self.instance.chamber_id else None)
        for name in self.parts_of_chamber:
            part = self.cleaned_data.get(name)
            if part is not None and part.chamber_id != getattr(chamber, "pk", None):
                self.add_error(name, _("This belongs to another chamber."))
        return cleaned


@admin.display(description=_("chamber"), ordering="chamber__sort_key")
def chamber_name(row):
    return row.chamber.short_name if row.chamber_id else None


@admin.register(Region)
class RegionAdmin(RecordAdmin):
    list_display = ["code", "name", "seat", "iso_code"]
    list_display_links = ["code", "name"]
    search_fields = ["name", "name_fr", "code"]
    fields = [("code", "iso_code", "slug"), ("name", "name_fr"), ("seat", "seat_fr")]


@admin.register(Province)
class ProvinceAdmin(RecordAdmin):
    list_display = ["code", "name", "kind", "region"]
    list_display_links = ["code", "name"]
    list_filter = ["kind", "region"]
    list_select_related = ["region"]
    search_fields = ["name", "name_fr", "code"]
    autocomplete_fields = ["region"]
    fields = [("code", "kind"), ("name", "name_fr"), "region"]


@admin.register(Term)
class TermAdmin(RecordAdmin):
    list_display = ["__str__", "start_year", "end_year"]
    search_fields = ["start_year", "end_year"]
    fields = [("start_year", "end_year")]


class BodyInline(Inline):
    model = Body
    form = OfOneChamberForm
    fields = [("kind", "name", "annex")]
    autocomplete_fields = ["annex"]
    show_change_link = True


class AnnexInline(Inline):
    model = Annex
    fields = [("name", "city", "province"), ("address", "phone"), ("hours", "source")]
    autocomplete_fields = ["province", "source"]
    show_change_link = True


class ChamberCitationInline(CitationInline):
    model = ChamberCitation


@admin.register(Chamber)
class ChamberAdmin(ChamberScopedAdmin, RecordAdmin):
    owner = None
    # Naming a chamber here puts no record under it that its editors would have to answer for alone.
    named_freely = {
        "chambers.Chamber.successor",
        "meetings.AgreementParty.chamber",
        "meetings.AgreementStep.by_chamber",
    }

    list_display = ["short_name", "family", "seat", "phone", "email", "closed_on"]
    list_filter = ["family", "regions", ("closed_on", admin.EmptyFieldListFilter)]
    search_fields = ["sort_key", "name", "name_fr", "short_name", "slug"]
    autocomplete_fields = ["regions", "successor"]
    inlines = [BodyInline, AnnexInline, ChamberCitationInline]
    fieldsets = [
        (None, {"fields": ["family", "name", "name_fr", ("short_name", "slug")]}),
        (_("Where"), {"fields": ["regions", ("seat", "zone"), "address", ("phone", "email", "site")]}),
        (_("Statute and end"), {"fields": ["statute", ("closed_on", "closed_precision"), "successor"]}),
        (_("Publication"), {"fields": ["four_eyes"]}),
    ]

    def nameable(self, user, db_field):
        free = f"{db_field.model._meta.label}.{db_field.name}" in self.named_freely
        return Q() if free else super().nameable(user, db_field)

    def get_readonly_fields(self, request, obj=None):
        # A chamber is public from the first: its address, and what stands on it, stay.
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and request.user.is_superuser


@admin.register(Annex)
class AnnexAdmin(ChamberScopedAdmin, RecordAdmin):
    list_display = ["name", chamber_name, "city", "phone"]
    list_filter = ["chamber__family", ("chamber", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["chamber"]
    choice_select_related = ("chamber",)
    search_fields = ["sort_key", "name", "city", "chamber__short_name"]
    autocomplete_fields = ["chamber", "province", "source"]
    fieldsets = [
        (None, {"fields": ["chamber", "name"]}),
        (_("Where"), {"fields": [("city", "province"), "address", ("phone", "hours")]}),
        (_("Source"), {"fields": ["source"]}),
    ]


class MembershipInline(Inline):
    """The offices an editor may change: a person may hold one in another chamber, which stays out of the form."""

    model = Membership

    def get_queryset(self, request):
        mine = (
            Q() if request.user.is_superuser else Q(pk__in=Membership.objects.editable_by(request.user).values("pk"))
        )
        return super().get_queryset(request).filter(mine)

    autocomplete_fields = ["person", "body", "term", "source"]
    fieldsets = [
        (
            None,
            {"fields": [("person", "body", "office", "rank"), ("office_as_printed", "term", "is_former", "source")]},
        ),
        (
            _("Dates and votes"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("start", "start_precision", "end", "end_precision", "end_reason"),
                    ("seen_on", "seen_precision", "votes_for", "votes_cast"),
                ],
            },
        ),
    ]


@admin.register(Body)
class BodyAdmin(ChamberScopedAdmin, RecordAdmin):
    form = OfOneChamberForm
    list_display = ["name", chamber_name, "kind"]
    list_filter = ["kind", "chamber__family", ("chamber", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["chamber"]
    choice_select_related = ("chamber",)
    search_fields = ["name", "chamber__short_name", "chamber__name"]
    autocomplete_fields = ["chamber", "annex"]
    inlines = [MembershipInline]
    fields = ["chamber", ("kind", "name"), "annex"]


@admin.register(Membership)
class MembershipAdmin(ChamberScopedAdmin, RecordAdmin):
    owner = None
    list_display = ["person", "office_words", "body_name", "start", "end", "is_former"]
    list_filter = ["office", "is_former", "term", ("body__chamber", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "body__chamber"]
    search_fields = ["person__sort_key", "person__name", "office_as_printed", "body__name"]
    autocomplete_fields = ["person", "body", "term", "source"]
    date_hierarchy = "start"
    fieldsets = [
        (None, {"fields": ["person", "body", ("office", "rank"), "office_as_printed", "term"]}),
        (
            _("Dates and votes"),
            {
                "fields": [
                    ("start", "start_precision"),
                    ("is_former", "end", "end_precision", "end_reason"),
                    ("seen_on", "seen_precision"),
                    ("votes_for", "votes_cast"),
                ]
            },
        ),
        (_("Source"), {"fields": ["source"]}),
    ]

    @admin.display(description=_("office"), ordering="office")
    def office_words(self, membership):
        return membership.office_words

    @admin.display(description=_("organ"), ordering="body__name")
    def body_name(self, membership):
        return str(membership.body)


class SharedAdmin(ChamberScopedAdmin, PublishableAdmin):
    """People and partners belong to all chambers: named by every editor, changed by few."""

    owner = None

    def nameable(self, user, db_field):
        """Offer what is public, what the user may change, and what they have just entered; no draft of another."""
        if user.is_superuser:
            return Q()
        public = Q(pk__in=self.model._default_manager.published().values("pk"))
        return public | self._mine(user) | entered_by(user, self.model)


class PersonCitationInline(CitationInline):
    model = PersonCitation


@admin.register(Person)
class PersonAdmin(SharedAdmin):
    list_display = ["name", "latin_name", "number", "state_now", "published_at"]
    list_filter = ["state"]
    search_fields = ["sort_key", "name", "latin_name", "aliases"]
    readonly_fields = ["number"]
    inlines = [MembershipInline, PersonCitationInline]
    fieldsets = [
        (None, {"fields": [("name", "latin_name", "number"), "aliases"]}),
        PublishableAdmin.publication,
    ]


@admin.register(Organisation)
class OrganisationAdmin(SharedAdmin):
    list_display = ["name", "short_name", "kind", "number", "state_now"]
    list_filter = ["state", "kind"]
    search_fields = ["sort_key", "name", "latin_name", "short_name", "aliases"]
    readonly_fields = ["number"]
    fieldsets = [
        (None, {"fields": ["kind", "name", ("latin_name", "short_name"), "aliases", ("slug", "number"), "site"]}),
        PublishableAdmin.publication,
    ]


@admin.register(Project)
class ProjectAdmin(ChamberScopedAdmin, PublishableAdmin):
    list_display = ["name", chamber_name, "place", "number", "state_now"]
    list_filter = ["state", ("chamber", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["chamber"]
    search_fields = ["sort_key", "name", "place"]
    autocomplete_fields = ["chamber", "province"]
    readonly_fields = ["number"]
    fieldsets = [
        (None, {"fields": ["chamber", "name", ("slug", "number"), "description"]}),
        (_("Where"), {"fields": [("place", "province")]}),
        PublishableAdmin.publication,
    ]


@admin.register(Editorship)
class EditorshipAdmin(RecordAdmin):
    """Administrators only: an editor could otherwise give themselves another chamber."""

    list_display = ["user", chamber_name, "role"]
    list_filter = ["role", ("chamber", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "chamber"]
    search_fields = ["user__username", "user__last_name", "chamber__short_name"]
    autocomplete_fields = ["user", "chamber"]
    fields = ["user", "chamber", "role"]

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_module_permission(request)
