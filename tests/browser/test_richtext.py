"""The editor of the news in a browser: Arabic from right to left, Word's paste, the keyboard, and no script at all."""

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Article
from tests import factories as make
from tests.admin_forms import admin_url

pytestmark = pytest.mark.django_db(transaction=True)

# What Word puts on the clipboard: styles in every element, points of lists as paragraphs, marks of direction.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
<body lang=AR-MA dir=RTL style="tab-interval:36pt"><!--StartFragment-->
<h1 dir=RTL style="text-align:right"><span lang=AR-MA style="font-family:Arial">عنوان<o:p></o:p></span></h1>
<p class=MsoNormal dir=RTL style="text-align:right"><b><span style="mso-bidi-font-weight:bold">نص مهم</span></b>
<span dir=RTL></span>&#8207; و<a href="https://example.org/x" style="color:red">رابط</a>
و<a href="javascript:alert(1)">فخ</a><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><![if !supportLists]><span
style="font-family:Symbol"><span style="mso-list:Ignore">·<span>&nbsp;&nbsp; </span></span></span><![endif]>أولى</p>
<p class=MsoListParagraphCxSpMiddle style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o</span>فرعية</p>
<p class=MsoListParagraphCxSpLast style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>ثانية</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">1.</span>واحد</p>
<p class=MsoListParagraph style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">2.</span>اثنان</p>
<table><tr><td style="width:10pt"><p>خلية</p></td><td><p>أخرى</p></td></tr></table>
<p><img src="file:///x.png" onerror="alert(1)"></p><!--EndFragment--></body></html>"""
KEPT = (
    "<h2>عنوان</h2><p><strong>نص مهم</strong> و"
    '<a href="https://example.org/x" rel="noopener nofollow">رابط</a> وفخ</p>'
    "<ul><li>أولى<ul><li>فرعية</li></ul></li><li>ثانية</li></ul><ol><li>واحد</li><li>اثنان</li></ol>"
    "<p>خلية – أخرى</p>"
)
PASTE = """html => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(".surface").dispatchEvent(event);
}"""


def until(page, expression):
    """Wait until ``expression`` holds; Playwright's own way polls inside the page, where the policy forbids eval."""
    for _attempt in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def sign_in(page, live_server):
    client = Client()
    client.force_login(make.make_superuser())
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])


def save(page):
    with page.expect_navigation():
        page.locator("input[name=_continue]").last.click()


def active(page):
    return page.evaluate("document.activeElement.dataset.act ?? document.activeElement.className")


@pytest.fixture
def desk(page, live_server):
    sign_in(page, live_server)
    return page


def test_what_word_writes_is_cleaned(desk):
    article = make.make_article(body="")
    desk.goto(admin_url(article))
    desk.click(".surface")
    desk.evaluate(PASTE, WORD)
    save(desk)
    article.refresh_from_db()
    assert article.body.replace("\n", "") == KEPT


def test_a_text_is_written_with_the_keyboard_alone(desk):
    article = make.make_article(body="<p>أولى</p>")
    desk.goto(admin_url(article))
    desk.locator("#id_lede").focus()
    desk.keyboard.press("Tab")
    assert active(desk) == "h2"  # the tools are one stop
    desk.keyboard.press("Tab")
    assert "surface" in active(desk)
    # The editor puts its cursor a moment after it is entered, and hears later of a moved one: a hand is slower.
    desk.wait_for_timeout(200)
    desk.keyboard.press("Control+End")
    until(desk, "getSelection().anchorOffset > 0")
    desk.wait_for_timeout(200)
    desk.keyboard.press("Enter")
    desk.keyboard.press("Alt+F10")
    desk.keyboard.press("ArrowLeft")  # onward, where one reads from the right
    assert active(desk) == "h3"
    desk.keyboard.press("Enter")
    until(desk, "document.activeElement.classList.contains('surface')")
    desk.keyboard.type("عنوان فرعي")
    assert desk.get_attribute("[data-act=h3]", "aria-pressed") == "true"
    desk.keyboard.press("Enter")
    desk.keyboard.press("Control+b")
    desk.keyboard.type("مهم")
    desk.keyboard.press("Control+b")
    desk.keyboard.type(" ")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("javascript:alert(1)")
    desk.keyboard.press("Enter")
    assert desk.locator(".link-box [role=alert]").is_visible()
    desk.fill("#id_body_link", "/meetings/")
    desk.keyboard.press("Enter")
    until(desk, "document.activeElement.classList.contains('surface')")
    save(desk)
    article.refresh_from_db()
    assert article.body == (
        "<p>أولى</p><h3>عنوان فرعي</h3>"
        '<p><strong>مهم</strong> <a href="/meetings/" rel="noopener nofollow">/meetings/</a></p>'
    )


def test_an_untouched_text_is_sent_as_it_was(desk):
    body = '<p dir="ltr" lang="fr">Texte</p>\n<p>نص <bdi dir="ltr">GIZ</bdi> <q>قول</q><br>سطر</p>'
    article = make.make_article(body=body)
    desk.goto(admin_url(article))
    desk.wait_for_selector(".surface")
    assert desk.input_value("#id_body") == body
    save(desk)
    article.refresh_from_db()
    assert article.body == body


def test_a_text_that_is_added_to_keeps_what_has_no_tool(desk):
    article = make.make_article(body='<p dir="ltr" lang="fr">Texte</p><p>نص <bdi dir="ltr">GIZ</bdi> <q>قول</q></p>')
    desk.goto(admin_url(article))
    desk.click(".surface")
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" آخر")
    save(desk)
    article.refresh_from_db()
    assert article.body == ('<p dir="ltr" lang="fr">Texte</p><p>نص <bdi dir="ltr">GIZ</bdi> <q>قول</q> آخر</p>')


def test_after_an_error_the_editor_shows_what_was_typed(desk):
    article = make.make_article(body="<p>قبل</p>")
    desk.goto(admin_url(article))
    desk.click(".surface")
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" وبعد")
    # Past the browser's own check, which would not send an empty title.
    desk.evaluate("document.querySelector('#id_title').form.noValidate = true")
    desk.fill("#id_title", "")
    save(desk)
    assert desk.locator(".errornote").is_visible()
    assert desk.locator(".surface").inner_text().strip() == "قبل وبعد"


def test_the_editor_has_a_name_and_fits_a_phone(page_at, live_server):
    page = page_at(360)
    sign_in(page, live_server)
    page.goto("/admin/articles/article/add/")
    surface = page.get_by_role("textbox", name="النص", exact=True)
    assert surface.get_attribute("aria-multiline") == "true"
    assert page.evaluate("getComputedStyle(document.querySelector('.surface')).direction") == "rtl"
    assert page.locator(".richtext .tools button").all_inner_texts()[:3] == ["عنوان", "عنوان فرعي", "بارز"]
    assert not page.locator(".link-box").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_the_script_the_plain_box_does_the_work(page_at, live_server):
    page = page_at(1280, js=False)
    sign_in(page, live_server)
    article = make.make_article(body="<p>أولى</p>")
    page.goto(admin_url(article))
    assert not page.locator(".richtext .tools").is_visible()
    page.fill("#id_body", "أولى\n\n- نقطة\n- أخرى")
    page.locator("input[name=_continue]").last.click()
    page.wait_for_selector(".messagelist")
    assert Article.objects.get().body == "<p>أولى</p>\n<ul><li>نقطة</li><li>أخرى</li></ul>"


def test_where_the_editors_code_does_not_arrive_the_plain_box_stays(page_at, live_server):
    page = page_at(1280)
    sign_in(page, live_server)
    page.route("**/editor.js", lambda route: route.fulfill(body="throw 1", content_type="text/javascript"))
    page.goto("/admin/articles/article/add/")
    assert page.locator("#id_body").is_visible()
