"""Lists as feeds: what readers of feeds need of any of them (RFC 4287)."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from articles.models import Article
from meetings.models import Agreement, Meeting
from tests import factories as make
from tests.feeds import ATOM, entries_of, feed_of
from tests.pages import get

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)


def make_decision(**fields):
    return make.make_item(outcome="adopted", meeting=make.make_meeting(**fields))


FEEDS = {
    "/feeds/meetings.xml": make.make_meeting,
    "/feeds/decisions.xml": make_decision,
    "/feeds/agreements.xml": make.make_agreement,
    "/feeds/news.xml": make.make_article,
}
every_feed = pytest.mark.parametrize("path", FEEDS)


def titles(client, path):
    return [entry.findtext(f"{ATOM}title") for entry in entries_of(client, path)]


def link(part, rel):
    (found,) = [element.get("href") for element in part.findall(f"{ATOM}link") if element.get("rel") == rel]
    return found


@every_feed
def test_a_feed_is_atom_in_moroccan_arabic(client, path):
    FEEDS[path]()
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert '<feed xml:lang="ar-MA" xmlns="http://www.w3.org/2005/Atom">' in response.content.decode()


@every_feed
def test_addresses_are_the_public_ones_whatever_the_host(client, path, settings):
    settings.BASE_URL = "https://ghuraf.example"
    record = FEEDS[path]()
    feed = feed_of(client, path, HTTP_HOST="127.0.0.1")
    assert link(feed, "self") == f"https://ghuraf.example{path}"
    assert link(feed, "alternate").startswith("https://ghuraf.example/")
    (entry,) = feed.findall(f"{ATOM}entry")
    assert link(entry, "alternate") == f"https://ghuraf.example{record.get_absolute_url()}"
    assert "127.0.0.1" not in ElementTree.tostring(feed, "unicode")


@pytest.mark.parametrize("path", [path for path in FEEDS if path != "/feeds/decisions.xml"])
def test_an_entry_is_known_by_the_identifier_of_the_record(client, path):
    record = FEEDS[path]()
    (entry,) = entries_of(client, path)
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{record.uuid}"


@every_feed
def test_a_feed_of_a_filter_names_it_and_keeps_it(client, path):
    chamber = make.make_chamber(short_name="غرفة فاس", slug="artisanat-fes")
    feed = feed_of(client, f"{path}?page=3&chamber=artisanat-fes&utm_source=x")
    assert feed.findtext(f"{ATOM}title").endswith(" – الغرفة: غرفة فاس – بوابة الغرف")
    assert link(feed, "self") == f"http://testserver{path}?chamber=artisanat-fes"
    assert link(feed, "alternate").endswith(f"/?chamber={chamber.slug}")
    assert feed.findtext(f"{ATOM}id") == link(feed, "self")


@every_feed
def test_a_feed_of_a_chamber_holds_its_records_only(client, path):
    mine, other = FEEDS[path](), FEEDS[path]()
    whole = titles(client, path)
    meeting = getattr(mine, "meeting", mine)
    chamber = getattr(meeting, "lead_chamber", None) or meeting.chamber
    assert len(whole) == 2
    found = entries_of(client, f"{path}?chamber={chamber.slug}")
    assert [link(entry, "alternate") for entry in found] == [f"http://testserver{mine.get_absolute_url()}"]
    assert other.get_absolute_url() != mine.get_absolute_url()


@every_feed
@pytest.mark.parametrize(
    "query", ["chamber=unknown", "kind=unknown", "from=2024-13-45", "from=2024-02-01&to=2024-01-01"]
)
def test_wrong_filters_are_refused_as_in_the_list(client, path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().startswith("تعذرت قراءة المرشحات الآتية")


@every_feed
def test_a_feed_holds_the_fifty_that_changed_last(client, path):
    for _n in range(52):
        FEEDS[path]()
    assert len(entries_of(client, path)) == 50


@pytest.mark.parametrize(
    ("path", "model"),
    [("/feeds/meetings.xml", Meeting), ("/feeds/agreements.xml", Agreement), ("/feeds/news.xml", Article)],
)
def test_what_changed_last_stands_first(client, path, model):
    old, new = FEEDS[path](), FEEDS[path]()
    model.objects.filter(pk=old.pk).update(updated_at=LATE)
    model.objects.filter(pk=new.pk).update(updated_at=EARLY)
    first, second = entries_of(client, path)
    assert first.findtext(f"{ATOM}title") == old.title
    assert first.findtext(f"{ATOM}updated") == "2026-03-02T09:00:00+00:00"
    assert first.findtext(f"{ATOM}published") == "2024-01-02T09:00:00+00:00"
    assert second.findtext(f"{ATOM}updated") == "2026-03-01T09:00:00+00:00"
    assert feed_of(client, path).findtext(f"{ATOM}updated") == "2026-03-02T09:00:00+00:00"


def test_a_record_that_was_scheduled_changed_when_it_came_out(client):
    article = make.make_article(published_at=LATE)
    Article.objects.filter(pk=article.pk).update(updated_at=EARLY)
    (entry,) = entries_of(client, "/feeds/news.xml")
    assert entry.findtext(f"{ATOM}updated") == "2026-03-02T09:00:00+00:00"


def test_a_scheduled_record_is_in_no_feed(client):
    make.make_article(published_at=datetime.now(UTC) + timedelta(minutes=5))
    assert titles(client, "/feeds/news.xml") == []


@every_feed
def test_an_empty_feed_is_one_that_never_changed(client, path):
    feed = feed_of(client, path)
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


@every_feed
def test_a_summary_is_plain_text(client, path):
    FEEDS[path]()
    (entry,) = entries_of(client, path)
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "text"
    assert "<" not in summary.text
    assert "\u202f" not in summary.text or "درهم" in summary.text


def test_marks_of_markup_in_a_title_are_read_back(client):
    make.make_article(title="العرض <b>والطلب</b> & «التصدير»")
    assert titles(client, "/feeds/news.xml") == ["العرض <b>والطلب</b> & «التصدير»"]


def test_characters_that_xml_cannot_hold_are_left_out(client):
    make.make_article(title="خبر\x08 مهم\ufffe", lede="ملخص\x1b.")
    assert titles(client, "/feeds/news.xml") == ["خبر مهم"]


@pytest.mark.parametrize("query", ["q=%01", "q=%0B%1F", "q=%EF%BF%BE", "q=%3C%26%22", "q=%ED%A0%80"])
@every_feed
def test_a_searched_word_leaves_the_feed_well_formed(client, path, query):
    feed_of(client, f"{path}?{query}")


@every_feed
def test_a_feed_may_be_kept_and_sets_no_cookie(client, path):
    response = client.get(path)
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@every_feed
def test_a_reader_that_has_the_feed_is_told_so(client, path):
    FEEDS[path]()
    tag = client.get(path)["ETag"]
    response = client.get(path, HTTP_IF_NONE_MATCH=tag)
    assert (response.status_code, response.content) == (304, b"")


def test_a_reader_is_not_told_so_after_a_record_was_taken_back(client):
    kept, gone = make.make_article(), make.make_article()
    Article.objects.filter(pk=kept.pk).update(updated_at=LATE)
    Article.objects.filter(pk=gone.pk).update(updated_at=EARLY)
    response = client.get("/feeds/news.xml")
    assert not response.has_header("Last-Modified")
    Article.objects.filter(pk=gone.pk).update(state="draft", published_at=None)
    assert client.get("/feeds/news.xml", HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 200


@every_feed
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_feed_is_only_read(client, path, method):
    assert getattr(client, method)(path).status_code == 405


# Finding a feed from a page


def _alternates(page):
    head = page[: page.index("</head>")]
    return [line.split('href="')[1].split('"')[0] for line in head.split("<link ") if 'rel="alternate"' in line]


@pytest.mark.parametrize(
    ("path", "feeds"),
    [
        ("/meetings/", ["/feeds/meetings.xml", "/meetings/calendar.ics"]),
        ("/decisions/", ["/feeds/decisions.xml"]),
        ("/agreements/", ["/feeds/agreements.xml"]),
        ("/news/", ["/feeds/news.xml"]),
    ],
)
def test_a_list_and_a_section_name_their_feed(client, path, feeds):
    chamber = make.make_chamber()
    assert _alternates(get(client, path)) == feeds
    assert _alternates(get(client, f"{path}?chamber={chamber.slug}")) == [f"{f}?chamber={chamber.slug}" for f in feeds]
    section = f"{chamber.get_absolute_url()}{path[1:]}"
    assert _alternates(get(client, section)) == [f"{f}?chamber={chamber.slug}" for f in feeds]


def test_a_chamber_names_its_feeds(client):
    chamber = make.make_chamber()
    assert _alternates(get(client, chamber.get_absolute_url())) == [
        f"/feeds/meetings.xml?chamber={chamber.slug}",
        f"/feeds/decisions.xml?chamber={chamber.slug}",
        f"/feeds/agreements.xml?chamber={chamber.slug}",
        f"/feeds/news.xml?chamber={chamber.slug}",
        f"/meetings/calendar.ics?chamber={chamber.slug}",
    ]
