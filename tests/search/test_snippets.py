from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.search.domain.snippets import ELLIPSIS
from trainer.search.domain.snippets import Pieces
from trainer.search.domain.snippets import highlight
from trainer.search.domain.snippets import needles
from trainer.search.domain.snippets import plain
from trainer.search.domain.snippets import window


def shown(pieces: Pieces) -> str:
    return "".join(f"<{p.text}>" if p.marked else p.text for p in pieces)


def test_pairs_that_overlap_are_one_marked_run() -> None:
    assert (
        shown(highlight("申请租房提取的", needles(["租房提取"]))) == "申请<租房提取>的"
    )


def test_single_characters_are_not_marked() -> None:
    assert shown(highlight("房租和房价", needles(["房"]))) == "房租和房价"


def test_latin_words_and_numbers_are_marked_whole_in_any_case() -> None:
    assert shown(highlight("LPR 与 46号", needles(["lpr 46号"]))) == "<LPR> 与 <46>号"


def test_the_window_shows_where_most_is_marked() -> None:
    text = "无" * 100 + "租房提取要无房证明" + "关" * 100
    pieces = window(text, needles(["租房提取"]), size=40)
    assert plain(pieces).startswith(ELLIPSIS + "无" * 12 + "租房提取")
    assert plain(pieces).endswith("关" + ELLIPSIS)


def test_without_a_match_the_beginning_is_shown() -> None:
    pieces = window("开头" + "字" * 200, needles(["没有"]), size=30)
    assert plain(pieces) == "开头" + "字" * 28 + ELLIPSIS


def test_a_letter_that_grows_in_lower_case_breaks_nothing() -> None:
    assert plain(highlight("İ租房", needles(["租房"]))) == "İ租房"


@given(
    st.text(alphabet="租房提取a1 ，", max_size=200),
    st.lists(st.text(alphabet="租房提取a1", max_size=6), max_size=5),
    st.integers(1, 60),
)
@settings(max_examples=80)
def test_pieces_are_the_text_and_alternate(
    text: str, words: list[str], size: int
) -> None:
    wanted = needles(words)
    whole = highlight(text, wanted)
    assert plain(whole) == text
    assert all(a.marked != b.marked for a, b in pairwise(whole))
    part = plain(window(text, wanted, size)).strip(ELLIPSIS)
    assert len(part) <= size
    assert part in " ".join(text.split())
