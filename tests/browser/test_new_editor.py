"""The first day of a new editor, from the letter that invites them to a session that anybody reads.

Every page is reached by what stands on the page before. Counted are clicks, by which a press of a link or a button, a
choice in a list, a box to tick and a file are one each, and key strokes. The bars are those of the design of the desk.

Minutes come from the keystroke-level model of Card, Moran and Newell, which says how long somebody takes who knows
the task and makes no mistake:

- K, a key struck by an average typist or a button of the mouse pressed: 0.28 s;
- P, pointing at something on the screen: 1.1 s;
- H, the hand moved between mouse and keys: 0.4 s;
- M, making up one's mind before an act, or looking over one line of what is shown: 1.35 s;
- R, what the server and the browser take: measured here, from the press to the page that follows, and counted up to
  a second. On a machine that others use it takes longer, which says nothing of the desk.

A click is M P K. A choice in a list is M P K to open it and P K to take one. A box typed into is M H P K to reach it
by mouse and H to come back to the keys, then two keys to mark what it holds and K for each sign; whoever goes on with
the tab key is quicker. Text that is pasted is fetched from another window (M P K, four keys to mark and copy, P K to
return) and takes two keys here. A file is M P K for its button and M P K K in the window of the system. What a screen
shows to be looked over, lines of a preview or boxes filled in already, is M a line.
"""

import io
import re
import time
from dataclasses import dataclass

import pytest
from django.core import mail
from pypdf import PdfWriter

from accounts import invitations
from articles.models import Article
from meetings.models import Agreement, Document, Meeting
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)

K, P, H, M, MOST_R = 0.28, 1.1, 0.4, 1.35, 1.0
AGENDA = """السلام عليكم
جدول أعمال الدورة العادية لشهر أكتوبر 2024:
1- المصادقة على محضر الدورة العادية لشهر يونيو 2024
2- التقرير الأدبي لدورة أكتوبر 2024
٣- مشروع ميزانية الغرفة برسم سنة 2025
4- المصادقة على اتفاقية شراكة مع جمعية الصناع
5- المصادقة على بروتوكول تعاون مع مؤسسة التكوين
6- تعديل النظام الداخلي للغرفة
7- برنامج العمل لسنة 2025
8- انتخاب نائب أمين المال
9- رفع ملتمس إلى الوزارة الوصية
10- مختلفات
رئيس الغرفة"""
LEDE = "صادقت الجمعية العامة للغرفة على مشروع ميزانية سنة 2025 وعلى اتفاقيتين."
BODY = (
    "عقدت الغرفة دورتها العادية لشهر أكتوبر بمقرها، وصادق الأعضاء على محضر الدورة السابقة وعلى مشروع الميزانية "
    "بعد تعديله. كما صادقوا على اتفاقية شراكة مع جمعية الصناع وعلى بروتوكول تعاون مع مؤسسة التكوين، وأُجّل انتخاب "
    "نائب أمين المال إلى دورة لاحقة."
)
# Task, the most clicks and the most seconds it may take.
BARS = {
    "announce": (6, 60),
    "agenda": (3, 60),
    "outcomes": (12, 120),
    "attendance": (12, 120),
    "minutes": (3, 30),
    "agreement": (3, 60),
    "second agreement": (3, 60),
    "stage": (3, 30),
    "news": (5, 300),
    "correction": (2, 20),
    "put off": (3, 30),
}


def paper(name):
    """Return a file of one blank page as the browser is given it."""
    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(buffer)
    return {"name": name, "mimeType": "application/pdf", "buffer": buffer.getvalue()}


@dataclass
class Effort:
    clicks: int = 0
    keys: int = 0
    seconds: float = 0.0


class Editor:
    """Somebody at a page, whose clicks, keys and seconds are counted task by task."""

    def __init__(self, page):
        self.page, self.efforts, self.effort = page, {}, Effort()
        page.set_default_timeout(60_000)

    def begin(self, task):
        self.effort = self.efforts.setdefault(task, Effort())

    def _act(self, seconds, clicks=0, keys=0):
        self.effort.seconds += seconds
        self.effort.clicks += clicks
        self.effort.keys += keys

    def click(self, *where, name=None, role="link", inside="body"):
        """Press the link or button ``name``, or what the selector names, and wait for the page it leads to."""
        area = self.page.locator(inside)
        target = area.get_by_role(role, name=name, exact=True).first if name else area.locator(*where).first
        self._act(M + P + K, clicks=1)
        begun = time.monotonic()
        with self.page.expect_navigation():
            target.click()
        self._act(min(time.monotonic() - begun, MOST_R))
        assert not self.page.locator(".errornote").count(), self.page.locator(".errorlist").all_inner_texts()
        assert not self.page.locator("#unsent:visible").count()

    def press(self, selector):
        """Press what leads nowhere: a folded part, a box to tick."""
        self._act(M + P + K, clicks=1)
        self.page.locator(selector).first.click()

    def choose(self, selector, value):
        self._act(M + P + K + P + K, clicks=1)
        self.page.select_option(selector, value)

    def file(self, selector, paper):
        self._act(M + P + K + M + P + K + K, clicks=1)
        self.page.set_input_files(selector, paper)

    def type(self, selector, words):
        """Put ``words`` in the place of what the box holds."""
        self._act(M + H + P + K + H + K * (2 + len(words)), keys=2 + len(words))
        self.page.fill(selector, words)

    def paste(self, selector, text):
        self._act(M + P + K + 4 * K + P + K + H + 2 * K, keys=6)
        self.page.fill(selector, text)

    def write(self, selector, text):
        """Write into the editor of rich text."""
        self._act(M + H + P + K + H + K * len(text), keys=len(text))
        self.page.locator(selector).click()
        self.page.keyboard.insert_text(text)

    def look_over(self, lines):
        self._act(M * lines)


def test_the_first_day_of_a_new_editor(page, page_at, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    chamber = make.make_chamber(name="غرفة الصناعة التقليدية لجهة فاس – مكناس", slug="artisanat-fes-meknes")
    bureau = make.make_body(chamber=chamber, kind="bureau", name="المكتب")
    for office in ("president", "vice_president", "treasurer"):
        make.make_membership(body=bureau, office=office, person=make.make_person(name=f"صاحب منصب {office}"))
    user = invitations.invite("nadia@example.ma", by=make.make_superuser(), chamber_name=chamber.name)
    user.editorships.create(chamber=chamber, role="editor")
    editor = Editor(page)

    take_the_invitation(editor)
    meeting = announce(editor)
    enter_the_agenda(editor, meeting)
    enter_what_was_decided(editor)
    attach_the_minutes(editor)
    make_two_agreements(editor, chamber)
    write_the_news(editor)
    correct_the_public_page(editor, meeting)
    put_off_the_next_meeting(editor, chamber)

    efforts = editor.efforts
    over = {task: efforts[task] for task, (clicks, _most) in BARS.items() if efforts[task].clicks > clicks}
    late = {task: efforts[task] for task, (_clicks, most) in BARS.items() if efforts[task].seconds > most}
    assert not over
    assert not late
    # What the bars leave out: getting in, the way from one form to the next, and the buttons that publish.
    between = [effort for task, effort in efforts.items() if task not in BARS]
    assert sum(effort.clicks for effort in between) <= 20
    assert sum(effort.seconds for effort in efforts.values()) <= 14 * 60
    read_what_anybody_reads(page_at(360), meeting, chamber)
    report(efforts)


def take_the_invitation(editor):
    """Choose a password from the letter's page and sign in; an editor is not asked for a second factor."""
    editor.begin("invitation")
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    editor._act(M + P + K, clicks=1)
    editor.page.goto(link)
    editor.type("#id_password1", make.PASSWORD)
    editor.type("#id_password2", make.PASSWORD)
    editor.click("main input[type=submit]")
    editor.click(name="دخول", inside="main")
    editor.type("#id_username", "nadia@example.ma")
    editor.type("#id_password", make.PASSWORD)
    editor.click("main input[type=submit]")
    assert editor.page.locator("h1").first.inner_text() == "مهامي"


def announce(editor):
    editor.begin("announce")
    editor.click(name="أضف اجتماعا")
    editor.type("#id_title", "الدورة العادية لشهر أكتوبر 2024")
    editor.type("#id_session_year", "2024")
    editor.choose("#id_session_month", "10")
    editor.type("#id_date", "30/12/2024")
    editor.type("#id_time", "10:00")
    editor.type("#id_venue", "مقر الغرفة")
    editor.click(name="نشر الآن", role="button", inside="#publication-steps")
    return Meeting.objects.published().get()


def enter_the_agenda(editor, meeting):
    editor.begin("agenda")
    editor.click(name="إلصاق جدول الأعمال")
    editor.paste("#id_text", AGENDA)
    editor.click(name="معاينة", role="button", inside=".submit-row")
    editor.look_over(13)
    editor.click(name="حفظ", role="button", inside=".submit-row")
    assert meeting.items.count() == 10
    editor.begin("publish the agenda")
    editor.click(name="نشر جدول الأعمال", role="button")


def enter_what_was_decided(editor):
    editor.begin("outcomes")
    editor.click(name="نتائج جدول الأعمال")
    editor.click(name="صودق على الكل", role="button")
    editor.look_over(10)
    editor.choose("#id_items-2-outcome", "adopted_as_amended")
    editor.choose("#id_items-7-outcome", "postponed")
    editor.type("#id_items-2-votes_for", "٢٠")
    editor.click(name="حفظ", role="button", inside=".submit-row")
    editor.begin("publish the results")
    editor.click(name="نشر النتائج", role="button")
    editor.begin("attendance")
    editor.click(name="حضور الأعضاء")
    editor.click(name="الكل حاضر", role="button")
    editor.look_over(3)
    editor.choose("#id_attendances-0-role", "presided")
    editor.choose("#id_attendances-2-status", "excused")
    editor.click(name="حفظ", role="button", inside=".submit-row")


def attach_the_minutes(editor):
    editor.begin("minutes")
    editor.click(name="أضف المحضر", inside=".record-tasks")
    editor.file("#id_file", paper("محضر.pdf"))
    editor.look_over(4)
    editor.click(name="نشر الآن", role="button", inside="#publication-steps")


def back_to_the_meeting(editor):
    editor.begin("ways")
    editor.click(name="عودة إلى: الدورة العادية لشهر أكتوبر 2024", inside=".record-tasks")


def make_two_agreements(editor, chamber):
    for task in ("agreement", "second agreement"):
        back_to_the_meeting(editor)
        editor.begin(task)
        editor.press(".task-menu summary")
        editor.click(".task-menu li a")
        editor.look_over(4)
        editor.click(name="إنشاء المسودة", role="button")
        editor.begin("publish the agreements")
        editor.click(name="نشر الآن", role="button", inside="#publication-steps")
    editor.begin("stage")
    editor.click(name="المرحلة الموالية")
    editor.type("#id_date", "15/01/2025")
    editor.file("#id_file", paper("اتفاقية.pdf"))
    editor.click(name="حفظ", role="button", inside=".submit-row")


def write_the_news(editor):
    back_to_the_meeting(editor)
    editor.begin("news")
    editor.click(name="أضف خبرا عن هذا الاجتماع")
    editor.type("#id_title", "الغرفة تصادق على ميزانيتها")
    editor.type("#id_lede", LEDE)
    editor.write(".richtext [contenteditable=true]", BODY)
    editor.click("input[name=_continue]")
    editor.look_over(8)
    editor.click(name="نشر الآن", role="button", inside="#publication-steps")


def correct_the_public_page(editor, meeting):
    editor.page.goto(meeting.get_absolute_url())
    editor.begin("correction")
    editor.click(name="تعديل هذه الصفحة")
    editor.type("#id_venue", "القاعة الكبرى")
    editor.click("input[name=_save]:not([hidden])")


def put_off_the_next_meeting(editor, chamber):
    """Put off another meeting, as the session of this day was held."""
    other = make.make_meeting(chamber=chamber, status="scheduled", date="2090-10-23", title="اجتماع المكتب")
    editor.page.goto(f"/admin/meetings/meeting/{other.pk}/change/")
    editor.begin("put off")
    editor.click(name="تأجيل أو إلغاء")
    editor.type("#id_date", "06/11/2090")
    editor.type("#id_reason", "سوء الأحوال الجوية")
    editor.click(name="تأكيد", role="button")


def read_what_anybody_reads(page, meeting, chamber):
    page.goto(meeting.get_absolute_url())
    shown = page.inner_text("main")
    for words in (
        "القاعة الكبرى", "مشروع ميزانية الغرفة برسم سنة 2025", "صاحب منصب president", "المحضر",
        "اتفاقية شراكة مع جمعية الصناع", "الغرفة تصادق على ميزانيتها",
    ):  # fmt: skip
        assert words in shown
    assert "السلام عليكم" not in shown
    agreements = Agreement.objects.published().order_by("pk")
    assert [(one.title, one.kind) for one in agreements] == [
        ("اتفاقية شراكة مع جمعية الصناع", "partnership"),
        ("بروتوكول تعاون مع مؤسسة التكوين", "cooperation_protocol"),
    ]
    for row in agreements:
        page.goto(row.get_absolute_url())
        assert row.title in page.inner_text("h1")
    article = Article.objects.published().get()
    page.goto(article.get_absolute_url())
    assert BODY[:40] in page.inner_text("main")
    minutes = Document.objects.published().get(kind="minutes")
    page.goto(minutes.get_absolute_url())
    assert page.locator("main a[href*='.pdf'], main a[download], main a[href*='file']").count()


def report(efforts):
    for task, effort in efforts.items():
        print(f"{task}: {effort.clicks} clicks, {effort.keys} keys, {effort.seconds:.0f} s")
    clicks, keys = (sum(getattr(effort, name) for effort in efforts.values()) for name in ("clicks", "keys"))
    print(f"the day: {clicks} clicks, {keys} keys, {sum(one.seconds for one in efforts.values()) / 60:.1f} min")
