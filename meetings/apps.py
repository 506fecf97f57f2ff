from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("meetings and agreements")

    def ready(self):
        from search.upkeep import register

        from .search import SEARCHABLES

        register(*SEARCHABLES)
