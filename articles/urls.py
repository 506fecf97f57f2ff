"""Addresses of the news."""

from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

import publishing.converters  # noqa: F401  (makes <numbered:…> known)

from . import exports, feeds, views

app_name = "articles"

urlpatterns = [
    path("news/", views.ArticleList.as_view(), name="list"),
    path("news/export.csv", exports.ArticleExport.as_view(), name="export"),
    path("feeds/news.xml", require_safe(conditional_page(feeds.ArticleFeed())), name="feed"),
    path("news/<int:year>/<numbered:number>/", views.article_detail, name="detail"),
    path("news/<int:year>/<numbered:number>/picture/", views.article_picture, name="picture"),
    path("news/<int:year>/<numbered:number>/card/", views.article_picture, {"size": "card"}, name="card"),
    path("chambers/<slug:chamber>/news/", views.ArticleList.as_view(), name="of_chamber"),
]
