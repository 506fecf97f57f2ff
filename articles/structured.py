"""News in the words of schema.org."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chambers.structured import chamber_in_short, family_card
from publishing.addresses import absolute
from publishing.page_meta import Node, PageMeta, breadcrumb, in_short, known, moment, portal_node

from .models import Article

LONGEST_HEADLINE = 110


def article_node(article: Article, context: dict[str, Any]) -> Node:
    """Return an article: written by the portal, resting on its source, about its meetings and chambers."""
    address = absolute(article.get_absolute_url())
    about = [
        {"@type": "Event", "@id": absolute(meeting.get_absolute_url()), "name": meeting.title}
        for meeting in context["meetings"]
    ]
    chambers = {chamber.pk: chamber for chamber in (article.lead_chamber, *context["chambers"]) if chamber}
    is_changed = article.updated_at > article.published_at
    return known(
        {
            "@type": "NewsArticle",
            "@id": address,
            "headline": headline(article.title),
            "url": address,
            "mainEntityOfPage": address,
            "datePublished": moment(article.published_at),
            "dateModified": moment(article.updated_at) if is_changed else None,
            "author": portal_node(),
            "publisher": portal_node(),
            "isBasedOn": _source(article),
            "image": _picture(article, context["picture_size"]),
            "about": about + [chamber_in_short(chamber) for chamber in chambers.values()],
            "keywords": [topic.name for topic in context["topics"]],
            "inLanguage": "ar",
        }
    )


def headline(title: str) -> str:
    """Return a title as readers of the data take it: 110 characters at most, cut between words."""
    if len(title) <= LONGEST_HEADLINE:
        return title
    return title[:LONGEST_HEADLINE].rsplit(" ", 1)[0].rstrip(" ،.:–") + "…"


def _source(article: Article) -> Node | None:
    source = article.source
    if source is None:
        return None
    outlet = {"@type": "Organization", "name": source.outlet} if source.outlet else None
    author = {"@type": "Person", "name": source.author} if source.author else None
    return known(
        {"@type": "CreativeWork", "name": str(source), "url": source.url, "author": author, "publisher": outlet}
    )


def _picture(article: Article, size: tuple[int, int] | None) -> Node | None:
    if not size:
        return None
    path = reverse("articles:picture", args=[article.url_year, article.address])
    return {"@type": "ImageObject", "url": absolute(path), "width": size[0], "height": size[1]}


def article_page(context: dict[str, Any]) -> PageMeta:
    """Return the head of an article's page."""
    article, chamber = context["article"], context["chamber"]
    of_chamber = [(chamber.short_name, chamber.get_absolute_url())] if chamber else []
    return PageMeta(
        title=article.title,
        path=article.get_absolute_url(),
        description=in_short(article.lede or article.title),
        kind="article",
        card=family_card(chamber.family) if chamber else None,
        nodes=[
            article_node(article, context),
            breadcrumb(
                (_("News"), reverse("articles:list")), *of_chamber, (article.title, article.get_absolute_url())
            ),
        ],
    )
