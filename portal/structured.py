"""The portal itself in the words of schema.org."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.addresses import absolute
from publishing.page_meta import Node, PageMeta, breadcrumb, in_short, portal_node


def website_node() -> Node:
    """Return the site with its search."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": _("Ghuraf portal"),
        "url": absolute("/"),
        "inLanguage": "ar-MA",
        "publisher": {"@id": portal_node()["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{absolute(reverse('portal:search'))}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def home_page() -> PageMeta:
    """Return the head of the home page."""
    return PageMeta(
        title=_("Ghuraf portal"),
        path=reverse("portal:home"),
        description=in_short(
            _(
                "What Morocco's professional chambers decided: sessions, outcomes, agreements and news, "
                "each with its source."
            )
        ),
        nodes=[website_node(), portal_node() | {"logo": absolute(static("img/star.svg"))}],
    )


def about_page() -> PageMeta:
    """Return the head of the page about the portal."""
    name = _("About the portal")
    path = reverse("portal:about")
    about = {"@type": "AboutPage", "name": name, "url": absolute(path), "about": portal_node()}
    return PageMeta(
        title=name,
        path=path,
        description=in_short(
            _("What the portal's record holds, where its facts come from, and how to report an error.")
        ),
        nodes=[about, breadcrumb((name, path))],
    )
