"""A meeting goes from draft to minutes by the buttons of its form, and the public sees each part when it is out."""

import pytest

from meetings.models import Meeting
from tests import factories as make

from .test_admin import save, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "الدراسة والمصادقة على مشروع ميزانية 2091"
MINUTES = "محضر الدورة"


def press(page, words):
    """Press the button ``words`` among the steps of publication, and wait for the form to come back."""
    with page.expect_navigation(timeout=60_000):
        page.locator("#publication-steps").get_by_role("button", name=words, exact=True).click()
    assert not page.locator(".errornote").count()


@pytest.fixture
def public_text(page_at):
    """Return a function for what a new visitor without an account reads on a meeting's page; None where there is none.

    New each time: a browser keeps a public page for a minute.
    """

    def read(meeting):
        visitor = page_at(1280)
        answer = visitor.goto(meeting.get_absolute_url())
        return visitor.inner_text("main") if answer.status == 200 else None

    return read


@pytest.mark.parametrize("width", [1280, 360])
def test_a_meeting_becomes_public_in_four_parts(page_at, public_text, width):
    meeting = make.make_meeting(
        title="الدورة العادية لشهر يونيو 2091", status="scheduled", date="2090-06-12", state="draft",
        published_at=None, agenda_published_at=None, results_published_at=None,
    )  # fmt: skip
    make.make_item(meeting=meeting, title=TITLE)
    minutes = make.make_document(
        meeting=meeting, chamber=meeting.chamber, kind="minutes", title=MINUTES, state="draft", published_at=None
    )
    page = page_at(width)
    page.set_default_timeout(60_000)
    sign_in(page, make.make_superuser())
    form = f"/admin/meetings/meeting/{meeting.pk}/change/"
    page.goto(form)

    # The draft: nobody sees it but who has the link.
    assert public_text(meeting) is None
    visitor = page_at(width)
    visitor.goto(page.get_attribute(".preview-link a", "href"))
    assert visitor.get_by_role("heading", name="معاينة: لم تُنشر بعد").is_visible()
    assert TITLE in visitor.inner_text("main")
    assert not visitor.context.cookies()

    press(page, "إرسال للمراجعة")
    page.fill("#id_return_note", "أضف مكان الانعقاد.")
    press(page, "إرجاع مع ملاحظة")
    assert "أضف مكان الانعقاد." in page.inner_text(".review-note")
    page.fill("#id_venue", "مقر الغرفة")
    press(page, "إرسال للمراجعة")

    # The notice.
    press(page, "نشر الآن")
    shown = public_text(meeting)
    assert "مقر الغرفة" in shown
    assert TITLE not in shown

    # The agenda.
    press(page, "نشر جدول الأعمال")
    assert TITLE in public_text(meeting)
    page.fill("#id_items-0-title", f"{TITLE} بعد التعديل")
    save(page)
    shown = public_text(meeting)
    assert "كما أُرسلت:" in shown

    # The results.
    page.select_option("#id_status", "held")
    page.fill("#id_date", "12/06/2025")
    page.select_option("#id_items-0-outcome", "rejected")
    save(page)
    assert "رُفض" not in public_text(meeting)
    press(page, "نشر النتائج")
    assert "رُفض" in public_text(meeting)

    # The minutes.
    assert MINUTES not in public_text(meeting)
    page.locator("#publication-steps").get_by_role("link", name="افتح المحضر").click()
    page.wait_for_url(f"**/document/{minutes.pk}/change/")
    press(page, "نشر الآن")
    assert MINUTES in public_text(meeting)

    meeting = Meeting.objects.get()
    assert meeting.items.get().sent_title == TITLE


@pytest.mark.parametrize("width", [1280, 360])
def test_the_steps_fit_the_screen(page_at, width):
    meeting = make.make_meeting(
        state="in_review", published_at=None, agenda_published_at=None, results_published_at=None
    )
    make.make_item(meeting=meeting)
    page = page_at(width)
    sign_in(page, make.make_superuser())
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    for part in ("#publication-steps", ".publication-now"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    buttons = page.locator("#publication-steps button")
    assert all(button.bounding_box()["height"] >= 44 for button in buttons.all())
