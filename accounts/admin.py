"""Who signs in, and which chambers they edit."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin

from .models import User


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
    autocomplete_fields = ["groups"]
    filter_horizontal = ["user_permissions"]
    readonly_fields = ["last_login", "date_joined"]
    inlines = [EditorshipInline]

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
