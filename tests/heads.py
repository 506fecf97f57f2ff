"""Reading what a page says of itself to machines: its title, the metas and links of its head, its JSON-LD."""

import html
import json
import re


def head_of(client, path, status=200):
    """Return the head of ``path`` as bytes decoded, after checking the status of the answer."""
    response = client.get(path)
    assert response.status_code == status, f"{path} answers {response.status_code}, not {status}"
    return response.content.decode().split("</head>")[0]


def title(head):
    return html.unescape(re.search(r"<title>(.*?)</title>", head, re.DOTALL)[1])


def metas(head):
    """Return the content of each meta element by its name or property, each a list."""
    found = {}
    for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', head):
        found.setdefault(name, []).append(html.unescape(content))
    return found


def canonical(head):
    """Return the canonical addresses of a page; one is right."""
    return [html.unescape(url) for url in re.findall(r'<link rel="canonical" href="([^"]*)">', head)]


def blocks(page):
    """Return the texts of all JSON-LD elements of a page."""
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)


def graph(client, path):
    """Return the nodes of the one JSON-LD block of ``path``."""
    (block,) = blocks(client.get(path).content.decode())
    return json.loads(block)["@graph"]


def node(client, path, kind):
    """Return the one node of this type on the page."""
    (found,) = [node for node in graph(client, path) if node["@type"] == kind]
    return found


def values(data, key=None):
    """Return every (key, text) of JSON-LD, however deep."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from values(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from values(value, key)
    else:
        yield key, data
