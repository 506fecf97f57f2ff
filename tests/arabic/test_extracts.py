from hypothesis import given
from hypothesis import strategies as st

from arabic.extracts import extract, marked

letters = st.text(st.sampled_from("ابتةكفلو ـَ.،1٢ae\n"))


def shown(pieces):
    return "".join(f"[{text}]" if is_found else text for text, is_found in pieces)


def test_words_are_marked_as_they_are_written():
    assert shown(marked("صادق المجلس على الميزانيّة سنة ٢٠٢٤.", [("ميز",), ("2024",)])) == (
        "صادق المجلس على [الميزانيّة] سنة [٢٠٢٤]."
    )


def test_never_a_part_of_a_word():
    assert shown(marked("فاسدة بفاس فاس", [("فاس",)])) == "فاسدة بفاس [فاس]"


def test_a_sequence_is_marked_only_together():
    text = "الدار البيضاء، والدار"
    assert shown(marked(text, [("دار", "بيضاء")])) == "[الدار البيضاء]، والدار"


def test_what_is_written_together_is_marked_whole():
    assert shown(marked("جهة مراكشآسفي", [("مراكش",), ("اسف",)])) == "جهة [مراكشآسفي]"


def test_the_window_goes_where_most_is_found():
    text = "غرفة. " + "كلام آخر طويل. " * 40 + "غرفة الصناعة التقليدية بفاس. " + "كلام. " * 40
    found = shown(extract(text, [("غرف",), ("صناع",), ("تقليد",)], 120))
    assert "[غرفة] [الصناعة] [التقليدية]" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < 150


def test_where_nothing_is_found_the_beginning_is_shown():
    assert shown(extract("أول الكلام. " * 40, [("غرف",)], 40)).startswith("أول الكلام.")


@given(letters, st.lists(st.sampled_from([("اب",), ("كتب",), ("a",), ("1", "2")])))
def test_the_pieces_are_the_text(text, sought):
    assert "".join(piece for piece, _is_found in marked(text, sought)) == text


@given(letters, st.integers(min_value=1, max_value=50))
def test_an_extract_is_no_longer_than_asked(text, window):
    assert sum(len(piece) for piece, _is_found in extract(text, [("اب",)], window)) <= window + 4
