"""Who was there: a person, an office without a name, or a group with a count."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chambers.models import Organisation, Person
from publishing.models import PlacedErrors

from .meetings import Meeting, OfMeetingQuerySet


class AttendanceRole(models.TextChoices):
    PRESIDED = "presided", _("presided")
    OPENED = "opened", _("opened")
    MEMBER = "member", _("member")
    SPEAKER = "speaker", _("speaker")
    SECRETARY = "secretary", _("secretary")
    GUEST = "guest", _("guest")


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", _("present")
    REMOTE = "remote", _("at a distance")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


class AttendanceQuerySet(OfMeetingQuerySet):
    def get_by_natural_key(self, url_year, slug, position):
        return self.get(meeting__url_year=url_year, meeting__slug=slug, position=position)


class Attendance(PlacedErrors):
    """One line of a meeting's attendance. Who presided is the line with that role, and nowhere else."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("order"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="attendances", null=True, blank=True, verbose_name=_("person")
    )
    office = models.CharField(
        _("office"), max_length=200, blank=True, help_text=_("In the source's words; enough where nobody is named.")
    )
    group = models.CharField(_("group"), max_length=200, blank=True, help_text=_("Such as: chairs of the committees."))
    count = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="attendances", null=True, blank=True, verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=10, choices=AttendanceRole, default=AttendanceRole.GUEST)
    status = models.CharField(_("status"), max_length=10, choices=AttendanceStatus, default=AttendanceStatus.PRESENT)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="attendance_position_once",
                violation_error_message=_("Another line of the attendance has this place."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "person", "role"],
                name="attendance_person_once_per_role",
                violation_error_message=_("This person stands in the attendance already in this role."),
            ),
            models.CheckConstraint(condition=Q(role__in=AttendanceRole.values), name="attendance_role_known"),
            models.CheckConstraint(condition=Q(status__in=AttendanceStatus.values), name="attendance_status_known"),
            models.CheckConstraint(
                condition=Q(group="") & (Q(person__isnull=False) | ~Q(office=""))
                | ~Q(group="") & Q(person__isnull=True, office=""),
                name="attendance_person_office_or_group",
                violation_error_message=_("Give a person or an office, or else a group."),
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | ~Q(group=""),
                name="attendance_count_of_a_group",
                violation_error_message=_("Only a group is counted."),
            ),
        ]

    def __str__(self):
        return self.group or " – ".join(filter(None, [str(self.person or ""), self.office]))

    @property
    def has_something_to_show(self):
        return bool(self.person or self.office or self.group)

    def natural_key(self):
        return (*self.meeting.natural_key(), self.position)

    natural_key.dependencies = ["meetings.meeting"]
