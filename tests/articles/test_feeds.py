"""What the feed of the news says of an article."""

import pytest
from django.utils import timezone

from tests import factories as make
from tests.feeds import ATOM, entries_of

pytestmark = pytest.mark.django_db


def test_an_article_says_its_summary_correction_chamber_and_source(client):
    make.make_article(
        lede="صودق على الميزانية.",
        correction="صُحح التاريخ.",
        corrected_at=timezone.now(),
        lead_chamber=make.make_chamber(name="غرفة"),
        source=make.make_source(outlet="جريدة", title="خبر"),
    )
    (entry,) = entries_of(client, "/feeds/news.xml")
    assert entry.findtext(f"{ATOM}summary") == "صودق على الميزانية.\nصُحح التاريخ.\nغرفة · جريدة · خبر"


def test_the_body_of_an_article_stays_on_its_page(client):
    make.make_article(body="<p>نص طويل</p>")
    assert "نص طويل" not in client.get("/feeds/news.xml").content.decode()
