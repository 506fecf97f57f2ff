"""An agenda pasted as text, or begun from a usual one, looked over line by line and saved in one go."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meetings.agenda_text import MOST_LINES, Line, Remark, Use, joined, leave_out, lines_of, read_agenda, same_words
from meetings.convocation import agenda_is_out, keep_as_sent
from meetings.models import AgendaItem, ItemKind
from meetings.session_templates import templates_for
from publishing.admin.tasks import Task, put_errors

from .agenda import AgendaItemInline

TOO_MANY = _("%(count)d lines, and at most %(most)d are taken at once: paste the agenda in parts.")


class PasteForm(forms.Form):
    """The text, and the usual agenda to begin from."""

    text = forms.CharField(
        label=_("Agenda, one item a line"),
        required=False,
        help_text=_("Numbers, dashes and bullets at the head of a line go by themselves."),
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "class": "vLargeTextField", "autofocus": True}),
    )
    template = forms.ChoiceField(label=_("Begin from a usual agenda"), required=False)

    def __init__(self, *args, templates, **kwargs):
        super().__init__(*args, **kwargs)
        self.templates = {template.code: template for template in templates}
        self.fields["template"].choices = [("", "–"), *((one.code, one.name) for one in templates)]

    def clean(self):
        cleaned = super().clean()
        count = len(lines_of(cleaned.get("text", "")))
        if count > MOST_LINES:
            self.add_error("text", TOO_MANY % {"count": count, "most": MOST_LINES})
        elif not count and not cleaned.get("template") and not self.errors:
            self.add_error("text", _("Paste the agenda here, or choose a usual one."))
        return cleaned


class LineForm(forms.Form):
    """A line as it will be saved."""

    use = forms.ChoiceField(label=_("Use of the line"), choices=Use)
    number = forms.CharField(
        label=AgendaItem._meta.get_field("number").verbose_name,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    title = forms.CharField(
        label=AgendaItem._meta.get_field("title").verbose_name,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    kind = forms.ChoiceField(label=AgendaItem._meta.get_field("kind").verbose_name, choices=ItemKind)
    remark = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def remark_words(self):
        return dict(Remark.choices).get(self["remark"].value(), "")


LineFormSet = forms.formset_factory(LineForm, extra=0, max_num=MOST_LINES + 20, absolute_max=MOST_LINES + 20)


class PasteAgenda(Task):
    code = "agenda"
    title = _("Paste the agenda")
    template = "admin/tasks/paste.html"

    def state(self):
        """What a new item is judged against: the titles that stand on the agenda."""
        return {str(pk): title for pk, title in self.row.items.values_list("pk", "title")}

    def compared(self, note):
        """Added items stand over nothing; whoever added some meanwhile may have added the same."""
        self.agenda_changed = note is None or note["state"] != self.state()
        return self.request.POST

    def _paste_form(self, data=None):
        return PasteForm(data, templates=templates_for(self.row.family_code))

    def begin(self):
        self.form, self.lines = self._paste_form(), None

    def take(self, data, files):
        self.form = self._paste_form(data)
        self.lines = LineFormSet(data, prefix="lines") if "lines-TOTAL_FORMS" in data else None

    def step(self, name):
        if name == "preview" or self.lines is None:
            return self._preview()
        if self.agenda_changed and self.lines.is_valid():
            self.notes.append(_("Not saved: the agenda was changed meanwhile. Look the lines over, then save."))
            self._mark_present()
            return True
        return name != "save"

    def _preview(self):
        if self.form.is_valid():
            present = list(self.row.items.values_list("title", flat=True))
            lines = [*self._from_template(), *read_agenda(self.form.cleaned_data["text"], present)]
            self.lines = LineFormSet(initial=[vars(line) for line in lines], prefix="lines")
        else:
            self.lines = None
        return True

    def _from_template(self):
        template = self.form.templates.get(self.form.cleaned_data["template"])
        year = self.row.session_year or self.row.url_year
        return [Line("", title, kind) for kind, title in template.items_of(year)] if template else []

    def _mark_present(self):
        """Leave out what stands on the agenda by now, everything else as it was typed."""
        lines = [Line(**form.cleaned_data) for form in self.lines]
        present = {same_words(title) for title in self.row.items.values_list("title", flat=True)}
        for place, title in [*joined([(line.use, line.title) for line in lines])]:
            if same_words(title) in present:
                leave_out(lines, place, Remark.ON_AGENDA)
        self.lines = LineFormSet(initial=[vars(line) for line in lines], prefix="lines")

    def is_valid(self):
        if not self.lines.is_valid():
            return False
        # A title is one line, whatever its box was given.
        rows = [(form.cleaned_data["use"], " ".join(form.cleaned_data["title"].split())) for form in self.lines]
        stored = list(self.row.items.values_list("position", flat=True))
        last = max(stored, default=0)
        self.items = []
        for place, title in joined(rows):
            form = self.lines.forms[place]
            values = {name: form.cleaned_data[name] for name in ("number", "kind")}
            item = AgendaItem(meeting=self.row, position=last + len(self.items) + 1, title=title, **values)
            self._check(item, form)
            self.items.append(item)
        if not self.items:
            self.notes.append(_("No line is an item: nothing would be saved."))
        elif len(stored) + len(self.items) > AgendaItemInline.max_num:
            most = AgendaItemInline.max_num
            words = ngettext("An agenda holds at most %(most)d item.", "An agenda holds at most %(most)d items.", most)
            self.notes.append(words % {"most": most})
        return bool(self.items) and not self.notes and not any(self.lines.errors)

    def _check(self, item, form):
        try:
            item.full_clean()
        except ValidationError as error:
            put_errors(form, error, "title")

    def save(self):
        was_out = agenda_is_out(self.row)
        for item in self.items:
            item.save()
        self.note_writer()
        if not was_out:
            keep_as_sent(self.row)
        name = str(AgendaItem._meta.verbose_name)
        self.log(*({"added": {"name": name, "object": item.title}} for item in self.items))
        words = ngettext("%(count)d item was added.", "%(count)d items were added.", len(self.items))
        return words % {"count": len(self.items)}

    @property
    def done_at(self):
        return super().done_at + ("" if agenda_is_out(self.row) else "#publication-steps")

    def context(self):
        uses = [line["use"].value() for line in self.lines or ()]
        return {
            "form": self.form,
            "lines": self.lines,
            "item_count": uses.count(Use.ITEM),
            "left_out_count": uses.count(Use.LEFT_OUT),
            "present": self.row.items.all(),
            "is_out": agenda_is_out(self.row),
        }
