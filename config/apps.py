"""The admin site under the portal's own name."""

from django.contrib.admin.apps import AdminConfig


class GhurafAdminConfig(AdminConfig):
    default_site = "config.admin.GhurafAdminSite"
