"""Addresses of meetings, decisions, agreements and documents, and of a chamber's sections of them."""

from django.urls import path

import publishing.converters  # noqa: F401  (makes <numbered:…> known)

from . import views

app_name = "meetings"

urlpatterns = [
    path("meetings/", views.MeetingList.as_view(), name="list"),
    path("meetings/calendar/", views.calendar_now, name="calendar_now"),
    path("meetings/calendar/<int:year>/<int:month>/", views.calendar, name="calendar"),
    path("meetings/<int:year>/<slug:slug>/", views.meeting_detail, name="detail"),
    path("meetings/<int:year>/<slug:slug>/calendar.ics", views.meeting_ics, name="ics"),
    path("meetings/<int:year>/<slug:slug>/print/", views.meeting_print, name="print"),
    path("decisions/", views.DecisionList.as_view(), name="decisions"),
    path("agreements/", views.AgreementList.as_view(), name="agreements"),
    path("agreements/<int:year>/<numbered:number>/", views.agreement_detail, name="agreement"),
    path("documents/", views.DocumentList.as_view(), name="documents"),
    path("documents/<numbered:number>/", views.document_detail, name="document"),
    path("documents/<numbered:number>/file/", views.document_file, name="document_file"),
    path("chambers/<slug:chamber>/meetings/", views.MeetingList.as_view(), name="of_chamber"),
    path("chambers/<slug:chamber>/decisions/", views.DecisionList.as_view(), name="decisions_of_chamber"),
    path("chambers/<slug:chamber>/agreements/", views.AgreementList.as_view(), name="agreements_of_chamber"),
    path("chambers/<slug:chamber>/documents/", views.DocumentList.as_view(), name="documents_of_chamber"),
]
