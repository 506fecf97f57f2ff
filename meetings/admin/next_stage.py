"""An agreement moved one stage on: the stage, its day and the paper that shows it."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from arabic.fields import FoldedDateField
from chambers.models import Chamber
from meetings.models import EXIT_STAGES, AgreementStep, Document, DocumentKind, Stage
from publishing.admin.records import PaperField
from publishing.admin.tasks import Task, put_errors
from publishing.models import DatePrecision

from .cautions import unlikely_step

USUAL = [stage for stage in Stage if stage not in EXIT_STAGES]
# What a step needs no approval for is usually left out, so the stage after these is the one that is news.
SHORT_WAY = {Stage.ADOPTED: Stage.SIGNED, Stage.IN_COMMITTEE: Stage.ADOPTED, Stage.PROPOSED: Stage.ADOPTED}


def next_stage(stage: str | None) -> str:
    """Return the stage that usually follows ``stage``; of an agreement without one, its being proposed."""
    if stage is None:
        return Stage.PROPOSED
    if stage in SHORT_WAY or stage not in USUAL:
        return SHORT_WAY.get(stage, Stage.IN_FORCE)
    place = USUAL.index(stage) + 1
    return USUAL[min(place, len(USUAL) - 1)]


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=AgreementStep._meta.get_field("stage").verbose_name, choices=Stage)
    date = FoldedDateField(label=_("date"), required=False, widget=AdminDateWidget(attrs={"dir": "ltr"}))
    date_precision = forms.ChoiceField(
        label=AgreementStep._meta.get_field("date_precision").verbose_name, choices=DatePrecision,
        initial=DatePrecision.DAY,
    )  # fmt: skip
    note = forms.CharField(
        label=AgreementStep._meta.get_field("note").verbose_name, max_length=300, required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "class": "vTextField"}),
    )  # fmt: skip
    document = forms.ModelChoiceField(
        label=_("paper entered already"), queryset=Document.objects.none(), required=False
    )
    file = PaperField(
        label=_("or a new paper"), required=False,
        help_text=_("It is kept as a draft among the papers of the agreement."),
    )  # fmt: skip

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = papers


class NextStage(Task):
    code = "stage"
    title = _("The next stage")
    template = "admin/tasks/stage.html"

    def state(self):
        return [[step.pk, step.stage] for step in self._steps()]

    def _steps(self):
        return list(self.row.steps.select_related("agenda_item__meeting").order_by("position"))

    def compared(self, note):
        if note is None or note["state"] != self.state():
            self.notes.append(_("Not saved: the stages were changed meanwhile, as shown below. Look, then save."))
        return self.request.POST

    def _papers(self):
        papers = self.admin.admin_site._registry[Document]
        return papers.get_queryset(self.request).filter(agreement=self.row).order_by("pk")

    def begin(self):
        steps = self._steps()
        initial = {"stage": next_stage(steps[-1].stage if steps else None)}
        self.form = StageForm(initial=initial, papers=self._papers())

    def take(self, data, files):
        self.form = StageForm(data, files, papers=self._papers())

    def step(self, name):
        return name != "save" or bool(self.notes)

    def is_valid(self):
        self.paper = None
        if not self.form.is_valid():
            return False
        typed = self.form.cleaned_data
        if typed["file"] and typed["document"]:
            self.form.add_error("file", _("Choose a paper entered already, or a new one, not both."))
        last = max(self.row.steps.values_list("position", flat=True), default=0)
        names = ("stage", "date", "date_precision", "note", "document")
        self.stage = AgreementStep(agreement=self.row, position=last + 1, **{name: typed[name] for name in names})
        try:
            self.stage.full_clean()
        except ValidationError as error:
            put_errors(self.form, error)
        if typed["file"] and not self.form.errors:
            self._judge_paper(typed)
        return not self.form.errors

    def unlikely(self):
        yield from unlikely_step(self.stage, self._steps())

    def _judge_paper(self, typed):
        """Judge the new paper by the form of documents, as a draft."""
        papers = self.admin.admin_site._registry[Document]
        names = ["kind", "title", "chamber", "agreement", "file", "state"]
        form = papers.get_form(self.request, None, fields=names)
        stage = self.stage.get_stage_display()
        data = {
            "kind": DocumentKind.AGREEMENT,
            "title": f"{self.row.label} – {stage}"[:250],
            "chamber": self._chamber_of_paper(),
            "agreement": self.row.pk,
            "state": "draft",
        }
        self.paper = form(data, {"file": typed["file"]})
        for name, words in self.paper.errors.items():
            self.form.add_error("file", words if name == "file" else [f"{self.paper[name].label}: {words[0]}"])

    def _chamber_of_paper(self):
        """Return the key of the chamber that leads if its papers are the user's to enter, else that of their party."""
        mine = Chamber.objects.editable_by(self.request.user)
        if self.row.lead_chamber_id is None or mine.filter(pk=self.row.lead_chamber_id).exists():
            return self.row.lead_chamber_id
        return mine.filter(partyships__agreement=self.row).values_list("pk", flat=True).first()

    def save(self):
        user = self.request.user
        if self.paper is not None:
            self.paper.instance.created_by = self.paper.instance.changed_by = user
            self.stage.document = self.paper.save()
        self.stage.save()
        self.note_writer()
        self.log({"added": {"name": str(AgreementStep._meta.verbose_name), "object": str(self.stage)}})
        return _("The agreement is now: %(stage)s.") % {"stage": self.stage.get_stage_display()}

    def context(self):
        return {"form": self.form, "steps": self._steps()}
