"""Rich text: the allow-list at entry and at output, and plain text turned into paragraphs and lists."""

import time
from pathlib import Path

import pytest
from django.utils.safestring import SafeString

from articles.models import Article
from publishing.richtext import ALLOWED as ALLOWED_ELEMENTS
from publishing.richtext import from_plain, render, sanitise
from tests.factories import make_article

DANGEROUS = [
    ("<p>قبل<script>alert(1)</script>بعد</p>", "<p>قبلبعد</p>"),
    ("<p>قبل<style>p{color:red}</style>بعد</p>", "<p>قبلبعد</p>"),
    ('<p onclick="alert(1)">نص</p>', "<p>نص</p>"),
    ('<p style="position:fixed">نص</p>', "<p>نص</p>"),
    ('<p class="brand" id="main">نص</p>', "<p>نص</p>"),
    ('<p><a href="javascript:alert(1)">نص</a></p>', '<p><a rel="noopener nofollow">نص</a></p>'),
    ('<p><a href="JaVaScRiPt:alert(1)">نص</a></p>', '<p><a rel="noopener nofollow">نص</a></p>'),
    ('<p><a href="&#106;avascript:alert(1)">نص</a></p>', '<p><a rel="noopener nofollow">نص</a></p>'),
    ('<p><a href="data:text/html,x">نص</a></p>', '<p><a rel="noopener nofollow">نص</a></p>'),
    ('<p>نص<img src="x" onerror="alert(1)"></p>', "<p>نص</p>"),
    ('<p>نص</p><iframe src="https://example.org/"></iframe>', "<p>نص</p>"),
    ("<p>نص</p><svg><script>alert(1)</script></svg>", "<p>نص</p>"),
    ("<p>نص<!-- تعليق --></p>", "<p>نص</p>"),
]
ALLOWED = [
    "<h2>عنوان</h2><p>نص <strong>مهم</strong> و<em>مائل</em><br>سطر</p>",
    "<h3>عنوان</h3><ul><li>أول</li><li>ثان</li></ul><ol><li>أول</li></ol>",
    '<blockquote><p dir="rtl" lang="ar">«قول»</p></blockquote><p><q>قول</q> <bdi dir="ltr">GIZ</bdi></p>',
    '<p><a href="https://example.org/a" rel="noopener nofollow">رابط</a></p>',
    '<p><a href="mailto:a@example.org" rel="noopener nofollow">بريد</a></p>',
    '<p><a href="/meetings/2024/octobre/" rel="noopener nofollow">الدورة</a></p>',
]
PLAIN = [
    ("فقرة واحدة", "<p>فقرة واحدة</p>"),
    ("فقرة أولى\n\nفقرة ثانية", "<p>فقرة أولى</p>\n<p>فقرة ثانية</p>"),
    ("فقرة أولى\r\n \r\nفقرة ثانية", "<p>فقرة أولى</p>\n<p>فقرة ثانية</p>"),
    ("سطر أول\nسطر ثان", "<p>سطر أول<br>سطر ثان</p>"),
    ("- أول\n- ثان", "<ul><li>أول</li><li>ثان</li></ul>"),
    ("• أول\n• ثان", "<ul><li>أول</li><li>ثان</li></ul>"),
    ("– أول\n* ثان", "<ul><li>أول</li><li>ثان</li></ul>"),
    ("تمهيد:\n\n- أول\n- ثان\n\nخاتمة", "<p>تمهيد:</p>\n<ul><li>أول</li><li>ثان</li></ul>\n<p>خاتمة</p>"),
    ("سطر\n- ليس لائحة", "<p>سطر<br>- ليس لائحة</p>"),
    ("3 < 5 & 5 > 3", "<p>3 &lt; 5 &amp; 5 &gt; 3</p>"),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ('<a href="javascript:alert(1)">نص</a>', "<p>&lt;a href=&quot;javascript:alert(1)&quot;&gt;نص&lt;/a&gt;</p>"),
    ("", ""),
    ("  \n\n ", ""),
    ("·\tأول\n▪ ثان", "<ul><li>أول</li><li>ثان</li></ul>"),
    ("نص\u200f بعلامات\u202b من\u202c برنامج", "<p>نص بعلامات من برنامج</p>"),
]
TIDIED = [
    ("<h1>عنوان</h1><h4>فرعي</h4>", "<h2>عنوان</h2><h3>فرعي</h3>"),
    ("<div>نص <b>مهم</b> و<i>مائل</i></div>", "<p>نص <strong>مهم</strong> و<em>مائل</em></p>"),
    ('<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p>نص</p>', "<p>نص</p>"),
    ("<p><!--[if !supportLists]-->نص<!--[endif]--></p>", "<p>نص</p>"),
    ("<xml><w:WordDocument></w:WordDocument></xml><p>نص</p>", "<p>نص</p>"),
    ("<p>نص&rlm;&#8207;\u202e آخر</p>", "<p>نص آخر</p>"),
    ("<p>نص&nbsp; &nbsp;آخر</p>", "<p>نص آخر</p>"),
    ("<p>30&nbsp;درهما</p>", "<p>30&nbsp;درهما</p>"),
    ("<p></p>", ""),
    ("<blockquote><p></p></blockquote>", ""),
    ("<ul><li><p>أول</p></li><li><p>ثان</p></li></ul>", "<ul><li>أول</li><li>ثان</li></ul>"),
    ("<ul><li><p>أول</p><ul><li><p>فرع</p></li></ul></li></ul>", "<ul><li>أول<ul><li>فرع</li></ul></li></ul>"),
    ("<ul><li><p>أول</p><p>تتمة</p></li></ul>", "<ul><li><p>أول</p><p>تتمة</p></li></ul>"),
    ("<table><tr><td>أ</td><td>ب</td></tr><tr><td>ج</td></tr></table>", "<p>أ ب </p><p>ج </p>"),
    ("<p>فقرة</p>نص خارجها", "<p>فقرة</p><p>نص خارجها</p>"),
    ("تمهيد\n\nثان <h2>عنوان</h2>", "<p>تمهيد</p>\n<p>ثان</p><h2>عنوان</h2>"),
    ('<p><a href="http://example.org" onclick="x" style="x">رابط</a></p>',
     '<p><a href="http://example.org" rel="noopener nofollow">رابط</a></p>'),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "kept"), DANGEROUS)
def test_dangerous_markup_is_removed_at_entry(typed, kept):
    assert Article._meta.get_field("body").clean(typed, None) == kept


@pytest.mark.parametrize(("stored", "shown"), DANGEROUS)
def test_dangerous_markup_is_removed_at_output(stored, shown):
    assert render(stored) == shown


@pytest.mark.parametrize("markup", ALLOWED)
def test_allowed_markup_stays(markup):
    assert sanitise(markup) == markup


@pytest.mark.parametrize("markup", ALLOWED)
def test_cleaning_twice_changes_nothing(markup):
    assert from_plain(from_plain(markup)) == markup


@pytest.mark.parametrize(("typed", "markup"), PLAIN)
def test_plain_text_becomes_paragraphs_and_lists(typed, markup):
    assert from_plain(typed) == markup


def test_rendered_text_is_not_escaped_again():
    assert isinstance(render("<p>نص</p>"), SafeString)


@pytest.mark.django_db
def test_full_clean_cleans_the_body():
    article = make_article()
    article.body = '<p onclick="alert(1)">نص</p>'
    article.full_clean()
    assert article.body == "<p>نص</p>"


@pytest.mark.django_db
def test_page_cleans_what_was_stored_past_every_form(client):
    article = make_article(body='<p onclick="alert(1)">نص<script>alert(2)</script></p>')
    page = client.get(article.get_absolute_url()).content.decode()
    assert "<p>نص</p>" in page
    assert "alert(" not in page


@pytest.mark.parametrize(("typed", "kept"), TIDIED)
def test_what_other_programs_write_is_tidied_at_entry(typed, kept):
    assert Article._meta.get_field("body").clean(typed, None) == kept


@pytest.mark.parametrize("typed", [pair[0] for pair in (*TIDIED, *DANGEROUS)])
def test_tidying_twice_changes_nothing(typed):
    once = from_plain(typed)
    assert from_plain(once) == once


@pytest.mark.parametrize("start", ["<b ", "<table ", "<li><p>", "<p>&nbsp;", "<p><p>", "<h1 x=", "</td"])
def test_a_long_text_without_end_takes_no_time(start):
    """No pattern here may try every way to read what does not close."""
    begun = time.process_time()
    from_plain("<p>" + start * 20_000)
    assert time.process_time() - begun < 5


def test_the_editor_knows_the_elements_of_the_allow_list():
    """What the editor does not know it would drop from a text that it opens."""
    code = (Path(__file__).parents[2] / "static" / "js" / "richtext.js").read_text("utf-8")
    known = {
        "p": "library.Paragraph", "br": "library.HardBreak", "strong": "library.Bold", "em": "library.Italic",
        "h2": "levels: [2, 3]", "h3": "levels: [2, 3]", "ul": "library.BulletList", "ol": "library.OrderedList",
        "li": "library.ListItem", "blockquote": "library.Blockquote", "a": "library.Link",
        "bdi": 'mark("bdi", ["dir"])', "q": 'mark("q")',
    }  # fmt: skip
    assert known.keys() == ALLOWED_ELEMENTS
    assert [name for name, words in known.items() if words not in code] == []
