"""Addresses of the news."""

from django.urls import path, register_converter

from publishing.converters import NumberedConverter

from . import views

register_converter(NumberedConverter, "numbered")

app_name = "articles"

urlpatterns = [
    path("news/", views.ArticleList.as_view(), name="list"),
    path("news/<int:year>/<numbered:number>/", views.article_detail, name="detail"),
    path("chambers/<slug:chamber>/news/", views.ArticleList.as_view(), name="of_chamber"),
]
