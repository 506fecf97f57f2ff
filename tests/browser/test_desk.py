"""An editor's day in a browser: a new editor publishes a whole session, and each task keeps to its number of clicks.

A click is a press of a link, a button or a box to tick, a choice in a list, a file chosen; typing is free. The bars
are those of the design of the desk.
"""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail

from accounts import invitations
from articles.models import Article
from meetings.models import Agreement, Document, Meeting
from tests import factories as make

from .test_admin import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

AGENDA = """جدول أعمال الدورة العادية لشهر أكتوبر 2024
1- المصادقة على محضر الدورة العادية لشهر يونيو 2024
2- التقرير الأدبي لدورة أكتوبر 2024
٣- مشروع ميزانية الغرفة برسم سنة 2025
4- المصادقة على اتفاقية شراكة مع جمعية الصناع
5- المصادقة على بروتوكول تعاون مع مؤسسة التكوين
• تعديل النظام الداخلي للغرفة
• برنامج العمل لسنة 2025
• انتخاب نائب أمين المال
• رفع ملتمس إلى الوزارة الوصية
• مختلفات"""
PDF = {"name": "محضر.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 minutes"}
# Task and the most clicks it may take.
BARS = {
    "announce": 6,
    "agenda": 3,
    "outcomes": 12,
    "attendance": 12,
    "minutes": 3,
    "put off": 3,
    "call off": 3,
    "agreement": 3,
    "stage": 3,
    "news": 5,
    "correction": 2,
}


class Clicks:
    """A page whose clicks are counted, task by task."""

    def __init__(self, page):
        self.page, self.counts, self.task = page, {}, ""
        page.set_default_timeout(60_000)

    def begin(self, task):
        self.task = task
        self.counts[task] = 0

    def click(self, *where, name=None, role="link", inside=None):
        """Press the link or button ``name``, or what the selector names, and wait for the page it leads to."""
        area = self.page.locator(inside) if inside else self.page
        target = area.get_by_role(role, name=name, exact=True).first if name else area.locator(*where).first
        self.counts[self.task] += 1
        with self.page.expect_navigation():
            target.click()
        assert not self.page.locator(".errornote").count(), self.page.locator(".errorlist").all_inner_texts()

    def press(self, selector):
        """Press what leads nowhere: a box to tick, a folded part."""
        self.counts[self.task] += 1
        self.page.locator(selector).first.click()

    def choose(self, selector, value):
        self.counts[self.task] += 1
        self.page.select_option(selector, value)

    def file(self, selector, paper):
        self.counts[self.task] += 1
        self.page.set_input_files(selector, paper)


def let_in(page, chamber):
    """Follow the letter of an invitation to the desk."""
    user = invitations.invite("nadia@example.ma", by=make.make_superuser(), chamber_name=chamber.name)
    user.editorships.create(chamber=chamber, role="editor")
    page.goto(re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1])
    page.fill("#id_password1", make.PASSWORD)
    page.fill("#id_password2", make.PASSWORD)
    page.click("main input[type=submit]")
    sign_in(page, user)


def test_a_new_editor_publishes_a_whole_session_within_the_clicks(page, page_at):
    chamber = make.make_chamber(name="غرفة الصناعة التقليدية لجهة فاس – مكناس", slug="artisanat-fes-meknes")
    bureau = make.make_body(chamber=chamber, kind="bureau", name="المكتب")
    for office in ("president", "vice_president", "treasurer"):
        make.make_membership(body=bureau, office=office, person=make.make_person(name=f"صاحب منصب {office}"))
    let_in(page, chamber)
    desk = Clicks(page)

    desk.begin("announce")
    desk.click(name="أضف اجتماعا")
    page.fill("#id_title", "الدورة العادية لشهر أكتوبر 2024")
    page.fill("#id_session_year", "2024")
    desk.choose("#id_session_month", "10")
    page.fill("#id_date", "30/12/2024")
    page.fill("#id_time", "10:00")
    page.fill("#id_venue", "مقر الغرفة")
    desk.click(name="نشر الآن", role="button", inside="#publication-steps")
    meeting = Meeting.objects.published().get()
    form = page.url

    desk.begin("agenda")
    desk.click(name="إلصاق جدول الأعمال")
    page.fill("#id_text", AGENDA)
    desk.click(name="معاينة", role="button", inside=".submit-row")
    desk.click(name="حفظ", role="button", inside=".submit-row")
    assert list(meeting.items.values_list("kind", flat=True)) == [
        "minutes", "activity_report", "budget", "agreement", "agreement", "internal_rules", "programme", "election",
        "motion", "miscellaneous",
    ]  # fmt: skip
    desk.begin("publish the agenda")
    desk.click(name="نشر جدول الأعمال", role="button")

    desk.begin("outcomes")
    desk.click(name="نتائج جدول الأعمال")
    desk.click(name="صودق على الكل", role="button")
    desk.choose("#id_items-2-outcome", "adopted_as_amended")
    desk.choose("#id_items-7-outcome", "postponed")
    page.fill("#id_items-2-votes_for", "٢٠")
    desk.click(name="حفظ", role="button", inside=".submit-row")
    desk.begin("publish the results")
    desk.click(name="نشر النتائج", role="button")

    desk.begin("attendance")
    desk.click(name="حضور الأعضاء")
    desk.click(name="الكل حاضر", role="button")
    desk.choose("#id_attendances-0-role", "presided")
    desk.choose("#id_attendances-2-status", "excused")
    desk.click(name="حفظ", role="button", inside=".submit-row")

    desk.begin("minutes")
    desk.click(name="أضف المحضر", inside=".record-tasks")
    desk.file("#id_file", PDF)
    desk.click(name="نشر الآن", role="button", inside="#publication-steps")

    for number in (0, 1):
        page.goto(form)
        desk.begin(f"agreement {number}")
        desk.press(".task-menu summary")
        desk.click(".task-menu li a")
        desk.click(name="إنشاء المسودة", role="button")
        desk.begin("publish an agreement")
        desk.click(name="نشر الآن", role="button", inside="#publication-steps")

    desk.begin("stage")
    desk.click(name="المرحلة الموالية")
    page.fill("#id_date", "15/01/2025")
    desk.file("#id_file", {**PDF, "name": "اتفاقية.pdf"})
    desk.click(name="حفظ", role="button", inside=".submit-row")

    page.goto(form)
    desk.begin("news")
    desk.click(name="أضف خبرا عن هذا الاجتماع")
    page.fill("#id_title", "الغرفة تصادق على ميزانيتها")
    page.fill("#id_lede", "صادقت الجمعية العامة على مشروع الميزانية.")
    desk.click("input[name=_continue]")
    assert page.locator(".preview-link a").is_visible()
    desk.click(name="نشر الآن", role="button", inside="#publication-steps")

    page.goto(meeting.get_absolute_url())
    desk.begin("correction")
    desk.click(name="تعديل هذه الصفحة")
    page.fill("#id_venue", "القاعة الكبرى بمقر الغرفة")
    desk.click("input[name=_save]:not([hidden])")

    taken = {name: count for name, count in desk.counts.items() if not name.startswith("publish")}
    over = {name: count for name, count in taken.items() if count > BARS[name.rstrip(" 01")]}
    assert not over
    assert {name.rstrip(" 01") for name in taken} == BARS.keys() - {"put off", "call off"}
    visitor = page_at(360)
    visitor.goto(meeting.get_absolute_url())
    shown = visitor.inner_text("main")
    for words in (
        "القاعة الكبرى بمقر الغرفة",
        "مشروع ميزانية الغرفة برسم سنة 2025",
        "صاحب منصب president",
        "الغرفة تصادق على ميزانيتها",
    ):
        assert words in shown
    assert list(meeting.items.values_list("outcome", flat=True)) == [
        "adopted", "adopted", "adopted_as_amended", "adopted", "adopted", "adopted", "adopted", "postponed",
        "adopted", "",
    ]  # fmt: skip
    assert list(meeting.attendances.values_list("role", "status")) == [
        ("presided", "present"), ("member", "present"), ("member", "excused"),
    ]  # fmt: skip
    assert Document.objects.published().get(kind="minutes").meeting == meeting
    assert Agreement.objects.published().count() == 2
    assert Article.objects.published().get().meetings.get() == meeting
    print(desk.counts)


@pytest.mark.parametrize("width", [360, 1280])
def test_putting_off_and_calling_off_take_three_clicks(page_at, width):
    chamber = make.make_chamber()
    meeting = make.make_meeting(chamber=chamber, status="scheduled", date=date(2090, 10, 21))
    page = page_at(width)
    sign_in(page, make.make_editor(chamber))
    desk = Clicks(page)
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    desk.begin("put off")
    desk.click(name="تأجيل أو إلغاء")
    page.fill("#id_date", "04/11/2090")
    page.fill("#id_reason", "سوء الأحوال الجوية")
    desk.click(name="تأكيد", role="button")
    desk.begin("call off")
    desk.click(name="تأجيل أو إلغاء")
    desk.press("#id_act_2")
    page.fill("#id_reason", "قوة قاهرة")
    desk.click(name="تأكيد", role="button")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.date, meeting.sittings.count()) == ("cancelled", date(2090, 11, 4), 1)
    assert desk.counts["put off"] <= BARS["put off"]
    assert desk.counts["call off"] <= BARS["call off"]


def test_enter_in_a_box_of_the_preview_saves_what_was_changed(page):
    chamber = make.make_chamber()
    meeting = make.make_meeting(chamber=chamber, state="draft", published_at=None)
    sign_in(page, make.make_editor(chamber))
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/agenda/")
    page.fill("#id_text", "1- الميزانية")
    page.click(".submit-row button")
    page.fill("#id_lines-0-title", "الميزانية المعدلة")
    with page.expect_navigation():
        page.press("#id_lines-0-number", "Enter")
    assert meeting.items.get().title == "الميزانية المعدلة"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_task_screens_fit_and_everything_has_a_name(browser, live_server, width, scheme):
    chamber = make.make_chamber()
    meeting = make.make_meeting(chamber=chamber, status="scheduled", date=date(2024, 10, 21))
    item = make.make_item(meeting=meeting, kind="agreement", title="اتفاقية شراكة " + "طويلة الاسم " * 12)
    body = make.make_body(chamber=chamber, kind="bureau")
    make.make_membership(body=body, office="president")
    agreement = make.make_agreement(lead_chamber=chamber)
    make.make_step(agreement=agreement)
    make.make_article(lead_chamber=chamber, state="draft", published_at=None)
    # Axe writes a style of its own into the page, which the policy would refuse.
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    sign_in(page, make.make_editor(chamber, role="manager"))
    found = []

    def judge(what):
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{what} scrolls sideways")
        for violation in Axe().run(page).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"]][:3]
            found.append(f"{what} {violation['id']} ({len(violation['nodes'])}): {nodes}")

    row = f"/admin/meetings/meeting/{meeting.pk}"
    judge("desk")
    for address in (
        f"{row}/change/", f"{row}/outcomes/", f"{row}/attendance/", f"{row}/postpone/", f"{row}/copy/",
        f"{row}/agenda/",
        f"/admin/meetings/agendaitem/{item.pk}/agreement/", f"/admin/meetings/agreement/{agreement.pk}/stage/",
        "/admin/meetings/agendaitem/", "/admin/meetings/agendaitem/import/",
    ):  # fmt: skip
        page.goto(address)
        judge(address)
    sheet = f"الاجتماع,الترتيب,النقطة,النوع\n{meeting.url_year}/{meeting.slug},7,نقطة,محضر\nلا,س,نقطة,مجهول\n"
    page.set_input_files(
        "#id_file", {"name": "sheet_" * 15 + ".csv", "mimeType": "text/csv", "buffer": sheet.encode()}
    )
    page.click(".submit-row button")
    page.wait_for_selector(".check-counts")
    judge("check of a sheet")
    page.goto(f"{row}/agenda/")
    page.fill("#id_text", AGENDA)
    page.click(".submit-row button")
    page.wait_for_selector(".lines")
    judge("preview of an agenda")
    context.close()
    assert not found, "\n".join(found)


def test_the_tasks_take_the_whole_width_and_help_stands_below_its_box(page_at):
    chamber = make.make_chamber()
    meeting = make.make_meeting(chamber=chamber, status="scheduled", date=date(2090, 10, 21))
    page = page_at(1280)
    sign_in(page, make.make_editor(chamber))
    page.goto("/admin/")
    desk, acts = page.locator(".desk").bounding_box(), page.locator("#content-related").bounding_box()
    assert desk["x"] == acts["x"]
    assert desk["x"] + desk["width"] == 1240
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/postpone/")
    page.click(".submit-row button")
    for words in ("#id_reason_helptext", "#id_reason ~ .errorlist"):
        assert page.locator(words).first.evaluate("node => getComputedStyle(node).paddingInlineStart") == "0px"


def test_only_the_box_that_is_wrong_is_red(page):
    item = make.make_item(meeting=make.make_meeting(chamber=make.make_chamber()))
    sign_in(page, make.make_editor(item.meeting.chamber))
    page.goto(f"/admin/meetings/meeting/{item.meeting_id}/outcomes/")
    page.fill("#id_items-0-votes_for", "-1")
    page.click(".submit-row button")
    page.wait_for_selector(".task-row .errorlist")
    assert page.inner_text(".task-row .errorlist") == "لا تُقبل قيمة أقل من 0."
    wrong, right = (
        page.locator(f"#id_items-0-{name}").evaluate("node => getComputedStyle(node).borderColor")
        for name in ("votes_for", "outcome")
    )
    assert wrong == page.locator(".task-row").evaluate("node => getComputedStyle(node).borderInlineStartColor")
    assert right != wrong


@pytest.mark.parametrize("width", [360, 1280])
def test_a_day_is_chosen_from_the_calendar_in_tasks(page_at, width):
    chamber = make.make_chamber()
    meeting = make.make_meeting(chamber=chamber, status="scheduled", date=date(2090, 10, 21))
    step = make.make_step(agreement=make.make_agreement(lead_chamber=chamber))
    page = page_at(width)
    sign_in(page, make.make_editor(chamber))
    row = f"/admin/meetings/meeting/{meeting.pk}"
    for address in (f"{row}/postpone/", f"{row}/copy/", f"/admin/meetings/agreement/{step.agreement_id}/stage/"):
        page.goto(address)
        page.fill("#id_date", "04/11/2090")
        page.click("#id_date ~ .datetimeshortcuts a >> nth=1")
        calendar = page.locator(".calendarbox:visible")
        place = calendar.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
        calendar.get_by_text("27", exact=True).click()
        assert page.input_value("#id_date") == "27/11/2090"
