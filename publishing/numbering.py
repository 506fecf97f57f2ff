"""Serial numbers of records: what stands in a URL, given once and never again."""

from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from .models import SerialNumber


def next_number(model: type[models.Model]) -> int:
    """Return the next unused number of ``model``; two writers at once wait for each other.

    Must run inside the transaction that stores the record.
    """
    row, _created = SerialNumber.objects.get_or_create(kind=model._meta.label_lower)
    row = SerialNumber.objects.select_for_update().get(pk=row.pk)
    highest = model._default_manager.aggregate(highest=Max("number"))["highest"] or 0
    row.last = max(row.last, highest) + 1
    row.save(update_fields=["last"])
    return row.last


def keep_number(model: type[models.Model], number: int) -> None:
    """Remember that ``number`` is given, so that it stays used up when its record is deleted."""
    row, _created = SerialNumber.objects.get_or_create(kind=model._meta.label_lower)
    SerialNumber.objects.filter(pk=row.pk, last__lt=number).update(last=number)


class Numbered(models.Model):
    """A record whose URL holds a serial number, given when it is first saved."""

    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A serial number is no rule: whoever writes rows in bulk gives the numbers along, the column is unique.
        with transaction.atomic():
            if self.number is None:
                self.number = next_number(type(self))
            elif self._state.adding:
                keep_number(type(self), self.number)
            super().save(*args, **kwargs)
