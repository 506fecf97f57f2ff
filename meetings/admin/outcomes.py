"""The outcomes of a whole agenda on one screen: the same for all, then the exceptions."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from arabic.fields import FoldedIntegerField, NumberTextInput
from meetings.convocation import agenda_is_out, keep_as_sent
from meetings.models import AWAITED_STATUSES, AgendaItem, ItemKind, Majority, Meeting, MeetingStatus, Outcome
from publishing.admin.records import number_limits
from publishing.admin.rows import RowForm
from publishing.admin.tasks import Task

from .agenda import AgendaItemFormSet
from .cautions import MEANT, is_ahead, is_result

VOTES = ("votes_for", "votes_against", "votes_abstained")
# What is told or heard is put to no vote: «adopted for all» leaves it to its editor.
WITHOUT_VOTE = {ItemKind.PRESENTATION, ItemKind.MISCELLANEOUS}
FOR_ALL = {"adopt": "", "adopt-unanimously": Majority.UNANIMOUS}
NOT_HELD = (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)
CONFIRM = _("This meeting is still ahead. Tick the box below the title if its outcomes are known all the same.")


class HeldForm(forms.ModelForm):
    """Whether the meeting took place, and that outcomes of one still ahead are meant."""

    confirmed = forms.BooleanField(label=MEANT, required=False)

    class Meta:
        model = Meeting
        fields = ["status"]

    def __init__(self, *args, is_ahead=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_ahead:
            del self.fields["confirmed"]


class OutcomeForm(RowForm):
    class Meta:
        model = AgendaItem
        fields = ["outcome", "majority", *VOTES]
        field_classes = dict.fromkeys(VOTES, FoldedIntegerField)
        widgets = dict.fromkeys(VOTES, NumberTextInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # Said once above the rows, and again to who hears them one by one.
            field.help_text = ""
            if name in VOTES:
                field.validators += number_limits(AgendaItem._meta.get_field(name))


class OutcomeFormSet(AgendaItemFormSet):
    """The items as they stand: none comes, goes or moves."""

    def clean(self):
        forms.BaseInlineFormSet.clean(self)
        for form in self.forms:
            if hasattr(form, "cleaned_data"):
                self._count_votes(form)

    def get_queryset(self):
        if not hasattr(self, "_with_sittings"):
            self._with_sittings = super().get_queryset().select_related("sitting")
        return self._with_sittings


Outcomes = forms.inlineformset_factory(
    Meeting, AgendaItem, form=OutcomeForm, formset=OutcomeFormSet, fk_name="meeting", extra=0, can_delete=False,
    max_num=400, absolute_max=400,
)  # fmt: skip


class EnterOutcomes(Task):
    code = "outcomes"
    title = _("Outcomes of the agenda")
    template = "admin/tasks/outcomes.html"

    @property
    def is_ahead(self):
        return is_ahead(self.row)

    def stored_forms(self):
        return self._forms()

    def _forms(self, data=None, **initial):
        # The row itself stays as it is stored: a form that is not saved must not have changed it.
        meeting = Meeting.objects.get(pk=self.row.pk)
        form = HeldForm(data, instance=meeting, is_ahead=self.is_ahead, **initial)
        return form, [Outcomes(data, instance=meeting)]

    def begin(self):
        """Propose that a meeting whose day has come was held."""
        is_due = self.row.date is not None and not self.is_ahead and self.row.status in AWAITED_STATUSES
        self.form, self.formsets = self._forms(**({"initial": {"status": MeetingStatus.HELD}} if is_due else {}))

    def take(self, data, files):
        self.form, self.formsets = self._forms(data)

    def step(self, name):
        if name not in FOR_ALL:
            return name != "save"
        data = self.request.POST.copy()
        for form in self.formsets[0].forms:
            if not data.get(form.add_prefix("outcome")) and form.instance.kind not in WITHOUT_VOTE:
                data[form.add_prefix("outcome")] = Outcome.ADOPTED
                data[form.add_prefix("majority")] = data.get(form.add_prefix("majority")) or FOR_ALL[name]
        self.take(data, None)
        return True

    def is_valid(self):
        is_valid = super().is_valid()
        typed = [form.cleaned_data.get("outcome") for form in self.formsets[0].forms if form.has_changed()]
        is_early = self.is_ahead and any(is_result(one or "") for one in typed)
        if is_early and not self.form.cleaned_data.get("confirmed"):
            self.form.add_error("confirmed", CONFIRM)
            return False
        return is_valid

    def unlikely(self):
        status = self.form.cleaned_data["status"]
        decided = any(is_result(form.instance.outcome) for form in self.formsets[0].forms)
        if decided and status in NOT_HELD:
            words = _("The status of the meeting is «%(status)s», and its items have outcomes: check the status.")
            yield words % {"status": MeetingStatus(status).label}

    def save(self):
        was_out = agenda_is_out(self.row)
        items = self.formsets[0].save()
        if self.form.has_changed():
            self.form.save()
        self.row.refresh_from_db()
        self.note_writer()
        if not was_out:
            keep_as_sent(self.row)
        self.log(*self.admin.construct_change_message(self.request, self.form, self.formsets))
        self.admin.warn_of_hidden_parts(self.request, self.row)
        words = ngettext("%(count)d item was changed.", "%(count)d items were changed.", len(items))
        return words % {"count": len(items)}

    @property
    def done_at(self):
        return super().done_at + "#publication-steps"

    def context(self):
        return {"form": self.form, "formset": self.formsets[0]}
