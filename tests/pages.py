"""Reading public pages in tests: their main part, one section, their links, what a list shows."""

import html
import re

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


def result_links(markup):
    """Return the addresses of the records that a list shows, each once, in order."""
    body = re.search(r'id="results".*?(?=<nav class="pagination"|<details class="filters")', markup, re.DOTALL)[0]
    return list(dict.fromkeys(re.findall(r'class="title[^"]*"><a href="([^"]*)"', body)))


def result_total(markup):
    """Return the number in the heading of a list's results; 0 and 1 and 2 may be written in words."""
    heading = re.search(r'id="results"[^>]*>\s*<h2>(.*?)</h2>', markup, re.DOTALL)[1]
    found = re.search(r"\d+", heading)
    return int(found[0]) if found else None


def badges(markup):
    """Return the codes of the badges, in order."""
    return re.findall(r'class="badge badge-([a-z_]+)"', markup)


def facts(markup):
    """Return how many facts of the lists of facts are given as not published."""
    return len(re.findall(r'<dd>\s*<span class="unknown">', markup))
