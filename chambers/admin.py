"""The admin of chambers and those around them, and the rule that an editor reaches their own chambers only."""

from typing import ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth import get_user_model
from django.core.validators import validate_email
from django.db import router, transaction
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin import (
    HELD_BACK,
    CitationInline,
    Inline,
    PublishableAdmin,
    RecordAdmin,
    RecordForm,
    entered_by,
    remembered,
    roles_of,
)
from publishing.admin.guards import GuardedAdmin
from publishing.admin.imports import TablesAdmin

from .models import (
    PUBLISHERS,
    Annex,
    Body,
    Chamber,
    ChamberCitation,
    EditorRole,
    Editorship,
    Membership,
    Organisation,
    Person,
    PersonCitation,
    Project,
    Province,
    Region,
    Term,
    roles_from,
)
from .tables import MembershipTable, PersonTable

LAST_MANAGER = _("No other manager would be left in this chamber: name one first.")

# The profile of a chamber, its organs and its people are public from the first: its managers keep them.
BY_MANAGERS = {
    "view": EditorRole.CONTRIBUTOR,
    "add": EditorRole.MANAGER,
    "change": EditorRole.MANAGER,
    "delete": EditorRole.MANAGER,
}


class ChamberScopedAdmin(admin.ModelAdmin):
    """Show a user only the rows, and offer only the chambers and records, that their roles reach.

    It stands first in the order of inheritance. A right is asked of the role held in the chamber of the stored row,
    the list is scoped, and ``nameable`` holds foreign keys, many-to-many fields and autocompletion to the same rows.
    """

    # The foreign key that says whose the record is; without it a record is the administrators'.
    owner: str | None = "chamber"
    # The foreign key through which a record without ``owner`` has its chamber.
    holder: str | None = None
    # The foreign key to the record together with which the rows are public, or None if they have a state themselves.
    public_with: str | None = None
    # The least role for each act; an act that is not named is the administrators'.
    least_role: ClassVar[dict[str, str]] = {
        "view": EditorRole.CONTRIBUTOR,
        "add": EditorRole.CONTRIBUTOR,
        "change": EditorRole.CONTRIBUTOR,
        "delete": EditorRole.EDITOR,
    }

    def roles_for(self, act: str) -> list[str]:
        return roles_from(self.least_role[act]) if act in self.least_role else []

    def reach(self, user, act: str = "view") -> Q:
        """Return the condition on the rows for which ``user`` may ``act``; contributors leave alone what is out."""
        if user.is_superuser:
            return Q()
        roles = self.roles_for(act)
        if act in ("change", "delete") and EditorRole.CONTRIBUTOR in roles:
            state = f"{self.public_with}__state" if self.public_with else "state"
            return self._rows_of(user, *PUBLISHERS) | self._rows_of(user, *roles) & Q(**{f"{state}__in": HELD_BACK})
        return self._rows_of(user, *roles)

    def _rows_of(self, user, *roles) -> Q:
        rows = self.model._default_manager
        return Q(pk__in=(rows.editable_by(user, *roles) if roles else rows.none()).values("pk"))

    def may(self, request, act, obj=None):
        if super().may(request, act, obj):
            return True
        if roles_of(request).isdisjoint(self.roles_for(act)):
            return False
        if obj is None:
            return True
        # What was posted may have moved the row in memory: the stored one decides.
        stored = self.model._default_manager.filter(self.reach(request.user, act), pk=obj.pk)
        return remembered(request, (self.opts.label, act, obj.pk), stored.exists)

    def may_take_back(self, request):
        roles, everything = self.roles_for("delete"), super().may_take_back(request)
        if everything is not None or not self.owner or roles_of(request).isdisjoint(roles):
            return everything
        return Q(owner__in=Chamber.objects.editable_by(request.user, *roles).values("pk"))

    def may_publish(self, request, row=None):
        """Say whether the user decides when ``row`` is public; without one, whether they do so of any record."""
        if request.user.is_superuser:
            return True
        if row is None:
            return not roles_of(request).isdisjoint(PUBLISHERS)
        mine = self.model._default_manager.filter(self._rows_of(request.user, *PUBLISHERS), pk=row.pk)
        return remembered(request, ("publishes", self.model, row.pk), mine.exists)

    def may_publish_for(self, request, chamber=None):
        """Say whether the user decides when the records of ``chamber`` are public."""
        if request.user.is_superuser:
            return True
        chambers = Chamber.objects.publishable_by(request.user)
        return chambers.exists() if chamber is None else chambers.filter(pk=chamber.pk).exists()

    def get_queryset(self, request):
        return super().get_queryset(request).filter(self.reach(request.user))

    def nameable(self, user, db_field):
        """Offer what the user reaches; to what a record hangs on, only what the role to add that record reaches."""
        source, mine = self.admin_site._registry.get(db_field.model), self.reach(user)
        if isinstance(source, ChamberScopedAdmin) and not user.is_superuser:
            if db_field.name == source.public_with:
                mine &= self.reach(user, "change")
            elif db_field.name in (source.owner, source.holder):
                mine &= self._rows_of(user, *source.roles_for("add"))
        return super().nameable(user, db_field) & mine

    def get_deleted_objects(self, objs, request):
        """Of what stands in the way, name only what the user reaches."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        if protected and not request.user.is_superuser:
            collector = NestedObjects(using=router.db_for_write(self.model))
            collector.collect(objs)
            protected = [_named_for(request.user, row) for row in collector.protected]
        return to_delete, counts, missing, protected

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == self.owner and not request.user.is_superuser:
            kwargs["required"] = True
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """Choose the chamber beforehand for whoever edits only one."""
        initial = super().get_changeform_initial_data(request)
        if self.owner and not request.user.is_superuser:
            chambers = Chamber.objects.editable_by(request.user, *self.roles_for("add"))
            mine = chambers.values_list("pk", flat=True)[:2]
            if len(mine) == 1:
                initial.setdefault(self.owner, mine[0])
        return initial


def _named_for(user, row) -> str:
    rows = row._meta.model._default_manager
    if hasattr(rows, "editable_by") and not rows.editable_by(user).filter(pk=row.pk).exists():
        return _("a record of another chamber")
    return f"{capfirst(row._meta.verbose_name)}: {row}"


class LedAdmin(ChamberScopedAdmin):
    """Records of several chambers: each edits them, the one that leads decides when they are public."""

    owner = "lead_chamber"

    def reach(self, user, act="view"):
        led = Q() if user.is_superuser or act != "delete" else Q(lead_chamber__in=Chamber.objects.publishable_by(user))
        return super().reach(user, act) & led

    def may_publish(self, request, row=None):
        return super().may_publish(request, row) and (
            row is None or request.user.is_superuser or self._leads(request.user, row)
        )

    def _leads(self, user, row) -> bool:
        led = self.model._default_manager.filter(pk=row.pk, lead_chamber__in=Chamber.objects.publishable_by(user))
        return led.exists()

    def get_readonly_fields(self, request, obj=None):
        """Leave it to those of the chamber that leads to hand a record on."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None or request.user.is_superuser:
            return fields
        mine = Chamber.objects.editable_by(request.user)
        leads = self.model._default_manager.filter(pk=obj.pk, lead_chamber__in=mine).exists()
        return fields if leads else [*fields, self.owner]


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
    least_role: ClassVar = {"view": EditorRole.CONTRIBUTOR, "change": EditorRole.MANAGER}
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


@admin.register(Annex)
class AnnexAdmin(ChamberScopedAdmin, RecordAdmin):
    least_role = BY_MANAGERS
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
    """The offices a manager may change, or an editor see: those in other chambers stay out of the form."""

    model = Membership
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

    def may(self, request, act, parent=None):
        offices = self.admin_site._registry[Membership]
        return super().may(request, act, parent) and offices.may(request, act)

    def get_queryset(self, request):
        """Read what the user may change, or, if that is nothing, what they may see."""
        offices = self.admin_site._registry[Membership]
        act = "change" if offices.may(request, "change") else "view"
        return super().get_queryset(request).filter(offices.reach(request.user, act))


@admin.register(Body)
class BodyAdmin(ChamberScopedAdmin, RecordAdmin):
    least_role = BY_MANAGERS
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
class MembershipAdmin(TablesAdmin, ChamberScopedAdmin, RecordAdmin):
    table = MembershipTable
    least_role = BY_MANAGERS
    owner = None
    holder = "body"
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
        """Offer what is public, what the user reaches, and what they have just entered; no draft of another."""
        if user.is_superuser:
            return Q()
        public = Q(pk__in=self.model._default_manager.published().values("pk"))
        return public | self.reach(user) | entered_by(user, self.model)


class PersonCitationInline(CitationInline):
    model = PersonCitation


@admin.register(Person)
class PersonAdmin(TablesAdmin, GuardedAdmin, SharedAdmin):
    table = PersonTable
    least_role: ClassVar = {
        "view": EditorRole.CONTRIBUTOR,
        "add": EditorRole.EDITOR,
        "change": EditorRole.EDITOR,
    }
    list_display = ["name", "latin_name", "number", "state_now", "published_at"]
    list_filter = ["state"]
    search_fields = ["sort_key", "name", "latin_name", "aliases"]
    readonly_fields = ["number"]
    inlines = [MembershipInline, PersonCitationInline]
    fieldsets = [
        (None, {"fields": [("name", "latin_name", "number"), "aliases"]}),
        PublishableAdmin.publication,
    ]

    def reach(self, user, act="view"):
        """Leave alone who holds or held an office in another chamber too: to name somebody gives no hold on them."""
        mine = super().reach(user, act)
        if user.is_superuser or act == "view":
            return mine
        own = Membership.objects.editable_by(user, *self.roles_for(act))
        return mine & ~Q(pk__in=Membership.objects.exclude(pk__in=own.values("pk")).values("person"))

    def cautions(self, request, row, before=None):
        if not row.latin_name:
            yield gettext("The name has no Latin spelling, of which the address of its page is made.")


@admin.register(Organisation)
class OrganisationAdmin(SharedAdmin):
    least_role: ClassVar = {}
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


class EditorshipForm(RecordForm):
    """Keep a manager in every chamber that has one, against anybody but an administrator."""

    # Whether the reader may leave a chamber without a manager; their admin says so.
    may_leave_none: ClassVar[bool] = True

    def clean_role(self):
        role = self.cleaned_data["role"]
        lowered = self.instance.role == EditorRole.MANAGER != role
        if self.instance.pk and lowered and not self.may_leave_none and is_last_manager(self.instance):
            raise forms.ValidationError(LAST_MANAGER, code="last_manager")
        return role


class InvitationForm(RecordForm):
    """A role for somebody whom a manager names, without being shown who has an account."""

    who = forms.CharField(
        label=_("e-mail or username"),
        max_length=254,
        help_text=_("An e-mail without an account gets one, and a letter with the way to sign in."),
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "ltr", "autocomplete": "off"}),
    )
    # Set when the letter of the same form was refused by the mail server a moment ago.
    letter_failed: ClassVar[bool] = False

    def clean_who(self):
        who = self.cleaned_data["who"].strip()
        accounts = get_user_model().objects.filter(is_active=True)
        if "@" in who:
            validate_email(who)
            self.accounts = accounts.filter(Q(email__iexact=who) | Q(username__iexact=who))
        else:
            self.accounts = accounts.filter(username=who)
            if not self.accounts:
                raise forms.ValidationError(_("No account has this name: give the e-mail to invite."), code="unknown")
        if self.letter_failed:
            raise forms.ValidationError(_("The letter could not be sent and nothing was saved: try again later."))
        return who

    def clean(self):
        cleaned = super().clean()
        chamber = self.cleaned_data.get("chamber")
        if chamber and "who" not in self.errors and chamber.editorships.filter(user__in=self.accounts).exists():
            self.add_error("who", _("This person has a role in the chamber already: change it there."))
        return cleaned


def is_last_manager(editorship: Editorship) -> bool:
    """Say whether the chamber would have no manager left without this one."""
    is_manager = Editorship.objects.filter(pk=editorship.pk, role=EditorRole.MANAGER).exists()
    return is_manager and not Editorship.objects.of_other_managers(editorship).exists()


@admin.register(Editorship)
class EditorshipAdmin(ChamberScopedAdmin, RecordAdmin):
    """A manager names the editors of their own chamber, and sees of an account only whose it is."""

    least_role: ClassVar = dict.fromkeys(["view", "add", "change", "delete"], EditorRole.MANAGER)
    form = EditorshipForm
    list_display = ["person", chamber_name, "role"]
    list_filter = ["role", ("chamber", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "chamber"]
    search_fields = ["user__username", "user__last_name", "chamber__short_name"]
    autocomplete_fields = ["user", "chamber"]

    @admin.display(description=_("user"), ordering="user__username")
    def person(self, editorship):
        user = editorship.user
        return " – ".join(word for word in (user.get_full_name(), user.get_username()) if word)

    def get_fields(self, request, obj=None):
        if request.user.is_superuser:
            return ["user", "chamber", "role"]
        return ["person", "chamber", "role"] if obj else ["who", "chamber", "role"]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None or request.user.is_superuser else [*fields, "person", "chamber"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if request.user.is_superuser or obj is not None:
            form = super().get_form(request, obj, change, **kwargs)
            form.may_leave_none = request.user.is_superuser
            return form
        form = super().get_form(request, obj, change, **{**kwargs, "form": InvitationForm})
        form.letter_failed = getattr(request, "letter_failed", False)
        return form

    def get_actions(self, request):
        # One by one, each with its own warning: the managers chosen together could be all there are.
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Ask again with the reason at the field if the mail server refused the letter: nothing was saved."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except get_user_model().LetterNotSent:
            request.letter_failed = True
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not change and not request.user.is_superuser:
            obj.user = self._account(request, form)
        super().save_model(request, obj, form, change)
        self._warn_if_none_is_left(request, obj)

    def _account(self, request, form):
        who = form.cleaned_data["who"]
        if "@" in who:
            chamber = form.cleaned_data["chamber"]
            return get_user_model().invite(who, by=request.user, chamber_name=chamber.short_name)
        return form.accounts.get()

    def delete_view(self, request, object_id, extra_context=None):
        """Tell the last manager of a chamber to name another before they go."""
        with transaction.atomic():
            row = self.get_object(request, object_id)
            if row is not None and not request.user.is_superuser and self.has_delete_permission(request, row):
                # Two managers who remove one another at once are judged one after the other.
                Chamber.objects.select_for_update().get(pk=row.chamber_id)
                if is_last_manager(row):
                    self.message_user(request, LAST_MANAGER, messages.ERROR)
                    return redirect("admin:chambers_editorship_change", row.pk)
            return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        chamber = obj.chamber
        super().delete_model(request, obj)
        # Whoever has just removed themselves is not led to the list they no longer see.
        request.__dict__.pop("roles_held", None)
        self._warn_if_none_is_left(request, Editorship(chamber=chamber))

    def response_delete(self, request, obj_display, obj_id):
        """Lead whoever has just given up their last role to their account: the desk is closed to them."""
        response = super().response_delete(request, obj_display, obj_id)
        may_enter = get_user_model().objects.filter(pk=request.user.pk, is_staff=True).exists()
        return response if may_enter else redirect("account")

    def _warn_if_none_is_left(self, request, editorship):
        managers = Editorship.objects.filter(chamber=editorship.chamber_id, role=EditorRole.MANAGER)
        if request.user.is_superuser and not managers.exists():
            words = _("%(chamber)s has no manager now.") % {"chamber": editorship.chamber.short_name}
            self.message_user(request, words, messages.WARNING)
