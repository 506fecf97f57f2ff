"""Components of news, documents and sources."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .. import examples as make
from .parts import Specimen, component, example


def papers() -> list[Specimen]:
    minutes = make.document(file="example.pdf", size=1258291)
    elsewhere = make.document(url="https://example.org/", meeting=make.meeting())
    words = {"title": _("Title of a section, an example"), "text": make.sentence()}
    body = {"article": make.article(), "body": render_to_string("portal/styleguide/prose.html", words)}
    corrected = {**body, "article": make.article(correction=make.sentence(), corrected_at=make.CHANGED)}
    return [
        component(
            "article_row",
            _("News in a list"),
            _("Title first; the picture only where there is one."),
            example(_("with its first words"), {"article": make.article(), "show_lede": True}, box="rows"),
            example(_("without"), {"article": make.article(lead_chamber=None, event_date=None)}, box="rows"),
            example(_("title of 175 letters"), {"article": make.article(title=make.long_title())}, box="rows"),
        ),
        component(
            "article_body",
            _("Body of an article"),
            _("Text to be read at length: paragraphs, headings, lists, quotations."),
            example(_("all that editors may use"), body),
            example(_("corrected"), corrected),
        ),
        component(
            "document_row",
            _("Document"),
            _("A paper with its kind, its format and its size, or the words that it is not published."),
            example(_("a file"), {"document": minutes}, box="plain"),
            example(_("elsewhere, with its meeting"), {"document": elsewhere, "show_meeting": True}, box="plain"),
            example(_("named by a source alone"), {"document": make.document()}, box="plain"),
        ),
        component(
            "sources",
            _("Sources"),
            _("Where a record comes from, and when it was last changed."),
            example(
                _("two sources"),
                {
                    "sources": [
                        make.source(issued_on=make.TODAY, dateline=_("A town")),
                        make.source(outlet="", author=_("John Doe"), url="", note=make.sentence()),
                    ],
                    "updated_at": make.CHANGED,
                },
            ),
            example(_("none"), {"sources": [], "updated_at": make.CHANGED}),
        ),
        component(
            "share",
            _("Share"),
            _("Copy the link, share, print: only where JavaScript runs, for nothing else could serve them."),
            example(_("with a button that prints"), {"print": True}),
        ),
    ]
