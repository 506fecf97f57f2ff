from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("news")

    def ready(self):
        from search.upkeep import register

        from .search import SEARCHABLES

        register(*SEARCHABLES)
