"""Two browsers at one meeting, and a sign-in that ends while somebody types: nothing is lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session

from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page, user):
    page.goto("/admin/login/")
    send_password(page, user)
    page.wait_for_selector("#content-main")


def send_password(page, user):
    page.fill("input[name=login], input[name=username]", user.username)
    page.fill("input[name=password]", make.PASSWORD)
    page.locator("#content button[type=submit], #content input[type=submit]").last.click()


def save(page):
    with page.expect_navigation(timeout=60_000):
        page.locator("input[name=_continue]").last.click()


@pytest.fixture
def meeting():
    meeting = make.make_meeting(title="الدورة العادية", city="فاس", venue="مقر الغرفة")
    make.make_item(meeting=meeting, title="عرض حول المحضر", kind="minutes")
    make.make_item(meeting=meeting, title="مشروع الميزانية", kind="budget")
    return meeting


@pytest.mark.parametrize("width", [360, 1280])
def test_two_browsers_edit_one_meeting_and_nothing_is_lost(page_at, meeting, width):
    first, second = page_at(1280), page_at(width)
    sign_in(first, make.make_superuser(first_name="سعاد", last_name="العلمي"))
    sign_in(second, make.make_superuser())
    for page in (first, second):
        page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    first.fill("#id_city", "صفرو")
    first.fill("#id_items-1-title", "ميزانية 2026")
    second.fill("#id_city", "تازة")
    second.fill("#id_summary", "ملخص كتبه الثاني")
    second.fill("#id_items-1-title", "ميزانية 2025")
    save(first)
    save(second)
    panel = second.locator(".changed-meanwhile")
    assert panel.is_visible()
    assert "سعاد العلمي" in panel.inner_text()
    assert second.input_value("#id_city") == "تازة"
    assert second.input_value("#id_summary") == "ملخص كتبه الثاني"
    meeting.refresh_from_db()
    assert (meeting.city, meeting.summary) == ("صفرو", "")
    assert second.evaluate("document.documentElement.scrollWidth") <= width
    # The writer keeps their own city and takes the other's item.
    panel.locator(".difference", has_text="ميزانية 2026").locator("input[name=_take]").check()
    save(second)
    assert second.locator(".messagelist .success").is_visible()
    meeting.refresh_from_db()
    assert (meeting.city, meeting.summary) == ("تازة", "ملخص كتبه الثاني")
    assert meeting.items.get(position=2).title == "ميزانية 2026"


def test_the_comparison_is_accessible(page_at, meeting):
    page = page_at(360, for_axe=True)
    sign_in(page, make.make_superuser())
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    page.fill("#id_city", "تازة")
    type(meeting).objects.filter(pk=meeting.pk).update(city="صفرو")
    save(page)
    assert page.locator(".changed-meanwhile").is_visible()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_history_is_accessible_and_fits(page_at, meeting, width):
    page = page_at(width, for_axe=True)
    sign_in(page, make.make_superuser())
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    page.fill("#id_city", "تازة")
    page.fill("#id_summary", "ملخص طويل " * 100)
    page.fill("#id_items-0-title", "عرض آخر")
    save(page)
    history = f"/admin/meetings/meeting/{meeting.pk}/history/"
    page.goto(history)
    moment = page.locator(".ways a").first.get_attribute("href")
    meeting.items.filter(position=1).update(title="عرض أخير")
    found = []
    for address in (history, moment):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address} scrolls sideways")
        found += [
            f"{address} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]
        ]
    assert not found, "\n".join(found)


def test_a_sign_in_that_ended_while_typing_loses_no_text(page, meeting):
    user = make.make_superuser()
    sign_in(page, user)
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    page.fill("#id_summary", "ملخص كُتب في ساعة")
    page.fill("#id_items-0-title", "عرض حول محضر الدورة السابقة")
    Session.objects.all().delete()
    save(page)
    send_password(page, user)
    page.wait_for_selector("#id_summary")
    assert page.input_value("#id_summary") == "ملخص كُتب في ساعة"
    assert page.input_value("#id_items-0-title") == "عرض حول محضر الدورة السابقة"
    assert page.locator(".errornote").is_visible()
    meeting.refresh_from_db()
    assert meeting.summary == ""
    save(page)
    assert page.locator(".messagelist .success").is_visible()
    meeting.refresh_from_db()
    assert meeting.summary == "ملخص كُتب في ساعة"
    assert meeting.items.get(position=1).title == "عرض حول محضر الدورة السابقة"


def test_signing_in_anew_in_another_window_loses_no_text(page, meeting):
    user = make.make_superuser()
    sign_in(page, user)
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    page.fill("#id_summary", "ملخص كُتب في ساعة")
    Session.objects.all().delete()
    other = page.context.new_page()
    sign_in(other, user)
    save(page)
    assert page.input_value("#id_summary") == "ملخص كُتب في ساعة"
    save(page)
    assert page.locator(".messagelist .success").is_visible()
    meeting.refresh_from_db()
    assert meeting.summary == "ملخص كُتب في ساعة"
