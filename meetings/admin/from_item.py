"""An agreement that begins with the agenda item that took it up: title, year, chamber and first step are known."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arabic.folding import fold
from chambers.models import Chamber
from meetings.models import AGENDA_STAGES, Agreement, AgreementKind, AgreementParty, AgreementStep, Outcome, Stage
from publishing.admin.tasks import Task, put_errors

# What an agenda asks to do with an agreement is no part of the agreement's name.
_ASKED = re.compile(
    r"^(?:(?:ال)?(?:دراسة|مناقشة|تدارس|عرض|تقديم|مصادقة|موافقة|تصويت)\s*(?:و\s*)?(?:على|حول|عن)?\s*)+(?:مشروع\s+)?(?=\S)"
)
_KINDS = [
    (AgreementKind.ADDENDUM, "ملحق"),
    (AgreementKind.COOPERATION_PROTOCOL, "بروتوكول"),
    (AgreementKind.PROGRAMME_CONTRACT, "عقد برنامج|عقد-برنامج"),
    (AgreementKind.DELEGATED, "منتدب"),
    (AgreementKind.FRAMEWORK, "اطار"),
    (AgreementKind.SPECIFIC, "خاصه"),
    (AgreementKind.PARTNERSHIP, "شراكه"),
]
STAGES = {
    Outcome.ADOPTED: Stage.ADOPTED,
    Outcome.ADOPTED_AS_AMENDED: Stage.ADOPTED,
    Outcome.REJECTED: Stage.REJECTED,
    Outcome.REFERRED: Stage.IN_COMMITTEE,
}


def name_of(title: str) -> str:
    """Return the name of the agreement that the item ``title`` puts to the vote."""
    return _ASKED.sub("", title) or title


def kind_of(title: str) -> str:
    """Return the kind of agreement that the words of ``title`` tell, or an empty string."""
    folded = fold(title)
    return next((kind for kind, words in _KINDS if re.search(words, folded)), "")


class AgreementFromItemForm(forms.Form):
    title = forms.CharField(
        label=Agreement._meta.get_field("title").verbose_name,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    kind = forms.ChoiceField(
        label=Agreement._meta.get_field("kind").verbose_name,
        choices=[("", "–"), *AgreementKind.choices],
        required=False,
    )
    parent_as_named = forms.CharField(
        label=Agreement._meta.get_field("parent_as_named").verbose_name, max_length=250, required=False,
        help_text=_("Of an addendum only."), widget=forms.TextInput(attrs={"dir": "auto", "class": "vTextField"}),
    )  # fmt: skip
    stage = forms.ChoiceField(label=AgreementStep._meta.get_field("stage").verbose_name, choices=Stage)


class AgreementFromItem(Task):
    code = "agreement"
    title = _("Make an agreement from this item")
    template = "admin/tasks/agreement.html"

    @classmethod
    def allows(cls, row_admin, request, row):
        """Who enters agreements of the item's chamber may make one of any item that they see."""
        agreements = row_admin.admin_site._registry[Agreement]
        if not agreements.has_add_permission(request):
            return False
        mine = Chamber.objects.editable_by(request.user, *agreements.roles_for("add"))
        return request.user.is_superuser or mine.filter(pk=row.meeting.chamber_id).exists()

    @classmethod
    def _held(cls, row_admin, request, object_id):
        return row_admin.get_object(request, object_id)

    def state(self):
        """Which agreements the item has already: a colleague may be making the same one."""
        return sorted(self.row.agreement_steps.values_list("agreement_id", flat=True))

    def compared(self, note):
        if note is None or note["state"] != self.state():
            self.notes.append(_("Not saved: this item has another agreement by now. Look below, then confirm."))
        return self.request.POST

    def begin(self):
        item = self.row
        initial = {
            "title": name_of(item.title),
            "kind": kind_of(item.title),
            "stage": self._stage_told,
        }
        self.form = AgreementFromItemForm(initial=initial)

    def take(self, data, files):
        self.form = AgreementFromItemForm(data)

    def step(self, name):
        return name != "save" or bool(self.notes)

    def is_valid(self):
        if not self.form.is_valid():
            return False
        meeting, user = self.row.meeting, self.request.user
        typed = {name: value for name, value in self.form.cleaned_data.items() if name != "stage"}
        self.agreement = Agreement(
            **typed, lead_chamber=meeting.chamber, url_year=meeting.url_year, sort_hint=meeting.sort_on,
            slug=meeting.chamber.slug if meeting.chamber_id else "", created_by=user, changed_by=user,
        )  # fmt: skip
        try:
            self.agreement.full_clean(exclude=["number"])
        except ValidationError as error:
            put_errors(self.form, error)
        return not self.form.errors

    def unlikely(self):
        stage = self.form.cleaned_data["stage"]
        if stage not in (self._stage_told, *AGENDA_STAGES):
            words = _("The outcome of the item is «%(outcome)s», and the stage «%(stage)s»: check the stage.")
            outcome = self.row.get_outcome_display() or _("not entered yet")
            yield words % {"outcome": outcome, "stage": Stage(stage).label}

    @property
    def _stage_told(self):
        """The stage that the outcome of the item tells."""
        return STAGES.get(self.row.outcome, Stage.PROPOSED)

    def save(self):
        self.agreement.save()
        chamber = self.row.meeting.chamber
        if chamber is not None:
            AgreementParty(agreement=self.agreement, position=1, chamber=chamber).save()
        step = AgreementStep(
            agreement=self.agreement, position=1, stage=self.form.cleaned_data["stage"], agenda_item=self.row
        )
        step.full_clean()
        step.save()
        agreements = self.admin.admin_site._registry[Agreement]
        agreements.log_addition(self.request, self.agreement, [{"added": {}}])
        # Its form is where the other parties are named and where it is published.
        self.admin, self.row = agreements, self.agreement
        return _("A draft was made: name its other parties, then publish it.")

    def context(self):
        steps = self.row.agreement_steps.select_related("agreement")
        present = sorted({step.agreement for step in steps}, key=lambda one: one.pk)
        # Its button stands in the form of the meeting, and whoever gives it up goes back there.
        meeting = self.row.meeting
        back = reverse("admin:meetings_meeting_change", args=[meeting.pk])
        return {"form": self.form, "present": present, "opts": meeting._meta, "row": meeting, "back": back}
