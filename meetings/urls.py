"""Addresses of meetings, decisions, agreements and documents, and of a chamber's sections of them."""

from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

import publishing.converters  # noqa: F401  (makes <numbered:…> known)

from . import exports, feeds, views

app_name = "meetings"

urlpatterns = [
    path("meetings/", views.MeetingList.as_view(), name="list"),
    path("meetings/export.csv", exports.MeetingExport.as_view(), name="export"),
    path("meetings/calendar.ics", views.calendar_feed, name="calendar_feed"),
    path("meetings/calendar/", views.calendar_now, name="calendar_now"),
    path("meetings/calendar/<int:year>/<int:month>/", views.calendar, name="calendar"),
    path("meetings/<int:year>/<slug:slug>/", views.meeting_detail, name="detail"),
    path("meetings/<int:year>/<slug:slug>/calendar.ics", views.meeting_ics, name="ics"),
    path("meetings/<int:year>/<slug:slug>/print/", views.meeting_print, name="print"),
    path("feeds/meetings.xml", require_safe(conditional_page(feeds.MeetingFeed())), name="feed"),
    path("feeds/decisions.xml", require_safe(conditional_page(feeds.DecisionFeed())), name="decisions_feed"),
    path("feeds/agreements.xml", require_safe(conditional_page(feeds.AgreementFeed())), name="agreements_feed"),
    path("decisions/", views.DecisionList.as_view(), name="decisions"),
    path("decisions/export.csv", exports.DecisionExport.as_view(), name="decisions_export"),
    path("agreements/", views.AgreementList.as_view(), name="agreements"),
    path("agreements/export.csv", exports.AgreementExport.as_view(), name="agreements_export"),
    path("agreements/<int:year>/<numbered:number>/", views.agreement_detail, name="agreement"),
    path("documents/", views.DocumentList.as_view(), name="documents"),
    path("documents/export.csv", exports.DocumentExport.as_view(), name="documents_export"),
    path("documents/<numbered:number>/", views.document_detail, name="document"),
    path("documents/<numbered:number>/file/", views.document_file, name="document_file"),
    path("chambers/<slug:chamber>/meetings/", views.MeetingList.as_view(), name="of_chamber"),
    path("chambers/<slug:chamber>/decisions/", views.DecisionList.as_view(), name="decisions_of_chamber"),
    path("chambers/<slug:chamber>/agreements/", views.AgreementList.as_view(), name="agreements_of_chamber"),
    path("chambers/<slug:chamber>/documents/", views.DocumentList.as_view(), name="documents_of_chamber"),
]
