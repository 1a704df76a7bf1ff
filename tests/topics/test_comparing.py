"""Two texts side by side, by lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.topics.domain.comparing import compare

lines = st.lists(st.text("ab,", max_size=4), max_size=12).map("\n".join)


def test_equal_texts_have_no_changes() -> None:
    assert compare("甲\n乙", "甲\n乙") == ()


def test_a_changed_line_shows_what_changed_in_it() -> None:
    ((before, changed, after),) = compare(
        "头\nspoken: [租屋, 赁房]\n尾", "头\nspoken: [租屋, 合租, 赁房]\n尾"
    )
    assert changed.old is not None
    assert changed.new is not None
    assert changed.old.parts == ("spoken: [租屋, ", "", "赁房]")
    assert changed.new.parts == ("spoken: [租屋, ", "合租, ", "赁房]")
    assert not before.is_change
    assert not after.is_change


def test_far_changes_are_apart_and_keep_their_line_numbers() -> None:
    old = [f"第{n}行" for n in range(1, 31)]
    new = ["新", *old[:28], "第二十九行", old[29]]
    first, second = compare("\n".join(old), "\n".join(new))
    assert first[0].old is None
    assert first[0].new is not None
    assert first[0].new.parts == ("", "新", "")
    (change,) = [row for row in second if row.is_change]
    assert change.old is not None
    assert change.new is not None
    assert (change.old.number, change.new.number) == (29, 30)


@given(lines, lines)
@settings(max_examples=100, deadline=None)
def test_rows_hold_the_lines_of_their_texts(old: str, new: str) -> None:
    before, after = old.splitlines(), new.splitlines()
    hunks = compare(old, new)
    assert bool(hunks) == (before != after)
    for row in (row for hunk in hunks for row in hunk):
        for line, text in ((row.old, before), (row.new, after)):
            if line is not None:
                assert text[line.number - 1] == line.text == "".join(line.parts)
