"""Reading feeds in tests: the feed and its entries as elements."""

from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client, path, **headers):
    """Return the feed at ``path`` after checking that it is well formed and has what every feed must have."""
    response = client.get(path, **headers)
    assert response.status_code == 200
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1
            assert part.findtext(ATOM + name)
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "بوابة الغرف"
    return feed


def entries_of(client, path):
    return feed_of(client, path).findall(f"{ATOM}entry")
