"""Rows with a form of their own that stand on the pages of other records."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .tasks import hold_back_what_waits


class PartAdmin(admin.ModelAdmin):
    """An admin of rows that other records show: to write one is to write to those, under their rule of two."""

    # The fields that name those records.
    whole_fields: tuple[str, ...] = ()

    def wholes(self, row: Any) -> list[Any]:
        """Return the records that show ``row``."""
        raise NotImplementedError

    def after_writing(self, request: HttpRequest, whole: Any) -> None:
        """Do what is due to ``whole``, which was written to."""

    def save_model(self, request, obj, form, change):  # type: ignore[no-untyped-def]
        moved = change and not {*self.whole_fields}.isdisjoint(form.changed_data)
        stored = self.model._default_manager.filter(pk=obj.pk).first() if moved else None
        super().save_model(request, obj, form, change)
        self.note_writing(request, [*self.wholes(obj), *(self.wholes(stored) if stored else [])])

    def delete_model(self, request, obj):  # type: ignore[no-untyped-def]
        wholes = self.wholes(obj)
        super().delete_model(request, obj)
        self.note_writing(request, wholes)

    def delete_queryset(self, request, queryset):  # type: ignore[no-untyped-def]
        wholes = [whole for row in queryset for whole in self.wholes(row)]
        super().delete_queryset(request, queryset)
        self.note_writing(request, wholes)

    def note_writing(self, request: HttpRequest, wholes: Iterable[Any]) -> None:
        """Write down who wrote to ``wholes``, and leave what waits for its moment there to a second person."""
        for whole in dict.fromkeys(wholes):
            whole.note_writer(request.user)
            hold_back_what_waits(self.admin_site._registry[type(whole)], request, whole)
            self.after_writing(request, whole)
