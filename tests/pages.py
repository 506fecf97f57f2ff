"""The public pages that tests visit, and reading one: its main part, a section, its links, what a list shows."""

import html
import re

# Every type of page, and those records that show most of what it can hold: real ones, all in the fixtures.
PAGES = [
    "/",
    "/about/",
    "/figures/",
    "/chambers/",
    "/chambers/?region=fes-meknes",
    "/chambers/artisanat-fes-meknes/",
    "/chambers/peche-mediterranee/",
    "/chambers/ccis-draa-tafilalet/",
    "/chambers/ccis-casablanca-avant-2015/",
    "/chambers/artisanat-fes-meknes/meetings/",
    "/chambers/artisanat-fes-meknes/decisions/",
    "/chambers/artisanat-fes-meknes/agreements/",
    "/chambers/artisanat-fes-meknes/news/",
    "/chambers/artisanat-fes-meknes/people/",
    "/chambers/artisanat-fes-meknes/offices/",
    "/chambers/artisanat-fes-meknes/documents/",
    "/meetings/",
    "/meetings/?from=2024-13-45&family=crafts",
    "/meetings/calendar/2025/10/",
    "/meetings/calendar/2025/11/",
    "/meetings/2024/artisanat-fes-meknes-octobre/",
    "/meetings/2024/artisanat-fes-meknes-octobre/print/",
    "/meetings/2024/artisanat-chambre-non-nommee-octobre/",
    "/meetings/2018/ccis-marrakech-safi-journee-formation-safi/",
    "/meetings/2013/ccis-casablanca-avant-2015-ordinaire/",
    "/meetings/2019/peche-mediterranee-session-1/",
    "/decisions/",
    "/decisions/?outcome=withdrawn",
    "/agreements/",
    "/agreements/2024/3-exposition-permanente-fes/",
    "/agreements/2022/51-avenant-1-developpement/",
    "/news/",
    "/news/2026/5-session-octobre-2024-fes-meknes/",
    "/people/",
    "/people/1/",
    "/offices/",
    "/organisations/",
    "/organisations/113-barid-bank/",
    "/projects/",
    "/projects/51-annexe-safi-youssoufia/",
    "/documents/",
    "/documents/101-communique-2022-03-28/",
    "/search/",
    "/search/?q=%D9%81%D8%A7%D8%B3+%D9%85%D9%83%D9%86%D8%A7%D8%B3",
    "/search/?q=%D8%A7%D8%AA%D9%81%D8%A7%D9%82%D9%8A%D9%87+%D8%B5%D9%81%D8%B1%D9%88%D9%88&kind=agreement&sort=date",
    "/search/?q=xyzzy&year=2024",
    "/no-such-page/",
]

_SECTION = '<section[^>]* aria-labelledby="{}".*?</section>'


def get(client, path, status=200):
    """Return the HTML of ``path`` after checking the status of the answer."""
    response = client.get(path)
    assert response.status_code == status, f"{path} answers {response.status_code}, not {status}"
    return html.unescape(response.content.decode())


def main_of(markup):
    """Return what a page is about, without header and footer."""
    return re.search(r"<main\b.*</main>", markup, re.DOTALL)[0]


def section(markup, name):
    """Return the section whose heading has the id ``name``, an empty string where there is none."""
    found = re.search(_SECTION.format(name), markup, re.DOTALL)
    return found[0] if found else ""


def item(markup, position):
    """Return the agenda item with this position on a meeting's page."""
    return re.search(rf'<li id="item-{position}".*?(?=<li id="item-|</ol>)', markup, re.DOTALL)[0]


def hrefs(markup):
    """Return the addresses of all links, in order."""
    return re.findall(r'<a [^>]*?href="([^"]*)"', markup)


def chips(markup):
    """Return the addresses of the chips, in order, without the one that clears all."""
    found = re.search(r'<ul class="chips".*?</ul>', markup, re.DOTALL)
    return hrefs(found[0])[:-1] if found else []


def results(markup):
    """Return what a list shows: from the heading with the count to the pages or the filters."""
    return re.search(
        r'id="results".*?(?=<nav class="pagination"|<details class="filters"|</main>)', markup, re.DOTALL
    )[0]


def shown(client, path, records, status=200):
    """Return those of ``records`` that the list at ``path`` shows, by their titles or names."""
    found = results(get(client, path, status))
    return [row for row in records if f"<bdi>{getattr(row, 'title', None) or row.name}</bdi>" in found]


def result_total(markup):
    """Return the number in the heading of a list's results; none where it is written as a word."""
    heading = re.search(r'id="results"[^>]*>\s*<h2>(.*?)</h2>', markup, re.DOTALL)[1]
    found = re.search(r"\d+", heading)
    return int(found[0]) if found else None


def wrong_fields(markup):
    """Return the names of the filters that the page calls wrong, in the summary above the results."""
    found = re.search(r'<div class="form-error">.*?</div>', markup, re.DOTALL)
    return [href.removeprefix("#id_") for href in hrefs(found[0])] if found else []


def badges(markup):
    """Return the codes of the badges, in order."""
    return re.findall(r'class="badge badge-([a-z_]+)"', markup)
