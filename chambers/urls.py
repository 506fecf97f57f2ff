"""Addresses of chambers and of those around them."""

from django.urls import path

import publishing.converters  # noqa: F401  (makes <numbered:…> known)

from . import exports, views

app_name = "chambers"

urlpatterns = [
    path("chambers/", views.ChamberList.as_view(), name="list"),
    path("chambers/<slug:chamber>/people/", views.PersonList.as_view(), name="people_of_chamber"),
    path("chambers/<slug:chamber>/offices/", views.OfficeList.as_view(), name="offices"),
    path("people/", views.PersonList.as_view(), name="people"),
    path("people/export.csv", exports.PersonExport.as_view(), name="people_export"),
    path("people/<numbered:number>/", views.person_detail, name="person"),
    path("offices/", views.OfficeList.as_view(), name="all_offices"),
    path("organisations/", views.OrganisationList.as_view(), name="organisations"),
    path("organisations/<numbered:number>/", views.organisation_detail, name="organisation"),
    path("projects/", views.ProjectList.as_view(), name="projects"),
    path("projects/<numbered:number>/", views.project_detail, name="project"),
]
