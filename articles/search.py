"""What of the news can be searched."""

from html import unescape

from django.utils.html import strip_tags

from chambers.models import Chamber, Region
from chambers.search import chamber_words, date_words, joined, public_moment, slugs_of
from search.index import Entry
from search.upkeep import Searchable

from .models import Article, Topic


def article_entries(rows):
    found = rows.select_related("lead_chamber").prefetch_related(
        "lead_chamber__regions", "chambers__regions", "topics"
    )
    for article in found:
        chambers = list(dict.fromkeys([article.lead_chamber, *article.chambers.all()]))
        body = unescape(strip_tags(article.body.replace("</p>", "</p>\n").replace("<br", "\n<br")))
        yield Entry(
            kind="article",
            object_id=article.pk,
            title=article.title,
            body=joined(article.lede, body),
            keywords=joined(
                chamber_words(*chambers),
                *(topic.name for topic in article.topics.all()),
                article.get_kind_display(),
                date_words(article.event_date, article.event_precision),
            ),
            date=article.event_date or (article.published_at and article.published_at.date()),
            date_precision=article.event_precision if article.event_date else "",
            public_from=public_moment(article),
            url=article.get_absolute_url(),
            family=article.lead_chamber.family if article.lead_chamber else "",
            chambers=slugs_of(*chambers),
        )


SEARCHABLES = [
    Searchable(
        "article",
        Article,
        article_entries,
        named={
            Chamber: ("lead_chamber", "chambers"),
            Region: ("lead_chamber__regions", "chambers__regions"),
            Topic: "topics",
        },
    ),
]
