"""What is not public yet, and the form that leaves it so for those who do not publish."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from publishing.models import PublicationState

from .records import RecordForm

HELD_BACK = (PublicationState.DRAFT, PublicationState.IN_REVIEW)


class HeldBackForm(RecordForm):
    """Refuse what makes a record public, from a user who does not decide that for the chamber it belongs to.

    The admin fills in the attributes; a form that none has filled in refuses nothing.
    """

    # Whether the user publishes this row, and the rows of this chamber.
    may_publish: ClassVar[Callable[[Any], bool] | None] = None
    may_publish_for: ClassVar[Callable[[Any], bool] | None] = None
    # The foreign key that says whose the record is, and what is filled in to make a record public.
    owner: ClassVar[str | None] = None
    publication_fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        state = self.fields.get("state")
        row = self.instance if self.instance.pk else None
        if state is None or self.may_publish is None or self.may_publish(row):
            return
        kept = {*HELD_BACK, self.instance.state}
        state.choices = [(value, name) for value, name in state.choices if value in kept]
        state.error_messages["invalid_choice"] = _(
            "Editors and managers of the chamber publish and withdraw: save a draft, or send it for review."
        )

    def clean(self):
        cleaned = super().clean()
        owner = self.owner
        moved = owner in self.changed_data
        if self.may_publish_for is None or not (moved or "state" in self.fields):
            return cleaned
        chamber = self.cleaned_data.get(owner) if owner in self.fields else getattr(self.instance, owner or "", None)
        if (owner in self.fields and owner in self.errors) or self.may_publish_for(chamber):
            return cleaned
        state = self.cleaned_data.get("state", self.instance.state)
        if (moved or "state" in self.changed_data) and state not in HELD_BACK:
            self.add_error(
                "state" if "state" in self.fields else owner,
                _("You do not publish for this chamber: save a draft, or send it for review."),
            )
        for name in self.publication_fields:
            if name != "state" and name in self.changed_data and self.cleaned_data.get(name):
                self.add_error(name, _("This is for the editors and managers of the chamber to fill in."))
        return cleaned
