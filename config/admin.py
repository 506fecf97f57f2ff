"""The editors' site: the stock Django admin with the portal's name and look."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class GhurafAdminSite(admin.AdminSite):
    site_header = _("Ghuraf, the editors' desk")
    site_title = _("Ghuraf")
    index_title = _("Records")
    enable_nav_sidebar = False
