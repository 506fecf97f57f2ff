"""A new draft after an earlier meeting: its chamber, kind, place and agenda, and nothing of what was decided."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from arabic.fields import FoldedDateField, FoldedIntegerField
from chambers.models import Chamber
from meetings.models import AgendaItem, Meeting, MeetingStatus
from publishing.admin.tasks import Task, put_errors

from .addresses import propose_slug
from .cautions import unlikely_day

# What the next meeting of the same kind usually has in common with the last one.
KEPT = ("chamber", "family", "kind", "body", "term", "venue", "city", "province", "annex", "mode")


def _label(name):
    return Meeting._meta.get_field(name).verbose_name


class CopyForm(forms.Form):
    title = forms.CharField(
        label=_label("title"), max_length=250, widget=forms.TextInput(attrs={"dir": "auto", "class": "vTextField"})
    )
    session_year = FoldedIntegerField(label=_label("session_year"), required=False)
    session_month = forms.TypedChoiceField(
        label=_label("session_month"),
        choices=[("", "–"), *dates.MONTHS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    session_ordinal = FoldedIntegerField(label=_label("session_ordinal"), required=False)
    date = FoldedDateField(label=_label("date"), required=False, widget=AdminDateWidget(attrs={"dir": "ltr"}))
    with_agenda = forms.BooleanField(
        label=_("Copy the agenda too"),
        required=False,
        initial=True,
        help_text=_("Only numbers, titles and kinds: look over the years that stand in titles."),
    )


class CopyMeeting(Task):
    code = "copy"
    title = _("Copy as a new meeting")
    template = "admin/tasks/copy.html"

    @classmethod
    def allows(cls, row_admin, request, row):
        """Who enters meetings of this chamber copies any that they see."""
        if not row_admin.has_add_permission(request):
            return False
        mine = Chamber.objects.editable_by(request.user, *row_admin.roles_for("add"))
        return request.user.is_superuser or mine.filter(pk=row.chamber_id).exists()

    @classmethod
    def _held(cls, row_admin, request, object_id):
        return row_admin.get_object(request, object_id)

    def state(self):
        return None

    def compared(self, note):
        """A copy stands over nothing."""
        return self.request.POST

    def begin(self):
        row, year = self.row, self.row.session_year
        title = row.title.replace(str(year), str(year + 1)) if year else row.title
        initial = {
            "title": title,
            "session_year": year + 1 if year else None,
            "session_month": row.session_month,
            "session_ordinal": row.session_ordinal,
        }
        self.form = CopyForm(initial=initial)

    def take(self, data, files):
        self.form = CopyForm(data)

    def is_valid(self):
        if not self.form.is_valid():
            return False
        typed = {name: value for name, value in self.form.cleaned_data.items() if name != "with_agenda"}
        date, user = typed["date"], self.request.user
        year = typed["session_year"] or (date.year if date else None)
        if year is None:
            self.form.add_error("session_year", _("Give the year of the session, or the date."))
            return False
        self.copy = Meeting(
            **{name: getattr(self.row, name) for name in KEPT}, **typed, url_year=year,
            status=MeetingStatus.SCHEDULED, created_by=user, changed_by=user,
        )  # fmt: skip
        try:
            self.copy.full_clean(exclude=["slug"])
            self.copy.slug = propose_slug(self.copy)
            self.copy.full_clean()
        except ValidationError as error:
            put_errors(self.form, error)
        return not self.form.errors

    def unlikely(self):
        if self.copy.date is not None:
            yield from unlikely_day(self.copy.date, self.copy.date_precision, session_year=self.copy.session_year)

    def save(self):
        self.copy.save()
        if self.form.cleaned_data["with_agenda"]:
            for place, item in enumerate(self.row.items.all(), start=1):
                AgendaItem(
                    meeting=self.copy, position=place, number=item.number, title=item.title, kind=item.kind
                ).save()
        self.admin.log_addition(self.request, self.copy, [{"added": {}}])
        self.row = self.copy
        return _("A draft was made: look it over, then publish it.")

    def context(self):
        return {"form": self.form, "count": self.row.items.count()}
