"""The editors' desk in a browser: long forms lose nothing, a whole session is entered by hand, nothing is unnamed."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from meetings.models import Agreement, Meeting
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page, user):
    page.goto("/admin/login/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", make.PASSWORD)
    page.click("input[type=submit]")
    page.wait_for_selector("#content-main")


def choose(page, box, words):
    """Choose the first find for ``words`` in the search box of the field with the id ``box``."""
    page.locator(f"#{box} + .select2 .select2-selection").click()
    page.locator(".select2-search__field:visible").last.fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def add_another(page, prefix):
    page.locator(f"#{prefix}-group .add-row a").click()


def save(page):
    """Save, and wait for the answer: the page is heavy, so its address alone tells nothing."""
    with page.expect_navigation(timeout=60_000):
        page.locator("input[name=_continue]").last.click()


def test_a_form_of_forty_items_and_122_attendances_loses_nothing(page):
    meeting = make.make_meeting(title="الدورة العادية", members_present=100)
    for number in range(1, 41):
        make.make_item(meeting=meeting, title=f"النقطة {number}", outcome="adopted")
    for number in range(1, 123):
        make.make_attendance(meeting=meeting, office=f"عضو رقم {number}", role="member")
    sign_in(page, make.make_superuser())
    page.set_default_timeout(60_000)
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    page.evaluate(
        """() => {
            for (let n = 0; n < 40; n++) document.getElementById(`id_items-${n}-title`).value += " – مراجعة";
            for (let n = 0; n < 122; n++) document.getElementById(`id_attendances-${n}-office`).value += " – مراجع";
        }"""
    )
    page.fill("#id_summary", "ملخص كتبه المحرر")
    page.locator("#items-16 summary").click()
    page.fill("#id_items-16-votes_for", "101")
    save(page)
    # The row in error is open, and all that was typed is there.
    assert page.locator("#items-16 .errorlist").is_visible()
    assert page.input_value("#id_items-16-votes_for") == "101"
    assert page.input_value("#id_items-39-title") == "النقطة 40 – مراجعة"
    assert page.input_value("#id_attendances-121-office") == "عضو رقم 122 – مراجع"
    assert page.input_value("#id_summary") == "ملخص كتبه المحرر"
    assert not meeting.items.filter(title__contains="مراجعة").exists()
    page.fill("#id_items-16-votes_for", "٩٩")
    save(page)
    assert page.locator(".messagelist .success").is_visible()
    assert meeting.items.filter(title__endswith=" – مراجعة").count() == 40
    assert meeting.attendances.filter(office__endswith=" – مراجع").count() == 122
    assert meeting.items.get(position=17).votes_for == 99


# The session as the news agency's report gives it: the record's own words, from its own order.
SESSION = [
    ("بروتوكول تعاون مع الجمعية المغربية الإسبانية للتنمية الاقتصادية والسياحية والاجتماعية", "agreement", "adopted"),
    ("اتفاقية تعاون وإشراف منتدب: دعم الارتقاء البيئي بأفرنة الجير والفخار التقليدية", "agreement", "adopted"),
    ("اتفاقية خاصة: إحداث معرض جهوي دائم للصناعة التقليدية بفاس", "agreement", "adopted"),
    ("اتفاقية: البرنامج الجهوي لدعم المتدربين في قطاع الصناعة التقليدية", "agreement", "adopted"),
    ("اتفاقية: البرنامج الجهوي للتكوين وتطوير قدرات الصناع", "agreement", "adopted"),
    ("ملحق لاتفاقية الشراكة لبناء مجمع الصناعة التقليدية بصفرو", "addendum", "adopted"),
    ("تعديل النظام الداخلي للغرفة", "internal_rules", "adopted"),
    ("عرض حول محضر الدورة العادية لشهر يونيو 2024", "minutes", "presented"),
    ("التقرير الأدبي لدورة أكتوبر 2024", "activity_report", "presented"),
    ("مشروع ميزانية الغرفة برسم سنة 2025", "budget", "adopted"),
]


def test_the_session_of_october_2024_is_entered_in_one_form(page):
    chamber = make.make_chamber(name="غرفة الصناعة التقليدية لجهة فاس – مكناس", slug="artisanat-fes-meknes")
    make.make_person(name="ناجي الفخاري")
    make.make_person(name="معاذ الجامعي")
    make.make_source(code="fes-meknes", outlet="وكالة", title="دورة أكتوبر")
    sign_in(page, make.make_editor(chamber))
    page.goto("/admin/meetings/meeting/add/")
    # The editor's only chamber is chosen already.
    assert "فاس – مكناس" in page.locator("#id_chamber + .select2").inner_text()
    page.fill("#id_title", "الدورة العادية لشهر أكتوبر 2024")
    page.fill("#id_short_title", "دورة أكتوبر 2024")
    page.fill("#id_session_year", "2024")
    page.select_option("#id_session_month", "10")
    page.select_option("#id_status", "held")
    page.fill("#id_date", "30/12/2024")
    page.fill("#id_city", "فاس")
    page.select_option("#id_state", "published")
    for name in ("agenda_published_at", "results_published_at"):
        page.fill(f"#id_{name}_0", "30/12/2024")
        page.fill(f"#id_{name}_1", "18:00")
    for number, (title, kind, outcome) in enumerate(SESSION):
        if not page.locator(f"#id_items-{number}-title").count():
            add_another(page, "items")
        page.fill(f"#id_items-{number}-title", title)
        page.select_option(f"#id_items-{number}-kind", kind)
        page.select_option(f"#id_items-{number}-outcome", outcome)
    add_another(page, "attendances")
    choose(page, "id_attendances-0-person", "الفخاري")
    page.fill("#id_attendances-0-office", "رئيس الغرفة")
    page.select_option("#id_attendances-0-role", "presided")
    add_another(page, "attendances")
    choose(page, "id_attendances-1-person", "الجامعي")
    page.fill("#id_attendances-1-office", "والي جهة فاس – مكناس، عامل عمالة فاس")
    add_another(page, "talks")
    choose(page, "id_talks-0-person", "الفخاري")
    page.fill("#id_talks-0-points", "التكوين بالتدرج المهني\nالتسويق الإلكتروني\nمواكبة التصدير")
    add_another(page, "citations")
    page.select_option("#id_citations-0-field", "all")
    choose(page, "id_citations-0-source", "وكالة")
    save(page)
    assert page.locator(".errornote").count() == 0, page.locator(".errorlist").all_inner_texts()
    meeting = Meeting.objects.published().get()
    assert (meeting.url_year, meeting.slug) == (2024, "artisanat-fes-meknes-octobre")
    assert (meeting.chamber, meeting.date) == (chamber, datetime.date(2024, 12, 30))
    assert list(meeting.items.values_list("title", "kind", "outcome")) == SESSION
    assert [str(row) for row in meeting.attendances.all()] == [
        "ناجي الفخاري – رئيس الغرفة",
        "معاذ الجامعي – والي جهة فاس – مكناس، عامل عمالة فاس",
    ]
    assert len(meeting.talks.get().points) == 3
    for item in meeting.items.all()[:6]:
        enter_agreement(page, item)
    assert Agreement.objects.count() == 6
    for agreement in Agreement.objects.all():
        assert (agreement.url_year, agreement.sort_hint) == (2024, meeting.date)
        assert agreement.parties.get().chamber == chamber


def enter_agreement(page, item):
    """Type an agreement of the session: its title, its first party, the step taken at ``item``."""
    page.goto("/admin/meetings/agreement/add/")
    page.fill("#id_title", item.title)
    if item.kind == "addendum":
        page.select_option("#id_kind", "addendum")
        page.fill("#id_parent_as_named", "اتفاقية الشراكة لبناء مجمع الصناعة التقليدية بصفرو")
    page.select_option("#id_state", "published")
    add_another(page, "parties")
    choose(page, "id_parties-0-chamber", "فاس")
    add_another(page, "steps")
    page.select_option("#id_steps-0-stage", "adopted")
    choose(page, "id_steps-0-agenda_item", item.title)
    save(page)
    assert page.locator(".errornote").count() == 0, page.locator(".errorlist").all_inner_texts()


@pytest.fixture
def meeting():
    meeting = make.make_meeting()
    for part in (make.make_item, make.make_attendance, make.make_talk, make.make_document, make.make_sitting):
        part(meeting=meeting)
    return meeting


ADDRESSES = [
    "/admin/",
    "/admin/meetings/meeting/",
    "/admin/meetings/meeting/add/",
    "/admin/meetings/agreement/add/",
    "/admin/articles/article/add/",
    "/admin/chambers/person/add/",
    "/admin/meetings/agendaitem/",
    "/admin/meetings/document/add/",
    "/admin/accounts/user/add/",
    "/admin/chambers/editorship/add/",
    "/admin/publishing/source/add/",
    "/admin/bin/",
]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_screens_fit_and_everything_has_a_name(page_at, meeting, width, scheme):
    page = page_at(width, color_scheme=scheme, for_axe=True)
    sign_in(page, make.make_superuser())
    found = []
    role = make.make_editor(meeting.chamber).editorships.get()
    page.goto(f"/admin/meetings/document/{make.make_document().pk}/delete/")
    with page.expect_navigation():
        page.click("#content input[type=submit]")
    entry = page.goto("/admin/bin/") and page.get_attribute(".history .ways a", "href")
    draft = make.make_meeting(state="in_review", published_at=None)
    records = [
        f"/admin/meetings/meeting/{meeting.pk}/change/",
        f"/admin/meetings/meeting/{draft.pk}/change/",
        f"/admin/meetings/meeting/{draft.pk}/delete/",
        f"/admin/chambers/editorship/{role.pk}/change/",
    ]
    for address in [*ADDRESSES, *records, entry]:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address} scrolls sideways")
        for violation in Axe().run(page).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]][:3]
            found.append(f"{address} {violation['id']} ({len(violation['nodes'])}): {nodes}")
    assert not found, "\n".join(found)


def test_the_calendar_starts_on_monday_and_shows_seven_days(page):
    sign_in(page, make.make_superuser())
    page.goto("/admin/meetings/meeting/add/")
    page.locator("#id_date + .datetimeshortcuts a").last.click()
    box = page.locator(".calendarbox:visible")
    assert box.locator("thead th, tr:first-child th").first.inner_text() == "ن"
    outer = box.bounding_box()
    for day in box.locator("td a").all():
        inner = day.bounding_box()
        assert inner["x"] >= outer["x"]
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1


def test_what_was_deleted_comes_back_from_the_bin(page):
    meeting = make.make_meeting(title="الدورة العادية لشهر يونيو 2025", state="draft", published_at=None)
    make.make_item(meeting=meeting, title="مشروع الميزانية")
    chamber = meeting.chamber
    sign_in(page, make.make_editor(chamber))
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/delete/")
    assert "سلة المحذوفات" in page.inner_text("#content")
    with page.expect_navigation():
        page.click("#content input[type=submit]")
    assert not Meeting.objects.exists()
    page.click(".messagelist a")
    page.wait_for_url("**/admin/bin/")
    assert "نقط جدول الأعمال (1)" in page.inner_text("main")
    page.click(".history .ways a")
    assert "مشروع الميزانية" in page.inner_text("main")
    with page.expect_navigation():
        page.click(".history input[type=submit]")
    assert "استُرجع: الدورة العادية لشهر يونيو 2025" in page.inner_text(".messagelist")
    assert page.input_value("#id_items-0-title") == "مشروع الميزانية"


def test_what_got_no_answer_is_sent_again(page):
    meeting = make.make_meeting(title="الدورة العادية", city="فاس")
    make.make_item(meeting=meeting, title="مشروع الميزانية")
    sign_in(page, make.make_superuser())
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    page.goto(address)
    assert not page.locator("#unsent").is_visible()
    page.fill("#id_city", "صفرو")
    page.fill("#id_items-0-title", "مشروع ميزانية 2026")
    # The connection is lost while saving: the browser shows a page of its own.
    page.route("**/change/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("input[name=_continue]").last.click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/change/")
    page.goto(address)
    assert page.input_value("#id_city") == "فاس"
    assert "لم يصل جوابه" in page.inner_text("#unsent")
    with page.expect_navigation():
        page.click("#unsent [data-again]")
    meeting.refresh_from_db()
    assert (meeting.city, meeting.items.get().title) == ("صفرو", "مشروع ميزانية 2026")
    page.goto(address)
    assert not page.locator("#unsent").is_visible()


def test_without_a_connection_nothing_is_sent_and_all_stays(page):
    meeting = make.make_meeting(title="الدورة العادية", city="فاس")
    sign_in(page, make.make_superuser())
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    page.fill("#id_city", "صفرو")
    page.context.set_offline(True)
    page.locator("input[name=_continue]").last.click()
    assert "لا اتصال بالشبكة" in page.inner_text("#unsent")
    assert page.input_value("#id_city") == "صفرو"
    page.context.set_offline(False)
    save(page)
    meeting.refresh_from_db()
    assert meeting.city == "صفرو"
