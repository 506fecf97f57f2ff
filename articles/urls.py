"""Addresses of the news."""

from django.urls import path

import publishing.converters  # noqa: F401  (makes <numbered:…> known)

from . import views

app_name = "articles"

urlpatterns = [
    path("news/", views.ArticleList.as_view(), name="list"),
    path("news/<int:year>/<numbered:number>/", views.article_detail, name="detail"),
    path("news/<int:year>/<numbered:number>/picture/", views.article_picture, name="picture"),
    path("chambers/<slug:chamber>/news/", views.ArticleList.as_view(), name="of_chamber"),
]
