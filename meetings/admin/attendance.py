"""Who was there, from those in office on the day: all present, then the exceptions."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from arabic.fields import FoldedIntegerField, NumberTextInput
from chambers.models import BodyKind, Membership
from meetings.models import Attendance, AttendanceRole, AttendanceStatus, Meeting, MeetingKind
from publishing.admin.choices import is_key
from publishing.admin.records import number_limits
from publishing.admin.rows import RowForm
from publishing.admin.tasks import Task

MEMBERS = ("members_in_office", "members_required", "members_present")
# Whose members sit in a meeting that names no organ: the bureau's are members of the assembly too.
ORGANS = {
    MeetingKind.BUREAU: [BodyKind.BUREAU],
    MeetingKind.EXTENDED_BUREAU: [BodyKind.BUREAU],
    MeetingKind.COMMITTEE: [BodyKind.COMMITTEE],
}


class QuorumForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = [*MEMBERS, "quorum_met"]
        field_classes = dict.fromkeys(MEMBERS, FoldedIntegerField)
        widgets = dict.fromkeys(MEMBERS, NumberTextInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in MEMBERS:
            self.fields[name].validators += number_limits(Meeting._meta.get_field(name))


class PersonKey(forms.Field):
    """The person of a row, one of those that the screen shows."""

    widget = forms.HiddenInput
    default_error_messages = {"unknown": _("This person is not among those shown here.")}

    def __init__(self, *, people, **kwargs):
        super().__init__(**kwargs)
        self.people = people

    def prepare_value(self, value):
        return getattr(value, "pk", value)

    def to_python(self, value):
        person = self.people.get(int(value)) if is_key(value) else None
        if person is None:
            raise forms.ValidationError(self.default_error_messages["unknown"], code="unknown")
        return person


class PresenceForm(RowForm):
    """One person's presence; a row of a member is kept only once it says something of them."""

    status = forms.ChoiceField(
        label=Attendance._meta.get_field("status").verbose_name,
        choices=[("", "–"), *AttendanceStatus.choices],
        required=False,
    )

    class Meta:
        model = Attendance
        fields = ["status", "role"]

    def __init__(self, *args, people, offices, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["person"] = PersonKey(people=people)
        key = self.instance.person_id or self["person"].value()
        key = int(key) if is_key(key) else None
        self.named = people.get(key)
        self.office = self.instance.office or offices.get(key, "")

    def has_changed(self):
        if self.instance.pk is None:
            return bool(self.data.get(self.add_prefix("status")))
        return super().has_changed()

    def clean_status(self):
        status = self.cleaned_data["status"]
        if self.instance.pk is not None and not status:
            raise forms.ValidationError(_("To take a line out of the attendance, use the form of the meeting."))
        return status

    def _post_clean(self):
        if self.instance.pk is None and "person" in self.cleaned_data:
            self.instance.person = self.cleaned_data["person"]
        super()._post_clean()


class PresenceFormSet(forms.BaseInlineFormSet):
    def get_queryset(self):
        if not hasattr(self, "_of_people"):
            self._of_people = super().get_queryset().filter(person__isnull=False).select_related("person")
        return self._of_people

    def clean(self):
        super().clean()
        places = self.instance.attendances.values_list("position", flat=True)
        last = max(places, default=0)
        taken: set[tuple[object, object]] = set()
        for form in self.forms:
            if form.instance.pk is None and not form.has_changed():
                continue
            line = form.instance.person_id, form.cleaned_data.get("role", form.instance.role)
            if line in taken:
                form.add_error("role", _("This person has two lines with this role."))
            taken.add(line)
        for form in self.extra_forms:
            if form.has_changed():
                last += 1
                form.instance.position = last


class EnterAttendance(Task):
    code = "attendance"
    title = _("Attendance of the members")
    template = "admin/tasks/attendance.html"

    def members(self):
        """Return the offices held on the day of the meeting in its organ, those of the bureau first."""
        if not hasattr(self, "_members"):
            held = Membership.objects.in_office_on(self.row.date, self.row.term).select_related("person", "body")
            if self.row.body_id:
                organs = [self.row.body.kind] if self.row.body.kind != BodyKind.ASSEMBLY else []
                held = held.filter(body=self.row.body) if organs else held
            else:
                organs = ORGANS.get(self.row.kind, [])
            kinds = organs or [BodyKind.BUREAU, BodyKind.ASSEMBLY]
            held = held.filter(body__chamber=self.row.chamber, body__kind__in=kinds)
            self._members = sorted(held, key=lambda one: (kinds.index(one.body.kind), one.pk))
        return self._members

    def stored_forms(self):
        return self._forms()

    def _forms(self, data=None):
        meeting = Meeting.objects.get(pk=self.row.pk)
        there = {
            row.person_id: row.person for row in meeting.attendances.exclude(person=None).select_related("person")
        }
        offices = {one.person_id: one.office_words for one in reversed(self.members())}
        people = {one.person_id: one.person for one in self.members()} | there
        missing = [key for key in offices if key not in there]
        # In the order of the offices, which the dictionary has from behind.
        missing = [key for key in dict.fromkeys(one.person_id for one in self.members()) if key in missing]
        presence = forms.inlineformset_factory(
            Meeting, Attendance, form=PresenceForm, formset=PresenceFormSet, extra=len(missing), can_delete=False,
            max_num=400, absolute_max=400,
        )  # fmt: skip
        formset = presence(
            data,
            instance=meeting,
            initial=[{"person": key, "role": AttendanceRole.MEMBER} for key in missing],
            form_kwargs={"people": people, "offices": offices},
        )
        return QuorumForm(data, instance=meeting), [formset]

    def take(self, data, files):
        self.form, self.formsets = self._forms(data)

    def step(self, name):
        if name != "all-present":
            return name != "save"
        data = self.request.POST.copy()
        for form in self.formsets[0].forms:
            if not data.get(form.add_prefix("status")):
                data[form.add_prefix("status")] = AttendanceStatus.PRESENT
        self.take(data, None)
        return True

    def unlikely(self):
        told = {AttendanceStatus.PRESENT, AttendanceStatus.REMOTE, AttendanceStatus.ABSENT}
        statuses = [form.instance.status for form in self.formsets[0].forms if form.instance.pk or form.has_changed()]
        if told & {*statuses} and self.row.date is not None and self.row.date > timezone.localdate():
            yield _("The meeting is still ahead, and who was there is entered already: check its date.")
        count = sum(status in (AttendanceStatus.PRESENT, AttendanceStatus.REMOTE) for status in statuses)
        present = self.form.instance.members_present
        if present is not None and count > present:
            words = _("More people are marked present (%(count)d) than «%(field)s» says (%(present)d).")
            field = Meeting._meta.get_field("members_present").verbose_name
            yield words % {"count": count, "field": field, "present": present}

    def save(self):
        rows = self.formsets[0].save()
        if self.form.has_changed():
            self.form.save()
        self.row.refresh_from_db()
        self.note_writer()
        self.log(*self.admin.construct_change_message(self.request, self.form, self.formsets))
        words = ngettext("%(count)d line of the attendance.", "%(count)d lines of the attendance.", len(rows))
        return words % {"count": len(rows)}

    def context(self):
        others = self.row.attendances.filter(person__isnull=True).count()
        return {"form": self.form, "formset": self.formsets[0], "others": others, "members": self.members()}
