"""What the search reads: one row for each thing that can be found, and one for each word of the public ones.

Both tables are derived: ``manage.py rebuild_search`` makes them anew from the records.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One thing that can be found.

    ``title_ix`` and ``body_ix`` hold the stems that the databases index: SQLite in the table ``search_fts``,
    PostgreSQL in the column ``tsv``, both made by the migration and kept by the database. The short columns stand
    before the long ones, so that counting reads no text.
    """

    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.CharField(_("key"), max_length=64)
    # Null: not for the public. A moment still to come: not yet. The query compares it with the present moment.
    public_from = models.DateTimeField(_("public from"), null=True)
    date = models.DateField(_("date"), null=True)
    # Empty: the date only orders and is never shown.
    date_precision = models.CharField(_("precision of the date"), max_length=5)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    family = models.CharField(_("family"), max_length=30)
    # Slugs between spaces: " ccis-fes-meknes artisanat-fes-meknes ".
    chambers = models.TextField(_("chambers"))
    outcome = models.CharField(_("outcome"), max_length=20)
    stage = models.CharField(_("stage"), max_length=20)
    # Outcome and stage hold from this moment; before it there is no outcome, and the stage is the one before.
    result_from = models.DateTimeField(_("result public from"), null=True)
    stage_before = models.CharField(_("stage before"), max_length=20)
    is_scanned = models.BooleanField(_("its file holds no text"), default=False)
    # The names that an entry takes over from a scheduled record, and stages still to come, enter it at this moment.
    changes_at = models.DateTimeField(_("changes at"), null=True)
    url = models.CharField(_("address"), max_length=400)
    title = models.TextField(_("title"))
    keywords = models.TextField(_("further words"))
    body = models.TextField(_("text"))
    title_ix = models.TextField(_("stems of the title"))
    body_ix = models.TextField(_("stems of the text"))

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="searchentry_once")]
        indexes = [
            models.Index(
                fields=["changes_at"], condition=models.Q(changes_at__isnull=False), name="searchentry_changes"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SearchTerm(models.Model):
    """A word of the public entries: for completing and correcting what is typed.

    ``word`` is folded, ``written`` is how most texts write it. ``df`` is the number of entries that hold it when the
    words were last counted.
    """

    word = models.CharField(_("word"), max_length=60, unique=True)
    written = models.CharField(_("as written"), max_length=80)
    stem = models.CharField(_("stem"), max_length=60, db_index=True)
    skeleton = models.CharField(_("consonants"), max_length=60, db_index=True)
    df = models.PositiveIntegerField(_("number of entries"))
    public_from = models.DateTimeField(_("public from"))

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")

    def __str__(self) -> str:
        return self.written


class FileText(models.Model):
    """The text of a stored file, read once: names of stored files are random and never used twice."""

    name = models.CharField(_("file"), max_length=200, unique=True)
    text = models.TextField(_("text"))
    is_scanned = models.BooleanField(_("its file holds no text"), default=False)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return self.name


class SearchRebuild(models.Model):
    """How far a rebuilding has come, so that one that was stopped goes on where it was."""

    started_at = models.DateTimeField(_("started at"))
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    last_id = models.BigIntegerField(_("last key"), default=0)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("rebuilding of the search")
        verbose_name_plural = _("rebuildings of the search")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.kind}"
