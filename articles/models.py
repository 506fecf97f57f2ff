"""News: what was written about meetings and agreements, and the chambers' own announcements."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arabic.sorting import SortFold
from chambers.models import Chamber, Project
from meetings.models import Agreement, Meeting
from publishing.models import DatePrecision, Publishable, PublishableQuerySet, Source
from publishing.numbering import Numbered
from publishing.richtext import RichTextField
from search.rows import holding
from uploads.names import StoredIn


class TopicQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Topic(models.Model):
    """A subject under which news is gathered."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), unique=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


class ArticleKind(models.TextChoices):
    NEWS = "news", _("news item")
    ANNOUNCEMENT = "announcement", _("announcement")
    PRESS_REVIEW = "press_review", _("press review")


class ArticleQuerySet(PublishableQuerySet):
    def get_by_natural_key(self, number):
        return self.get(number=number)

    def editable_by(self, user, *roles):
        """Return the articles of which a chamber of ``user`` is one; without a chamber, administrators only."""
        if user.is_active and user.is_superuser:
            return self
        mine = Chamber.objects.editable_by(user, *roles)
        through = Article.chambers.through.objects.filter(article=OuterRef("pk"), chamber__in=mine)
        return self.filter(Q(lead_chamber__in=mine) | Exists(through))

    def of_chamber(self, chamber):
        through = Article.chambers.through.objects.filter(article=OuterRef("pk"), chamber=chamber)
        return self.filter(Q(lead_chamber=chamber) | Exists(through))

    def for_listing(self):
        return self.select_related("lead_chamber", "source").defer("body")

    def search(self, text):
        """Return the rows that hold every word of ``text``, as the search of the portal finds them."""
        return holding(self, text)


class Article(Numbered, Publishable):
    """A piece of news in the portal's own words, with the source it rests on."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=60, blank=True)
    url_year = models.PositiveSmallIntegerField(_("year in the address"))
    kind = models.CharField(_("kind"), max_length=15, choices=ArticleKind, default=ArticleKind.NEWS)
    lede = models.TextField(_("lede"), max_length=500)
    body = RichTextField(_("body"), blank=True)
    lead_chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="led_articles", null=True, blank=True, verbose_name=_("lead chamber")
    )
    chambers = models.ManyToManyField(Chamber, related_name="articles", blank=True, verbose_name=_("chambers"))
    topics = models.ManyToManyField(Topic, related_name="articles", blank=True, verbose_name=_("topics"))
    meetings = models.ManyToManyField(Meeting, related_name="articles", blank=True, verbose_name=_("meetings"))
    agreements = models.ManyToManyField(Agreement, related_name="articles", blank=True, verbose_name=_("agreements"))
    projects = models.ManyToManyField(Project, related_name="articles", blank=True, verbose_name=_("projects"))
    event_date = models.DateField(
        _("date of the event"), null=True, blank=True, help_text=_("What the news is about happened on this day.")
    )
    event_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    picture = models.ImageField(
        _("picture"), upload_to=StoredIn("articles"), blank=True, max_length=200,
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
    )  # fmt: skip
    picture_alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("Say what the picture shows, not its file name."),
    )
    picture_credit = models.CharField(_("credit"), max_length=150, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="articles", null=True, blank=True, verbose_name=_("source")
    )
    correction = models.CharField(_("correction"), max_length=500, blank=True, help_text=_("Shown to the public."))
    corrected_at = models.DateTimeField(_("corrected at"), null=True, blank=True)
    sort_key = models.GeneratedField(expression=SortFold("title"), output_field=models.TextField(), db_persist=True)

    objects = ArticleQuerySet.as_manager()

    constraint_fields = {
        "article_picture_has_alternative": "picture_alt",
        "article_correction_has_moment": "corrected_at",
    }

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=ArticleKind.values), name="article_kind_known"),
            models.CheckConstraint(
                condition=Q(event_precision__in=DatePrecision.values), name="article_event_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(picture_alt=""),
                name="article_picture_has_alternative",
                violation_error_message=_("A picture needs an alternative text."),
            ),
            models.CheckConstraint(
                condition=Q(correction="") | Q(corrected_at__isnull=False),
                name="article_correction_has_moment",
                violation_error_message=_("A correction needs its moment."),
            ),
        ]
        indexes = [
            models.Index(fields=["published_at", "id"], name="article_order"),
            models.Index(fields=["lead_chamber", "published_at"], name="article_chamber_order"),
            models.Index(fields=["kind", "published_at"], name="article_kind_order"),
            models.Index(fields=["state", "published_at"], name="article_public"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.number,)

    def get_absolute_url(self):
        return reverse("articles:detail", args=[self.url_year, self.address])

    @property
    def address(self):
        return f"{self.number}-{self.slug or 'article'}"
