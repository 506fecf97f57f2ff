from datetime import date, time

import pytest

from publishing.page_meta import PageMeta, civil_moment, day, in_short, item_list, known


def test_a_line_is_plain_words():
    assert in_short("<b>الدورة</b>  العادية\n", "", None, "غرفة فاس") == "الدورة العادية، غرفة فاس"


def test_a_long_line_is_cut_between_words():
    line = in_short("كلمة " * 100)
    assert len(line) <= 160
    assert line.endswith("كلمة…")


def test_what_is_not_known_is_left_out():
    assert known({"name": "x", "phone": "", "end": None, "parts": [], "zero": 0}) == {"name": "x", "zero": 0}


@pytest.mark.parametrize(("precision", "expected"), [("day", "2024-10-01"), ("month", None), ("year", None)])
def test_a_day_is_only_given_where_it_is_known(precision, expected):
    assert day(date(2024, 10, 1), precision) == expected


def test_the_hour_that_the_clock_skipped_is_the_one_it_became():
    # On 14 April 2024, at the end of Ramadan, two o'clock became three.
    assert civil_moment(date(2024, 4, 14), time(2, 30)) == "2024-04-14T03:30:00+01:00"


def test_a_list_gives_addresses_and_nodes_their_places():
    found = item_list("قائمة", ["https://ghuraf.example/1", {"@type": "Legislation"}], total=9, start=4)
    assert [entry["position"] for entry in found["itemListElement"]] == [4, 5]
    assert found["itemListElement"][0]["url"] == "https://ghuraf.example/1"
    assert found["itemListElement"][1]["item"] == {"@type": "Legislation"}


def test_data_cannot_end_its_script():
    text = PageMeta("", "/", nodes=[{"name": "</script><!-- & \u2028\u2029"}]).json_ld
    assert text == (
        '{"@context":"https://schema.org","@graph":[{"name":'
        '"\\u003C/script\\u003E\\u003C!-- \\u0026 \\u2028\\u2029"}]}'
    )
