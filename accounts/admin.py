"""Who signs in, which chambers they edit, and what happened to their accounts."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import second_factor, sessions
from .events import record
from .models import SecurityEvent, SecurityEventKind, User

# Each account's own page shows these; the keys of second factors and of sessions are nobody else's to read.
for model in (EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)
admin.site.unregister(Group)

RIGHTS = {"is_active", "is_staff", "is_superuser", "email", "username"}


class EditorshipInline(admin.StackedInline):
    model = User._meta.get_field("editorships").related_model
    autocomplete_fields = ["chamber"]
    fields = [("chamber", "role")]
    extra = 0


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Administrators only: whoever may change a user could otherwise make themselves one."""

    list_display = ["username", "first_name", "last_name", "email", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "editorships__role"]
    # Rights follow from the roles below, so neither groups nor single permissions would give any.
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Personal info"), {"fields": [("first_name", "last_name"), "email"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Important dates"), {"fields": [("last_login", "date_joined")]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    inlines = [EditorshipInline]
    actions = ["remove_second_factor", "end_sessions"]

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    has_add_permission = has_view_permission

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)

    def get_inlines(self, request, obj):
        # The first page asks for a name and a password only.
        return super().get_inlines(request, obj) if obj else []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        changed = RIGHTS.intersection(form.changed_data)
        if change and changed:
            labels = [str(form.fields[name].label) for name in form.changed_data if name in changed]
            record(
                SecurityEventKind.RIGHTS_CHANGED,
                form.instance,
                request=request,
                by=request.user,
                detail="، ".join(labels),
            )

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            user = self.get_object(request, id)
            record(SecurityEventKind.PASSWORD_CHANGED, user, request=request, by=request.user)
        return response

    @admin.action(description=_("Remove the second factor of the chosen users (lost phone)"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        removed = 0
        for user in queryset:
            if second_factor.remove(user):
                removed += 1
                record(SecurityEventKind.FACTOR_REMOVED, user, request=request, by=request.user)
                sessions.end(UserSession.objects.filter(user=user).exclude(user=request.user), by=request.user)
        said = ngettext("{n} second factor removed.", "{n} second factors removed.", removed).format(n=removed)
        self.message_user(request, said, messages.SUCCESS)

    @admin.action(description=_("End all sessions of the chosen users"), permissions=["change"])
    def end_sessions(self, request, queryset):
        mine = request.session.session_key
        ended = sessions.end(
            UserSession.objects.filter(user__in=queryset).exclude(session_key=mine).select_related("user"),
            by=request.user,
        )
        said = ngettext("{n} session ended.", "{n} sessions ended.", ended).format(n=ended)
        self.message_user(request, said, messages.SUCCESS)


@admin.register(SecurityEvent)
class SecurityEventAdmin(admin.ModelAdmin):
    """To be read by administrators; nobody writes, changes or deletes what happened."""

    list_display = ["at", "kind", "user", "by", "detail", "address", "device"]
    list_filter = ["kind", "at"]
    list_select_related = ["user", "by"]
    search_fields = ["user__username", "user__email", "address"]
    date_hierarchy = "at"
    actions = None

    @admin.display(description=_("browser"))
    def device(self, event):
        return sessions.device(event.agent) if event.agent else ""

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
