"""The filters of the news."""

from datetime import date, datetime
from urllib.parse import quote

import pytest
from django.utils import timezone

from articles.models import ArticleKind
from tests import factories as make
from tests.pages import get, results, shown, wrong_fields

pytestmark = pytest.mark.django_db


def test_news_of_a_chamber_is_what_it_leads_or_is_named_in(client):
    chamber = make.make_chamber()
    led, named, other = (
        make.make_article(lead_chamber=chamber),
        make.make_article(chambers=[chamber]),
        make.make_article(),
    )
    found = shown(client, f"/news/?chamber={chamber.slug}", [led, named, other])
    assert found == [led, named]


def test_news_whose_leading_chamber_is_named_again_stands_once(client):
    chamber = make.make_chamber()
    article = make.make_article(lead_chamber=chamber, chambers=[chamber])
    assert results(get(client, f"/news/?chamber={chamber.slug}")).count(f"<bdi>{article.title}</bdi>") == 1


def test_news_of_a_region_stands_once_though_the_chamber_spans_two(client):
    chamber = make.make_chamber(regions=[make.make_region(), make.make_region()])
    mine, other = make.make_article(lead_chamber=chamber), make.make_article()
    path = f"/news/?region={chamber.regions.first().slug}"
    assert shown(client, path, [mine, other]) == [mine]
    assert results(get(client, path)).count(f"<bdi>{mine.title}</bdi>") == 1


def test_news_of_a_family(client):
    mine = make.make_article(lead_chamber=make.make_chamber(family="agriculture"))
    others = [make.make_article(), make.make_article(lead_chamber=None)]
    assert shown(client, "/news/?family=agriculture", [mine, *others]) == [mine]


@pytest.mark.parametrize("kind", ArticleKind.values)
def test_news_of_a_kind(client, kind):
    mine = make.make_article(kind=kind)
    other = make.make_article(kind="news" if kind != "news" else "announcement")
    assert shown(client, f"/news/?kind={kind}", [mine, other]) == [mine]


def test_news_of_a_topic(client):
    topic = make.make_topic()
    mine, other = make.make_article(topics=[topic, make.make_topic()]), make.make_article(topics=[make.make_topic()])
    assert shown(client, f"/news/?topic={topic.slug}", [mine, other]) == [mine]


def test_news_of_a_period_goes_by_the_day_of_the_event(client):
    rows = [make.make_article(event_date=date(2024, 10, day)) for day in (20, 21, 22)]
    assert shown(client, f"/news/?from={quote('٢١/١٠/٢٠٢٤')}&to=2024-10-21", rows) == [rows[1]]


@pytest.mark.parametrize(("day", "found"), [("2024-01-04", False), ("2024-01-05", True), ("2024-01-06", False)])
def test_news_without_an_event_goes_by_the_day_in_morocco_it_was_published(client, day, found):
    # A minute past midnight there: still the day before in Greenwich.
    moment = datetime(2024, 1, 5, 0, 1, tzinfo=timezone.get_current_timezone())
    article = make.make_article(published_at=moment)
    assert shown(client, f"/news/?from={day}&to={day}", [article]) == ([article] if found else [])


def test_news_published_in_the_last_minute_of_a_day_is_of_that_day(client):
    moment = datetime(2024, 1, 5, 23, 59, 30, tzinfo=timezone.get_current_timezone())
    article = make.make_article(published_at=moment)
    assert shown(client, "/news/?to=2024-01-05", [article]) == [article]


@pytest.mark.parametrize("typed", ["الغرفة", "الغرفه تصادق", "غرفة", "ميزانيه", "تُصَادِق"])
def test_news_by_words_of_the_title(client, typed):
    mine = make.make_article(title="الغرفة تصادق على الميزانية")
    other = make.make_article(title="يوم دراسي بفاس", lead_chamber=None)
    assert shown(client, f"/news/?q={quote(typed)}", [mine, other]) == [mine]


@pytest.mark.parametrize("name", ["chamber", "region", "family", "kind", "topic", "from", "to"])
def test_an_unknown_value_is_named_and_narrows_nothing(client, name):
    article = make.make_article()
    path = f"/news/?{name}=unknown"
    assert shown(client, path, [article], status=400) == [article]
    assert wrong_fields(get(client, path, 400)) == [name]


def test_days_in_the_wrong_order_are_named_and_the_last_one_holds(client):
    early, late = make.make_article(event_date=date(2024, 1, 1)), make.make_article(event_date=date(2024, 12, 1))
    path = "/news/?from=2024-10-22&to=2024-10-21"
    assert shown(client, path, [early, late], status=400) == [early]
    assert wrong_fields(get(client, path, 400)) == ["from"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_days_there_are_do_no_harm(client, day):
    make.make_article()
    get(client, f"/news/?from={day}&to={day}")
