"""Addresses: includes only; each app owns the lists of its records."""

from django.contrib import admin
from django.urls import include, path

from publishing.views import stored_file

handler400 = "portal.views.bad_request"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("admin/media/<path:name>", admin.site.admin_view(stored_file), name="stored_file"),
    path("admin/", admin.site.urls),
    path("account/", include("accounts.urls")),
    path("", include("meetings.urls")),
    path("", include("articles.urls")),
    path("", include("chambers.urls")),
    path("", include("portal.urls")),
]
