"""A meeting put off or called off, with its reason: the old call is kept as a sitting, calendars and feeds follow."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTimeWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from arabic.fields import FoldedDateField, FoldedTimeField
from meetings.models import AWAITED_STATUSES, Meeting, MeetingStatus, Sitting, SittingStatus
from publishing.admin.tasks import Task, hold_back_what_waits, put_errors
from publishing.models import DatePrecision

from .cautions import unlikely_new_day

NOT_AWAITED = _("Only a meeting that is still to be held can be put off or called off: this one is «%(status)s».")
# Of the call given up, what its sitting keeps.
OF_THE_CALL = ("date", "date_precision", "time", "time_as_printed", "venue", "city")


class Act(models.TextChoices):
    NEW_DAY = "new_day", _("put off to a new day")
    NO_DAY = "no_day", _("put off without a new day")
    CANCEL = "cancel", _("called off")


class PostponeForm(forms.Form):
    act = forms.ChoiceField(label=_("What happened"), choices=Act, widget=forms.RadioSelect, initial=Act.NEW_DAY)
    date = FoldedDateField(label=_("new day"), required=False, widget=AdminDateWidget(attrs={"dir": "ltr"}))
    time = FoldedTimeField(label=_("new time"), required=False, widget=AdminTimeWidget(attrs={"dir": "ltr"}))
    reason = forms.CharField(
        label=_("reason"), max_length=300, help_text=_("Shown to the public."),
        widget=forms.TextInput(attrs={"dir": "auto", "class": "vTextField"}),
    )  # fmt: skip

    def __init__(self, *args, old_day=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.old_day = old_day

    def clean(self):
        cleaned = super().clean()
        act, day = cleaned.get("act"), cleaned.get("date")
        if act == Act.NEW_DAY and "date" not in self.errors:
            if day is None:
                self.add_error("date", _("Give the new day, or choose «put off without a new day»."))
            elif day == self.old_day:
                self.add_error("date", _("This is the old day: give the new one."))
        elif act != Act.NEW_DAY and day is not None:
            self.add_error("date", _("A new day goes with «put off to a new day» only: empty it, or choose that."))
        return cleaned


class Postpone(Task):
    code = "postpone"
    title = _("Put off or call off")
    template = "admin/tasks/postpone.html"

    @classmethod
    def suits(cls, row):
        return row.status in AWAITED_STATUSES

    def state(self):
        day = self.row.date.isoformat() if self.row.date else ""
        return {"date": day, "time": str(self.row.time or ""), "status": self.row.status}

    def compared(self, note):
        if note is None or note["state"] != self.state():
            self.notes.append(
                _("Not saved: date or status were changed meanwhile, as shown below. Look, then confirm.")
            )
        return self.request.POST

    def begin(self):
        self.form = PostponeForm(old_day=self.row.date)

    def take(self, data, files):
        self.form = PostponeForm(data, old_day=self.row.date)

    def step(self, name):
        return name != "save" or bool(self.notes)

    def is_valid(self):
        if not self.suits(self.row):
            self.notes.append(NOT_AWAITED % {"status": self.row.get_status_display()})
        if not self.form.is_valid() or self.notes:
            return False
        self.sitting = self._given_up()
        self._put_off()
        try:
            if self.sitting is not None:
                self.sitting.full_clean()
            self.row.full_clean()
        except ValidationError as error:
            put_errors(self.form, error)
        return not self.form.errors

    def unlikely(self):
        if self.row.date is not None and self.row.status == MeetingStatus.POSTPONED:
            yield from unlikely_new_day(self.row.date, self.form.old_day)

    def _given_up(self):
        """Return the call that is given up, where it had a day; one that is called off stays the meeting's own."""
        if self.row.date is None or self.form.cleaned_data["act"] == Act.CANCEL:
            return None
        last = max(self.row.sittings.values_list("position", flat=True), default=0)
        kept = {name: getattr(self.row, name) for name in OF_THE_CALL}
        reason = self.form.cleaned_data["reason"]
        return Sitting(meeting=self.row, position=last + 1, status=SittingStatus.SUPERSEDED, reason=reason, **kept)

    def _put_off(self):
        typed, row = self.form.cleaned_data, self.row
        row.status_reason, row.changed_by = typed["reason"], self.request.user
        if typed["act"] == Act.CANCEL:
            row.status = MeetingStatus.CANCELLED
            return
        # Without a day lists still place it where it was.
        row.sort_hint = row.sort_hint or row.date
        row.status, row.date, row.time = MeetingStatus.POSTPONED, typed["date"], typed["time"]
        row.date_precision = DatePrecision.DAY
        row.end_date = row.end_time = None
        row.time_as_printed = row.end_time_as_printed = ""

    def save(self):
        if self.sitting is not None:
            self.sitting.save()
        self.row.save()
        hold_back_what_waits(self.admin, self.request, self.row)
        names = [str(Meeting._meta.get_field(name).verbose_name) for name in ("status", "date", "status_reason")]
        self.log({"changed": {"fields": names}})
        if self.row.status == MeetingStatus.CANCELLED:
            return _("The meeting is called off. Calendars and feeds follow.")
        if self.row.date is None:
            return _("The meeting is put off without a new day. Calendars and feeds follow.")
        words = _("The meeting is put off to %(day)s. Calendars and feeds follow.")
        return words % {"day": date_format(self.row.date, "DATE_FORMAT")}

    def context(self):
        stored = Meeting.objects.get(pk=self.row.pk)
        return {"form": self.form, "stored": stored, "today": timezone.localdate()}
