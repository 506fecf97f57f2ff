"""What is said and asked for in a meeting: talks, recommendations, notes on projects."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chambers.models import Organisation, Person, Project
from publishing.fields import LinesField
from publishing.models import DatePrecision, PlacedErrors, Source

from .meetings import Meeting, OfMeetingQuerySet


class TalkKind(models.TextChoices):
    SPEECH = "speech", _("speech")
    TALK = "talk", _("talk")
    READING = "reading", _("reading of a message")
    REPORT = "report", _("report")
    CEREMONY = "ceremony", _("handing over of certificates")
    DEBATE = "debate", _("debate")
    CLOSING = "closing", _("closing words")


class PartOfMeetingQuerySet(OfMeetingQuerySet):
    def get_by_natural_key(self, url_year, slug, position):
        return self.get(meeting__url_year=url_year, meeting__slug=slug, position=position)


class Talk(PlacedErrors):
    """A contribution to a meeting, in the order they were heard."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="talks", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=TalkKind, default=TalkKind.TALK)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="talks", null=True, blank=True, verbose_name=_("speaker")
    )
    office = models.CharField(_("office of the speaker"), max_length=200, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="talks", null=True, blank=True, verbose_name=_("organisation")
    )
    title = models.CharField(_("subject"), max_length=250, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    points = LinesField(_("points"), help_text=_("One a line, in order."))

    objects = PartOfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="talk_position_once"),
            models.CheckConstraint(condition=Q(kind__in=TalkKind.values), name="talk_kind_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(office="") | ~Q(title=""),
                name="talk_has_speaker_or_subject",
                violation_error_message=_("Give the speaker, the office or the subject."),
            ),
        ]

    def __str__(self):
        return self.title or self.office or str(self.person)

    @property
    def has_something_to_show(self):
        return bool(self.person or self.office or self.title)

    def natural_key(self):
        return (*self.meeting.natural_key(), self.position)

    natural_key.dependencies = ["meetings.meeting"]


class Recommendation(PlacedErrors):
    """What a meeting asks for, of whom, and what followed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="recommendations", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))
    addressee = models.CharField(_("addressee"), max_length=200, blank=True)
    follow_up = models.TextField(_("what followed"), blank=True)

    objects = PartOfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="recommendation_position_once")]

    def __str__(self):
        return self.text[:80]

    def natural_key(self):
        return (*self.meeting.natural_key(), self.position)

    natural_key.dependencies = ["meetings.meeting"]


class ProjectStatus(models.TextChoices):
    PLANNED = "planned", _("planned")
    AGREED = "agreed", _("agreement adopted")
    UNDER_WAY = "under_way", _("under way")
    ADVANCED = "advanced", _("at an advanced stage")
    COMPLETED = "completed", pgettext_lazy("project", "completed")
    SUSPENDED = "suspended", pgettext_lazy("project", "suspended")
    MENTIONED = "mentioned", _("mentioned, status not published")


class ProjectNoteQuerySet(models.QuerySet):
    def get_by_natural_key(self, project, position):
        return self.get(project__number=project, position=position)

    def published(self):
        """Return the notes of public projects that no hidden meeting stands behind."""
        return self.without_hidden_meetings().filter(project__in=Project.objects.published())

    def without_hidden_meetings(self):
        """Return the notes that no hidden meeting stands behind, whatever their project is."""
        return self.filter(Q(meeting__isnull=True) | Q(meeting__in=Meeting.objects.published()))

    def editable_by(self, user, *roles):
        return self.filter(project__in=Project.objects.editable_by(user, *roles))


class ProjectNote(PlacedErrors):
    """What a meeting or another source said of a project's state.

    It stands here and not beside ``Project`` because it points to a meeting.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="notes", verbose_name=_("project"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="project_notes", null=True, blank=True, verbose_name=_("meeting")
    )
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    status = models.CharField(_("status"), max_length=10, choices=ProjectStatus)
    status_as_printed = models.CharField(_("status as printed"), max_length=250, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("source")
    )

    objects = ProjectNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a project")
        verbose_name_plural = _("notes on projects")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="projectnote_position_once"),
            models.CheckConstraint(condition=Q(status__in=ProjectStatus.values), name="projectnote_status_known"),
            models.CheckConstraint(
                condition=Q(date_precision__in=DatePrecision.values), name="projectnote_date_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(source__isnull=False),
                name="projectnote_has_meeting_or_source",
                violation_error_message=_("Say where it stands: a meeting or a source."),
            ),
        ]

    def __str__(self):
        return f"{self.project}: {self.get_status_display()}"

    def natural_key(self):
        return (self.project.number, self.position)

    natural_key.dependencies = ["chambers.project"]
