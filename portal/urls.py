"""Addresses of the pages that show several apps."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from . import figures, previews, searching, share, styleguide, views
from .sitemaps import SITEMAPS

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("share/portal.png", share.portal_card, name="card"),
    path("share/<str:family>.png", share.family_card, name="family_card"),
    path("share/meetings/<int:year>/<slug:slug>.png", share.meeting_card, name="meeting_card"),
    path("search/", searching.results, name="search"),
    path("search/suggest/", searching.suggestions, name="search_suggest"),
    path("search/opensearch.xml", searching.opensearch, name="opensearch"),
    path("figures/", figures.figures, name="figures"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("chambers/<slug:chamber>/", views.chamber_detail, name="chamber"),
    path("preview/<str:signed>/", previews.preview, name="preview"),
    path("preview/<str:signed>/file/", previews.preview_file, name="preview_file"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
]
