from django.apps import AppConfig


class ArabicConfig(AppConfig):
    name = "arabic"
    label = "arabic"
