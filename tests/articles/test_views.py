"""The list of news and the page of an article."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.utils.translation import gettext
from PIL import Image

from tests import factories as make
from tests.pages import badges, get, hrefs, main_of, section

pytestmark = pytest.mark.django_db


def page_of(client, article):
    return main_of(get(client, article.get_absolute_url()))


def test_news_stands_the_newest_first(client):
    old, new = (make.make_article(published_at=datetime(2024, n, 1, tzinfo=UTC)) for n in (1, 2))
    page = get(client, "/news/")
    assert page.index(new.get_absolute_url()) < page.index(old.get_absolute_url())


def test_an_article_shows_title_lede_body_and_source(client):
    source = make.make_source(outlet="هسبريس", author="عبد الله", url="https://example.org/news")
    article = make.make_article(
        lede="خلاصة الخبر", body="<p>فقرة <strong>أولى</strong></p><ul><li>بند</li></ul>", source=source
    )
    page = page_of(client, article)
    for words in ("خلاصة الخبر", "<p>فقرة <strong>أولى</strong></p>", "<li>بند</li>", "هسبريس", "عبد الله"):
        assert words in page
    assert source.url in hrefs(section(page, "sources"))


def test_the_body_of_an_article_runs_no_script(client):
    article = make.make_article(
        body='<p onclick="x()">نص</p><script>alert(1)</script><img src=x onerror=y><a href="javascript:1">رابط</a>'
    )
    page = page_of(client, article)
    for trace in ("onclick", "alert(1)", "onerror", "javascript:"):
        assert trace not in page
    assert "نص" in page


def test_the_meeting_of_an_article_stands_with_its_outcomes(client):
    meeting = make.make_meeting()
    point = make.make_item(meeting=meeting, outcome="rejected")
    article = make.make_article(meetings=[meeting])
    box = section(page_of(client, article), "meeting-1")
    assert hrefs(box) == [meeting.get_absolute_url(), point.get_absolute_url()]
    assert badges(box) == ["held", "rejected"]


def test_an_article_leads_to_agreements_projects_and_topics(client):
    agreement, project, topic = make.make_agreement(), make.make_project(), make.make_topic()
    article = make.make_article(agreements=[agreement], projects=[project], topics=[topic])
    page = page_of(client, article)
    assert hrefs(section(page, "agreements")) == [agreement.get_absolute_url()]
    assert hrefs(section(page, "projects")) == [project.get_absolute_url()]
    assert hrefs(section(page, "topics")) == [f"/news/?topic={topic.slug}"]


def test_an_article_leads_to_three_more_of_its_chamber(client):
    chamber = make.make_chamber()
    article, *others = (make.make_article(lead_chamber=chamber) for _n in range(6))
    make.make_article()
    more = hrefs(section(page_of(client, article), "more"))
    assert len(more) == 3
    assert set(more) <= {other.get_absolute_url() for other in others}


def test_a_correction_stands_on_the_article_with_its_day(client):
    article = make.make_article(correction="صُحح المبلغ", corrected_at=datetime(2024, 7, 3, 12, tzinfo=UTC))
    page = page_of(client, article)
    assert "صُحح المبلغ" in page
    assert "3 يوليوز 2024" in page


def test_an_article_without_a_picture_has_no_stand_in(client):
    assert "<img" not in page_of(client, make.make_article())


def test_a_picture_has_its_alternative_and_size(client):
    article = make.make_article(picture_alt="قاعة الاجتماع", picture_credit="الغرفة")
    picture = io.BytesIO()
    Image.new("RGB", (3, 2)).save(picture, "PNG")
    article.picture.save("x.png", ContentFile(picture.getvalue()))
    page = page_of(client, article)
    assert 'alt="قاعة الاجتماع" width="3" height="2"' in page
    assert "الغرفة" in page


def test_the_day_of_the_event_is_shown_as_far_as_it_is_known(client):
    article = make.make_article(event_date=date(2024, 8, 1), event_precision="month")
    page = page_of(client, article)
    assert "غشت 2024" in page
    assert "1 غشت" not in page


def test_an_article_without_a_chamber_and_a_source_is_shown(client):
    page = page_of(client, make.make_article(lead_chamber=None))
    assert gettext("No source is recorded.") in page
    assert "None" not in page


def test_a_title_of_many_letters_is_whole_in_a_smaller_heading(client):
    title = ("خبر طويل العنوان عن دورة الغرفة " * 6)[:175]
    assert f'<h1 class="long"><bdi>{title}</bdi></h1>' in page_of(client, make.make_article(title=title))


@pytest.mark.parametrize("wrong", ["2024/{n}/", "2024/{n}-autre/", "2023/{n}-{slug}/"])
def test_a_wrong_year_or_slug_leads_to_the_right_address_for_good(client, wrong):
    article = make.make_article()
    response = client.get("/news/" + wrong.format(n=article.number, slug=article.slug))
    assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())


def test_an_article_without_a_slug_is_called_article(client):
    article = make.make_article(slug="")
    assert article.get_absolute_url() == f"/news/2024/{article.number}-article/"
    get(client, article.get_absolute_url())
