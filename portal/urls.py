"""Addresses of the pages that show several apps."""

from django.urls import path

from . import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("chambers/<slug:chamber>/", views.chamber_detail, name="chamber"),
    path("robots.txt", views.robots, name="robots"),
]
