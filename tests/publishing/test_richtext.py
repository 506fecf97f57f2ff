"""Rich text: the allow-list at entry and at output, and plain text turned into paragraphs and lists."""

import pytest
from django.utils.safestring import SafeString

from articles.models import Article
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
    ("<h1>نص</h1><p>نص</p>", "نص<p>نص</p>"),
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
]


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
