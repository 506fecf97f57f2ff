"""Six tasks that readers come for, done by keyboard alone and without JavaScript, in few strokes.

Tab, Enter and the arrows are counted; letters typed into a field are not. Every task starts on the home page unless
it says otherwise, and finds its way by what links and fields are called.
"""

import re
from datetime import time

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from chambers.models import Chamber
from meetings.models import Stage
from tests import factories as make
from tests.states import TO_COME, in_days

MOST_TABS = 60


@pytest.fixture
def site(transactional_db):
    """The portal with all its records, where the tests' server sees them."""
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)


class Hands:
    """A reader with a keyboard: presses keys, counts them, and sees what has the focus."""

    def __init__(self, page, path="/"):
        self.page, self.strokes = page, 0
        page.goto(path)

    def press(self, key, times=1):
        for _ in range(times):
            self.page.keyboard.press(key)
        self.strokes += times

    @property
    def focused(self):
        return self.page.locator(":focus")

    def name(self):
        """Return what the focused element is called: its words, or the label of a field."""
        # With JavaScript off in the page, its elements are still read through the browser itself.
        return self.focused.evaluate(
            "one => (one.labels?.length ? one.labels[0] : one).textContent.replace(/\\\\s+/g, ' ').trim()"
        )

    def tab_to(self, wanted):
        """Press Tab until what has the focus is called ``wanted``, a pattern; say what was passed otherwise."""
        passed = []
        for _ in range(MOST_TABS):
            self.press("Tab")
            # A date field has a stop of its own for its calendar, which is no element of the page.
            passed.append(self.name() if self.focused.count() else "")
            if re.search(wanted, passed[-1]):
                return
        raise AssertionError(f"{wanted!r} is not among {passed}")

    def follow(self, wanted=None):
        """Go to the link called ``wanted``, or stay where the focus is, and press Enter."""
        if wanted:
            self.tab_to(wanted)
        before = self.page.url
        self.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_load_state()

    def choose(self, field, option):
        """Go to the drop-down list ``field`` and take ``option`` with the arrow."""
        self.tab_to(field)
        options = self.focused.locator("option").all_inner_texts()
        steps = next(place for place, words in enumerate(options) if re.search(option, words))
        self.press("ArrowDown", steps)
        assert re.search(option, self.focused.locator("option:checked").inner_text())


def test_t1_the_crafts_chamber_of_a_region_and_its_phone(site, page_at):
    # No source of the records gives a number yet.
    Chamber.objects.filter(slug="artisanat-fes-meknes").update(phone="0500 00 00 00")
    hands = Hands(page_at(1280, js=False))
    hands.follow("^تجاوز إلى المحتوى")
    hands.follow("^فاس")
    hands.follow("^تجاوز إلى النتائج")
    hands.follow("الصناعة التقليدية")
    assert "/chambers/artisanat-fes-meknes/" in hands.page.url
    assert hands.page.locator("main a[href='tel:0500000000']").first.is_visible()
    assert hands.strokes <= 25


def test_t2_the_next_meeting_into_the_calendar(site, page_at):
    meeting = make.make_meeting(
        chamber=make.make_chamber(), title="الدورة العادية المقبلة", date=in_days(5), time=time(10), **TO_COME
    )
    hands = Hands(page_at(1280, js=False))
    hands.follow("^تجاوز إلى المحتوى")
    hands.follow("الدورة العادية المقبلة")
    hands.follow("^تجاوز إلى المحتوى")
    hands.tab_to("إضافة إلى المفكرة")
    with hands.page.expect_download() as download:
        hands.press("Enter")
    assert download.value.url.endswith(f"/meetings/2024/{meeting.slug}/calendar.ics")
    assert hands.strokes <= 15


def test_t3_the_outcome_of_an_item_and_the_minutes(site, page_at):
    meeting = make.make_meeting(date=in_days(-10), title="دورة انعقدت أخيرا")
    for outcome in ("adopted", "adopted", "noted", "rejected", "adopted"):
        make.make_item(meeting=meeting, outcome=outcome)
    minutes = make.make_document(meeting=meeting, title="محضر الدورة", url="")
    minutes.file.save("pv.pdf", ContentFile(b"%PDF-1.4"))
    hands = Hands(page_at(1280, js=False))
    hands.follow("الاجتماعات")
    hands.follow("^تجاوز إلى النتائج")
    hands.follow("دورة انعقدت أخيرا")
    assert hands.page.locator("#item-4 .badge").inner_text().strip() == "رُفضت"
    hands.follow("^تجاوز إلى المحتوى")
    hands.tab_to("محضر")
    with hands.page.expect_response(f"**/documents/{minutes.address}/file/") as answer:
        hands.press("Enter")
    assert answer.value.ok
    assert hands.strokes <= 30


def test_t4_agreements_under_way_of_one_family_and_region(site, page_at):
    chamber = Chamber.objects.get(slug="agriculture-fes-meknes")
    agreement = make.make_agreement(lead_chamber=chamber, title="اتفاقية قيد التنفيذ")
    make.make_step(agreement=agreement, stage=Stage.IN_FORCE)
    make.make_step(agreement=make.make_agreement(lead_chamber=chamber), stage=Stage.PROPOSED)
    hands = Hands(page_at(1280, js=False))
    hands.follow("^تجاوز إلى المحتوى")
    hands.follow("^فاس")
    hands.follow("^تجاوز إلى النتائج")
    hands.follow("الفلاحية")
    hands.follow("^تجاوز إلى المحتوى")
    hands.follow("^الاتفاقيات")
    hands.follow("^تجاوز إلى النتائج")
    hands.follow("قيد التنفيذ")
    assert hands.page.url.partition("#")[0].endswith("/chambers/agriculture-fes-meknes/agreements/?stage=in_force")
    assert hands.page.get_by_role("link", name="اتفاقية قيد التنفيذ").is_visible()
    assert hands.strokes <= 35


def test_the_filters_of_agreements_are_chosen_with_the_arrows(site, page_at):
    hands = Hands(page_at(1280, js=False), "/agreements/")
    hands.choose("^الجهة", "فاس")
    hands.choose("^صنف الغرف", "الفلاحة")
    hands.choose("^المرحلة", "قيد التنفيذ")
    hands.tab_to("^تطبيق")
    hands.follow()
    for part in ("region=fes-meknes", "family=agriculture", "stage=in_force"):
        assert part in hands.page.url


def test_t5_a_word_among_the_news_and_the_second_result(site, page_at):
    hands = Hands(page_at(1280, js=False))
    hands.follow("^الأخبار")
    hands.follow("^تجاوز إلى المحتوى")
    hands.tab_to("^كلمات")
    hands.page.keyboard.type("غرفة")
    hands.follow()
    second = hands.page.locator("main .rows h3 a").nth(1)
    title = second.inner_text()
    hands.follow("^تجاوز إلى النتائج")
    hands.follow(re.escape(title))
    assert hands.page.locator("h1").inner_text() == title
    assert hands.strokes <= 25


def test_t6_from_an_article_to_the_outcome_it_reports(site, page_at):
    hands = Hands(page_at(1280, js=False), "/news/2026/5-session-octobre-2024-fes-meknes/")
    hands.follow("^تجاوز إلى المحتوى")
    for _ in range(MOST_TABS):
        hands.press("Tab")
        if "#item-" in (hands.focused.get_attribute("href") or ""):
            break
    hands.follow()
    assert hands.page.locator(".agenda > li:target .badge").count() == 1
    assert hands.strokes <= 15


@pytest.mark.parametrize(("width", "most"), [(1280, 10), (360, 4)])
def test_main_content_is_few_tab_stops_away(site, page_at, width, most):
    page = page_at(width)
    for path in ("/", "/meetings/", "/chambers/artisanat-fes-meknes/", "/meetings/2024/artisanat-fes-meknes-octobre/"):
        page.goto(path)
        before = -1
        while not page.evaluate("document.querySelector('main').contains(document.activeElement)"):
            page.keyboard.press("Tab")
            before += 1
            assert before <= most, path


# Whether the ring of the focused element is drawn, and what lies over its middle.
SEEN = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const inside = x => box.left + box.width * x;
  const over = document.elementFromPoint(inside(0.5), box.top + box.height / 2);
  return {
    where: one.outerHTML.slice(0, 90),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    covered: !(over && (one.contains(over) || over.contains(one))),
    outside: box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth,
    top: box.top + scrollY, bottom: box.bottom + scrollY, end: box.left, start: box.right,
    part: one.closest('aside, nav, header, footer, form, section, main')?.outerHTML.slice(0, 60),
  };
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_focus_is_always_seen_and_goes_from_the_start_downwards(site, page_at, width):
    page = page_at(width, height=800)
    wrong = []
    for path in ("/", "/meetings/", "/meetings/2024/artisanat-fes-meknes-octobre/", "/agreements/"):
        page.goto(path)
        last = None
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            now = page.evaluate(SEEN)
            if not now["ring"] or now["covered"] or now["outside"]:
                wrong.append(f"{path}: not seen: {now['where']}")
            # Within one part of the page, the next stop is lower, or on the same line further from the start.
            if last and last["part"] == now["part"] and now["bottom"] <= last["top"]:
                wrong.append(f"{path}: goes up to {now['where']}")
            if (
                last
                and last["part"] == now["part"]
                and now["top"] < last["bottom"] - 4
                and now["bottom"] > last["top"]
            ):
                level = abs(now["top"] - last["top"]) < 4
                if level and now["end"] >= last["start"]:
                    wrong.append(f"{path}: goes back to {now['where']}")
            last = now
    assert wrong == [], "\n".join(wrong)
