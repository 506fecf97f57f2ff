"""The pages of the search: what a reader sees, and what nobody of the public may find."""

import json
import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from meetings.models import Meeting
from tests.arabic.test_queries import HOSTILE
from tests.factories import (
    make_agreement,
    make_article,
    make_chamber,
    make_item,
    make_meeting,
    make_organisation,
    make_person,
    make_region,
)
from tests.pages import chips, get, hrefs, main_of, result_total, section

pytestmark = pytest.mark.django_db


def page_of(client, words, status=200, **filters):
    rest = "".join(f"&{name}={quote(str(value))}" for name, value in filters.items())
    return get(client, f"/search/?q={quote(words)}{rest}", status)


def rows(page):
    """Return the titles of the hits, in order, without the marks."""
    titles = re.findall(r'<h3 class="title strong"><a href="[^"]*"><bdi>(.*?)</bdi>', page)
    return [re.sub(r"</?mark>", "", title) for title in titles]


def tabs(page):
    found = re.search(r'<nav class="search-tabs".*?</nav>', page, re.DOTALL)
    return dict(re.findall(r">([^<>]+) <bdi>(\d+)</bdi>", found[0])) if found else {}


def test_without_words_the_page_says_what_can_be_found(client):
    make_meeting(date=date(2024, 10, 21))
    page = get(client, "/search/")
    assert 'role="search"' in page
    assert "من أكتوبر 2024 إلى أكتوبر 2024" in section(page, "coverage")


def test_an_empty_index_is_no_error(client):
    assert "لم ينشر شيء بعد" in get(client, "/search/")
    assert "لا نتائج عن «غرفة»" in page_of(client, "غرفة")


def test_empty_fields_leave_the_address(client):
    assert client.get("/search/?q=%D8%BA&kind=").url == "/search/?q=%D8%BA"


def test_what_holds_only_some_words_stands_apart(client):
    make_article(title="معرض الصناعة بصفرو")
    make_article(title="معرض ببركان")
    page = page_of(client, "معرض صفرو")
    assert "نتيجة واحدة عن «معرض صفرو»" in page
    assert rows(page) == ["معرض الصناعة بصفرو", "معرض ببركان"]
    before, after = page.split("قريب مما تبحث عنه")
    assert rows(before) == ["معرض الصناعة بصفرو"]
    assert rows(after) == ["معرض ببركان"]
    assert tabs(page) == {"الكل": "1", "الأخبار": "1"}
    assert "قريب مما تبحث عنه" not in page_of(client, "معرض صفرو", exact=1)


def test_a_session_comes_before_its_items_by_its_chamber_and_its_day(client):
    chamber = make_chamber(name="غرفة الصناعة التقليدية لجهة فاس-مكناس", short_name="صناعة فاس-مكناس")
    meeting = make_meeting(chamber=chamber, title="الدورة العادية الثانية", date=date(2024, 10, 28))
    for position, title in enumerate(["محضر دورة يونيو", "ميزانية 2025", "اتفاقية"], start=1):
        make_item(meeting=meeting, position=position, title=title)
    for words in ("دورة فاس أكتوبر 2024", "28/10/2024"):
        assert rows(page_of(client, words))[0] == "الدورة العادية الثانية"


def test_words_are_marked_in_title_and_extract(client):
    make_article(title="مُعَلِّمُو الدِّبَاغَة", lede="لقاء في غشت مع المعلمين.")
    page = main_of(page_of(client, "الدباغه أغسطس"))
    assert "مُعَلِّمُو <mark>الدِّبَاغَة</mark>" in page
    assert "لقاء في <mark>غشت</mark> مع" in page


def test_what_is_written_is_escaped(client):
    make_article(title="فاس <script>alert(1)</script>")
    page = client.get(f"/search/?q={quote('فاس <b>')}").content.decode()
    assert "<script>alert" not in page
    assert "فاس &lt;b&gt;" in page


def test_hits_are_counted_by_kind(client):
    make_article(title="القنديل")
    make_meeting(title="القنديل")
    make_meeting(title="القنديل الثاني")
    page = page_of(client, "القنديل")
    assert result_total(page) == 3
    assert tabs(page) == {"الكل": "3", "الاجتماعات": "2", "الأخبار": "1"}
    assert rows(page_of(client, "القنديل", kind="article")) == ["القنديل"]
    assert tabs(page_of(client, "القنديل", kind="article"))["الاجتماعات"] == "2"


def test_chambers_and_people_that_the_words_name_stand_above(client):
    chamber = make_chamber(name="غرفة القنديل")
    make_person(name="فلان القنديل")
    make_article(title="القنديل")
    page = page_of(client, "القنديل")
    above = section(page, "best")
    assert chamber.get_absolute_url() in hrefs(above)
    assert len(hrefs(above)) == 2
    assert rows(page) == ["القنديل"]


def test_facets_lead_to_fewer_and_chips_back(client):
    region = make_region()
    mine = make_chamber(regions=[region], family="crafts")
    make_meeting(title="القنديل", chamber=mine)
    make_meeting(title="القنديل", chamber=make_chamber(family="agriculture"))
    page = page_of(client, "القنديل", kind="meeting")
    facets = re.search(r'<details class="filters facets">.*', page, re.DOTALL)[0]
    narrower = next(href for href in hrefs(facets) if f"region={region.slug}" in href)
    narrowed = get(client, narrower)
    assert result_total(narrowed) is None  # one, in a word
    assert len(rows(narrowed)) == 1
    assert rows(get(client, chips(narrowed)[0])) == ["القنديل", "القنديل"]


def test_a_region_and_a_chamber_of_another_have_nothing_in_common(client):
    region, chamber = make_region(), make_chamber()
    make_meeting(title="القنديل", chamber=chamber)
    page = page_of(client, "القنديل", region=region.slug, chamber=chamber.slug)
    assert "لا نتائج عن «القنديل»" in page
    assert f"/search/?q={quote('القنديل')}" in hrefs(page)


def test_by_outcome_and_by_stage(client):
    make_item(title="القنديل", outcome="adopted")
    make_item(title="القنديل", outcome="rejected")
    page = page_of(client, "القنديل", outcome="adopted")
    assert "badge-adopted" in page
    assert "badge-rejected" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft", "published_at": None},
        {"state": "in_review", "published_at": None},
        {"state": "published", "published_at": timezone.now() + timedelta(hours=1)},
        {
            "state": "withdrawn",
            "published_at": timezone.now() - timedelta(days=1),
            "withdrawn_at": timezone.now(),
            "withdrawal_reason": "نشر بالخطأ",
        },
    ],
    ids=["draft", "in review", "scheduled", "withdrawn"],
)
def test_what_is_not_public_is_found_nowhere(client, fields):
    make_agreement(title="القنديل السري", **fields)
    make_agreement(title="اتفاقية")
    page = page_of(client, "القنديل")
    assert "السري" not in page
    assert tabs(page) == {}
    assert client.get(f"/search/suggest/?q={quote('القند')}").json() == {"suggestions": []}
    assert "القنديل" not in re.sub("القنديلل", "", page_of(client, "القنديلل"))
    assert result_total(page_of(client, "اتفاقية القنديل")) is None


def test_a_misspelt_word_is_said_and_can_be_insisted_on(client):
    make_article(title="القنديل")
    page = page_of(client, "القندييل")
    assert "لا شيء يضم «القندييل»" in page
    assert rows(page) == ["القنديل"]
    exactly = next(href for href in hrefs(page) if "exact=1" in href)
    assert "لا نتائج عن «القندييل»" in get(client, exactly)


def test_newest_first(client):
    make_meeting(title="القنديل", date=date(2020, 1, 1))
    make_meeting(title="محضر", summary="القنديل", date=date(2024, 1, 1))
    assert rows(page_of(client, "القنديل")) == ["القنديل", "محضر"]
    assert rows(page_of(client, "القنديل", sort="date")) == ["محضر", "القنديل"]


def test_pages(client):
    for n in range(23):
        make_organisation(name=f"القنديل {n}")
    first, second = page_of(client, "القنديل"), page_of(client, "القنديل", page=2)
    assert len(rows(first)) == 20
    assert len(set(rows(first)) | set(rows(second))) == 23
    page_of(client, "القنديل", 404, page=3)


@pytest.mark.parametrize("page", ["0", "-1", "x", "٢", "99999", "1.5"])
def test_a_page_that_is_no_page_is_404(client, page):
    page_of(client, "غرفة", 404, page=page)


def test_wrong_filters_are_named_and_left_out(client):
    make_article(title="القنديل")
    page = page_of(client, "القنديل", 400, year="x", kind="secret")
    assert rows(page) == ["القنديل"]
    assert "form-error" in page


@pytest.mark.parametrize("words", [words for words in HOSTILE if "\x00" not in words and words.strip()])
def test_no_words_break_the_page(client, words):
    make_article(title="غرفة فاس")
    page_of(client, words)
    assert client.get(f"/search/suggest/?q={quote(words)}").status_code == 200


def test_suggestions(client):
    make_article(title="الدبلوماسية الاقتصادية")
    answer = client.get(f"/search/suggest/?q={quote('الدبل')}")
    assert answer.json() == {"suggestions": ["الدبلوماسية"]}
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert client.get("/search/suggest/").json() == {"suggestions": []}


def test_browsers_can_add_the_search(client):
    assert '<link rel="search" href="/search/opensearch.xml"' in get(client, "/about/")
    description = client.get("/search/opensearch.xml")
    assert description["Content-Type"].startswith("application/opensearchdescription+xml")
    assert 'template="http://testserver/search/?q={searchTerms}"' in description.content.decode()


def test_no_search_engine_keeps_results(client):
    assert '<meta name="robots" content="noindex, follow">' in page_of(client, "غرفة")


def test_the_home_page_leads_to_the_search(client):
    assert 'action="/search/"' in get(client, "/")


def test_a_page_costs_few_queries_however_much_is_found(client, django_assert_max_num_queries):
    chamber = make_chamber()
    for n in range(25):
        make_organisation(name=f"القنديل {n}")
    make_meeting(title="القنديل", chamber=chamber)
    client.get("/about/")
    with django_assert_max_num_queries(12):
        page_of(client, "القنديل", chamber=chamber.slug)
    with django_assert_max_num_queries(12):
        page_of(client, "القنديل")
    assert Meeting.objects.count() == 1


def test_the_data_of_the_page_can_be_read(client):
    page = client.get(f"/search/?q={quote('</script>')}").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(found)["@graph"][0]["@type"] == "BreadcrumbList"
