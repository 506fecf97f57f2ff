"""What every published record has: a state, a moment from which it is public, and the sources of its facts."""

import uuid
from collections.abc import Collection
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, router
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from .constraints import all_hold
from .history import Change as Change  # Django finds its table here
from .history import has_written

LONGEST_ADDRESS = 70


class PublicationState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DatePrecision(models.TextChoices):
    """How much of a date the source gives; what it leaves out is stored as 1 and never shown."""

    DAY = "day", _("day")
    MONTH = "month", _("month and year")
    YEAR = "year", _("year")


class Basis(models.TextChoices):
    STATED = "stated", _("stated by the source")
    INFERRED = "inferred", _("inferred from the source")
    OTHER_PAGE = "other_page", _("found on another page")


class PublishableQuerySet(models.QuerySet):
    """The doors to records: ``published`` for the public, ``withdrawn`` for the page that says so."""

    def published(self) -> Self:
        """Return the records that are public at the moment the query runs."""
        return self.filter(state=PublicationState.PUBLISHED, published_at__lte=Now())

    def withdrawn(self) -> Self:
        """Return the records that were public once and were taken back with a reason."""
        return self.filter(state=PublicationState.WITHDRAWN, published_at__lte=Now())


class PlacedErrors(models.Model):
    """A record that says at a field which rule of the database it breaks.

    ``constraint_fields`` gives, for the name of a constraint, the field at which its message belongs; the message of
    any other stands above the form, as does one whose field is not in the form.
    """

    constraint_fields: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        excluded = set(exclude or ())
        using = router.db_for_write(self.__class__, instance=self)
        errors: dict[str, list[ValidationError]] = {}
        for model, constraints in self.get_constraints():
            checks = [one for one in constraints if isinstance(one, models.CheckConstraint)]
            kept = self._keeps(checks, excluded, using)
            for constraint in constraints:
                if kept and constraint in checks:
                    continue
                try:
                    constraint.validate(model, self, exclude=excluded, using=using)
                except ValidationError as error:
                    field = self._field_of(constraint, error)
                    if field and field not in excluded:
                        errors.setdefault(field, []).append(error)
                    else:
                        errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _keeps(self, checks: Collection[models.CheckConstraint], excluded: set[str], using: str) -> bool:
        """Say, with one question to the database instead of one for each, whether the row keeps to all ``checks``."""
        values = self._get_field_expression_map(meta=self._meta, exclude=excluded)  # type: ignore[attr-defined]
        # As Django does, a condition on a field that is excluded is left alone.
        asked = [
            check.condition
            for check in checks
            if {one[0] for one in self._get_expr_references(check.condition)} <= values.keys()  # type: ignore[attr-defined]
        ]
        return not asked or all_hold(asked, values, using)

    def _field_of(self, constraint: models.BaseConstraint, error: ValidationError) -> str | None:
        if isinstance(constraint, models.UniqueConstraint) and error.code == "unique" and len(constraint.fields) == 1:
            return constraint.fields[0]
        return self.constraint_fields.get(constraint.name)


class Publishable(PlacedErrors):
    """A record with a state of publication; scheduled is published with a moment still to come."""

    uuid = models.UUIDField(_("public identifier"), default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=PublicationState, default=PublicationState.DRAFT, db_index=False
    )
    published_at = models.DateTimeField(
        _("public from"), null=True, blank=True, help_text=_("A moment still to come schedules the publication.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = models.CharField(
        _("reason of the withdrawal"), max_length=300, blank=True, help_text=_("Shown to the public.")
    )
    created_at = models.DateTimeField(_("entered at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False,
        verbose_name=_("entered by"),
    )  # fmt: skip
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False,
        verbose_name=_("last written by"),
    )  # fmt: skip
    review_note = models.TextField(_("note of the review"), max_length=1000, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False,
        verbose_name=_("returned by"),
    )  # fmt: skip
    reviewed_at = models.DateTimeField(_("returned at"), null=True, editable=False)

    objects = PublishableQuerySet.as_manager()

    class Meta(PlacedErrors.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PublicationState.values), name="%(class)s_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_review"], published_at__isnull=True)
                | Q(state__in=["published", "withdrawn"], published_at__isnull=False),
                name="%(class)s_public_moment_goes_with_state",
                violation_error_message=_("A published record needs the moment it is public from; a draft has none."),
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")
                | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawal_reason=""),
                name="%(class)s_withdrawal_goes_with_state",
                violation_error_message=_("A withdrawn record needs the moment and the reason of its withdrawal."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, review_note="")
                | Q(reviewed_at__isnull=False) & ~Q(review_note=""),
                name="%(class)s_review_note_has_moment",
            ),
        ]

    def written_by(self, user: Any) -> bool:
        """Say whether ``user`` entered the record, or has changed what it says since it was last made public."""
        return user.pk in (self.created_by_id, self.changed_by_id) or has_written(user, self)

    def came_back(self, change: Any) -> None:
        """Wait for a look when brought back from the bin after the moment for which it had been scheduled."""
        if (
            self.state == PublicationState.PUBLISHED
            and self.published_at
            and change.at < self.published_at <= timezone.now()
        ):
            self.state, self.published_at = PublicationState.IN_REVIEW, None

    def note_writer(self, user: Any) -> None:
        """Write down that ``user`` was the last to change what the record, or a part of it, says."""
        self.changed_by = user
        self.save(update_fields=["changed_by", "updated_at"])

    @property
    def is_returned(self) -> bool:
        """Whether the record came back from review with a note and was not sent again."""
        return self.state == PublicationState.DRAFT and self.reviewed_at is not None

    @property
    def is_scheduled(self) -> bool:
        """Whether the record is published with a moment still to come."""
        is_ahead = self.published_at is not None and self.published_at > timezone.now()
        return is_ahead and self.state == PublicationState.PUBLISHED

    @property
    def state_name(self) -> str:
        """The state in words: a draft may have been returned, and what is scheduled is not yet published."""
        if self.is_returned:
            return pgettext("publication", "returned")
        name: str = self.get_state_display()
        return pgettext("publication", "scheduled") if self.is_scheduled else name

    @property
    def is_public(self) -> bool:
        """Whether the public may see the record now: of one row what ``published`` says of many."""
        is_out = self.published_at is not None and self.published_at <= timezone.now()
        return is_out and self.state == PublicationState.PUBLISHED


class SourceQuerySet(models.QuerySet):
    def get_by_natural_key(self, code: str) -> Any:
        return self.get(code=code)

    def editable_by(self, user: Any, *roles: str) -> Self:
        """Return the sources ``user`` may change: all for whoever edits in a chamber, for sources are shared."""
        if not (user.is_active and user.is_staff):
            return self.none()
        held = user.editorships.filter(role__in=roles) if roles else user.editorships
        return self if user.is_superuser or held.exists() else self.none()


class Source(models.Model):
    """A page or paper that states facts. Law 31.13 asks whoever reuses a document to name its source and date."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("A short name in Latin letters."))
    outlet = models.CharField(_("outlet"), max_length=150, blank=True)
    author = models.CharField(_("author"), max_length=150, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    issued_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    dateline = models.CharField(
        _("dateline"), max_length=60, blank=True, help_text=_("The place a report is sent from.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outlet="") | ~Q(author="") | ~Q(title="") | ~Q(url=""),
                name="source_names_something",
                violation_error_message=_("Name at least the outlet, the author, the title or the address."),
            ),
            models.CheckConstraint(
                condition=Q(issued_precision__in=DatePrecision.values), name="source_issued_precision_known"
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.outlet, self.title) if part) or self.url or self.author

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def address_shown(self) -> str:
        """The address where people can read it, else only the name of its site; empty without an address."""
        readable = len(self.url) <= LONGEST_ADDRESS and "%" not in self.url
        return self.url if readable else urlsplit(self.url).netloc.removeprefix("www.")


class Citation(models.Model):
    """Which source states which field of a record, and the value as printed there.

    Abstract: each record has its own table of citations, so that the database keeps the link. Where sources
    differ, at most one citation is followed for a field and pages name the others.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    field = models.CharField(_("fact"), max_length=20)
    value = models.CharField(_("value as printed"), max_length=500, blank=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.STATED)
    is_followed = models.BooleanField(_("followed"), default=True, help_text=_("At most one source a fact."))
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Shown to the public."))

    class Meta:
        abstract = True
        ordering = ["field", "-is_followed", "pk"]

    def __str__(self) -> str:
        fact: str = self.get_field_display()  # type: ignore[attr-defined]  # concrete tables give the choices
        return f"{fact}: {self.value}" if self.value else str(fact)


def citation_constraints(record: str, fields: list[str]) -> list[models.BaseConstraint]:
    """Return the constraints of the citations of one kind of record.

    ``record`` is the name of the foreign key, ``fields`` the facts that may be cited.
    """
    return [
        models.CheckConstraint(condition=Q(field__in=fields), name=f"{record}_citation_field_known"),
        models.CheckConstraint(condition=Q(basis__in=Basis.values), name=f"{record}_citation_basis_known"),
        models.UniqueConstraint(
            fields=[record, "field"],
            condition=Q(is_followed=True),
            name=f"{record}_citation_one_followed",
            violation_error_message=_("Another source is already followed for this fact."),
        ),
        models.UniqueConstraint(fields=[record, "field", "source"], name=f"{record}_citation_source_once_a_field"),
    ]


class RedirectQuerySet(models.QuerySet):
    def record_move(self, old_path: str, new_path: str) -> None:
        """Keep ``old_path`` alive after a record moved to ``new_path``; earlier old paths follow it there."""
        if old_path == new_path:
            return
        self.filter(old_path=new_path).delete()
        self.filter(new_path=old_path).update(new_path=new_path)
        self.update_or_create(old_path=old_path, defaults={"new_path": new_path})


class Redirect(models.Model):
    """A path that a record once had; whoever asks for it is sent to the present one for good."""

    old_path = models.CharField(_("old path"), max_length=300, unique=True)
    new_path = models.CharField(_("new path"), max_length=300)
    created_at = models.DateTimeField(_("entered at"), db_default=Now(), editable=False)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(old_path__startswith="/", new_path__startswith="/") & ~Q(new_path__startswith="//"),
                name="redirect_paths_are_local",
                violation_error_message=_("Both paths begin with one slash."),
            ),
            models.CheckConstraint(
                condition=~Q(old_path=F("new_path")),
                name="redirect_goes_elsewhere",
                violation_error_message=_("A path cannot lead to itself."),
            ),
        ]
        indexes = [models.Index(fields=["new_path"], name="redirect_new_path")]

    def __str__(self) -> str:
        return f"{self.old_path} → {self.new_path}"


class SerialNumber(models.Model):
    """The last number given to a kind of record, kept so that no number is ever given twice."""

    kind = models.CharField(_("kind of record"), max_length=50, primary_key=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("serial number")
        verbose_name_plural = _("serial numbers")

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"
