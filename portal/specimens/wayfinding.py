"""Components that show where one is: the page's head, trails, a chamber's bar, search."""

from datetime import date

from django.utils.translation import gettext as _

from chambers.models import Family

from .. import examples as make
from .parts import Specimen, component, example, note


def finding_the_way() -> list[Specimen]:
    chamber = make.chamber()
    pages = {
        _("Chambers"): "/chambers/",
        _("Meetings"): "/meetings/",
        _("Decisions and agreements"): "/decisions/",
        _("News"): "/news/",
        _("People and annexes"): "/people/",
        _("In figures"): "/figures/",
    }
    trail = {"section_url": "/meetings/", "section": _("Meetings")}
    short = _("A session, an example")
    many = make.sections(chamber, [42, 118, 17, 20, 54, 4, 11])
    return [
        note(
            "skip_links",
            _("Skip links"),
            _("The first stops of the Tab key: past the head of the page, on lists past the filters too."),
            _("They stand at the top of this page and show themselves when they have the focus."),
        ),
        component(
            "site_header",
            _("Head of the page"),
            _("The portal's name and its sections on every page; on narrow screens the sections are in the menu."),
            example(_("no current section"), {"path": "/"}),
            *(example(_("current: {section}").format(section=name), {"path": path}) for name, path in pages.items()),
        ),
        component(
            "site_menu",
            _("Menu"),
            _("The sections on narrow screens, a disclosure that needs no JavaScript."),
            example(_("shown on narrow screens only"), {"path": "/meetings/"}),
        ),
        component(
            "breadcrumb",
            _("Trail"),
            _("The way from the home page to here; phones show the parent alone."),
            example(_("a list"), trail),
            example(
                _("a chamber"), {"section_url": "/chambers/", "section": _("Chambers"), "label": chamber.short_name}
            ),
            example(_("a record"), {**trail, "chamber": chamber, "label": short}),
            example(_("a record without a chamber"), {**trail, "label": short}),
        ),
        component(
            "chamber_header",
            _("Head of a chamber"),
            _("The name of a chamber, where it is and how to reach it, above the bar of its sections."),
            example(
                _("overview, with telephone and next meeting"),
                {
                    "chamber": make.chamber(phone=make.PHONE),
                    "sections": many,
                    "section": "overview",
                    "regions": make.regions()[:1],
                    "next_meeting": make.scheduled(),
                },
            ),
            example(
                _("overview, without telephone, of several regions and a maritime zone"),
                {
                    "chamber": make.chamber(Family.SEA_FISHERIES, zone=_("A maritime zone"), seat=""),
                    "sections": make.sections(chamber, [0] * 7),
                    "section": "overview",
                    "regions": make.regions()[:3],
                },
            ),
            example(
                _("a former chamber"),
                {
                    "chamber": make.chamber(
                        Family.COMMERCE_INDUSTRY_SERVICES, closed_on=date(2015, 1, 1), successor=chamber
                    ),
                    "sections": many,
                    "section": "overview",
                },
            ),
            example(
                _("one of its sections"),
                {
                    "chamber": make.chamber(Family.AGRICULTURE),
                    "sections": many,
                    "section": "meetings",
                    "title": _("Meetings"),
                },
            ),
        ),
        component(
            "chamber_bar",
            _("Bar of a chamber"),
            _("The sections of a chamber with how much each holds; an empty one is an honest answer too."),
            example(_("many records"), {"chamber": chamber, "sections": many, "section": "decisions"}),
            example(
                _("no records"),
                {"chamber": chamber, "sections": make.sections(chamber, [0] * 7), "section": "meetings"},
            ),
        ),
        component(
            "search_box",
            _("Search box"),
            _("One field and one button that search the portal; with JavaScript it suggests words."),
            example(_("empty"), {"id": "guide-search"}),
            example(_("with what was searched for"), {"id": "guide-search", "words": _("An item")}),
        ),
        component(
            "search_tabs",
            _("Kinds of results"),
            _("What a search found, by kind, each a link with its count; on phones the row can be pushed."),
            example(_("several kinds"), {"tabs": make.search_tabs(), "action": "/search/"}),
        ),
        component(
            "search_hit",
            _("Result of a search"),
            _("What it is, whose and of when; the words found are marked in the title and in the extract."),
            example(_("an item"), {"hit": make.search_hit(), "kind": _("agenda item"), "chamber": chamber}),
            example(_("a scanned paper"), {"hit": make.search_hit(is_scanned=True), "kind": _("document")}),
        ),
        component(
            "facets",
            _("Narrowing a search"),
            _("Each choice is a link with how many results remain; what is chosen is a chip above."),
            example(_("two facets"), {"facets": make.search_facets(), "action": "/search/"}),
        ),
        component(
            "elsewhere",
            _("The same words elsewhere"),
            _("Below a list that found nothing: the other lists with the same words."),
            example(_("with words"), {"words": _("An item")}),
        ),
        component(
            "ways_out",
            _("Ways out"),
            _("Where to go from a page that has nothing to show."),
            example(_("on the page for what is not there"), {}),
        ),
        note(
            "site_footer",
            _("Foot of the page"),
            _("The twelve regions, what the portal is, and whose the map is."),
            _("It stands at the end of this page."),
        ),
    ]
