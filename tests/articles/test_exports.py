"""The columns of the table of the news."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_an_article(client):
    article = make.make_article(
        title="فاس تستعد", slug="fes", url_year=2026, lede="ملخص.", lead_chamber=make.make_chamber(name="غرفة"),
        source=make.make_source(outlet="جريدة", title="خبر"), event_date=date(2024, 12, 30),
        published_at=datetime(2026, 10, 1, 23, 30, tzinfo=UTC), correction="صُحح التاريخ.",
        corrected_at=datetime(2026, 10, 2, tzinfo=UTC),
    )  # fmt: skip
    text = b"".join(client.get("/news/export.csv").streaming_content).decode().removeprefix("\ufeff")
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == [
        {
            "تاريخ النشر": "2026-10-01",
            "تاريخ الحدث": "2024-12-30",
            "النوع": "خبر",
            "العنوان": "فاس تستعد",
            "ملخص": "ملخص.",
            "الغرفة": "غرفة",
            "المصدر": "جريدة · خبر",
            "تصحيح": "صُحح التاريخ.",
            "الرابط": f"http://testserver/news/2026/{article.number}-fes/",
            "المعرّف": str(article.uuid),
        }
    ]
