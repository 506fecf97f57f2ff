from datetime import UTC, datetime

import pytest

from articles.models import Article
from articles.structured import headline
from tests import factories as make
from tests.heads import head_of, metas, node

pytestmark = pytest.mark.django_db


def news(client, article):
    return node(client, article.get_absolute_url(), "NewsArticle")


def test_an_article_is_published_at_a_moment_with_its_offset(client):
    article = make.make_article(published_at=datetime(2024, 10, 22, 9, 30, tzinfo=UTC))
    assert news(client, article)["datePublished"] == "2024-10-22T10:30:00+01:00"


def test_a_change_before_the_publication_is_none(client):
    article = make.make_article(published_at=datetime(2024, 10, 22, 9, tzinfo=UTC))
    Article.objects.update(updated_at=datetime(2024, 10, 20, 9, tzinfo=UTC))
    assert "dateModified" not in news(client, article)


def test_an_article_is_the_portals_and_rests_on_its_source(client):
    source = make.make_source(outlet="جريدة الجهة", title="دورة الغرفة", url="https://example.org/1")
    found = news(client, make.make_article(source=source))
    assert found["author"]["@type"] == "Organization"
    assert found["isBasedOn"]["url"] == "https://example.org/1"
    assert found["isBasedOn"]["publisher"]["name"] == "جريدة الجهة"


def test_an_article_is_about_its_public_meetings_alone(client):
    meeting = make.make_meeting(title="دورة أكتوبر")
    hidden = make.make_meeting(title="دورة مكتومة", state="draft")
    article = make.make_article(meetings=[meeting, hidden], lead_chamber=None)
    assert [event["name"] for event in news(client, article)["about"]] == ["دورة أكتوبر"]


def test_a_headline_is_cut_between_words():
    title = " ".join(["كلمة"] * 40)
    assert len(headline(title)) <= 110
    assert headline(title).endswith("كلمة…")
    assert headline("خبر قصير") == "خبر قصير"


def test_the_line_of_an_article_is_its_lede_in_short(client):
    article = make.make_article(lede="صادقت الغرفة على ميزانيتها. " * 12)
    (line,) = metas(head_of(client, article.get_absolute_url()))["description"]
    assert line.startswith("صادقت الغرفة على ميزانيتها.")
    assert len(line) <= 160
    assert line.endswith("…")
