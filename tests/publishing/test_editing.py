"""A text that is a list, taken apart and put together again."""

from __future__ import annotations

from tests.factories import make_text
from trainer.publishing.domain.editing import Placed
from trainer.publishing.domain.editing import empty_body
from trainer.publishing.domain.editing import joined
from trainer.publishing.domain.editing import placed
from trainer.publishing.domain.entries import entries
from trainer.publishing.domain.entries import text_of
from trainer.publishing.domain.entries import words_in
from trainer.topics.domain.outline_text import Style

STYLE = Style(short=frozenset({"tags"}))
EMPTY = empty_body("至少一条")
HEAD = make_text(body="").rstrip("\n") + "\n"
FIRST = "- id: one\n  words: 他说：“好”   # 两个字\n"
SECOND = "- {id: two, words: no}\n"
TEXT = f"{HEAD}# 开头\n{FIRST}\n# 中间\n{SECOND}# 结尾\n"


def test_what_is_not_changed_stays_to_the_last_character() -> None:
    assert joined(TEXT, placed(TEXT), STYLE, EMPTY) == TEXT


def test_what_is_taken_out_leaves_its_comments() -> None:
    left = placed(TEXT)
    left[0].becomes({})
    assert joined(TEXT, left, STYLE, EMPTY) == TEXT.replace(FIRST, "")


def test_everything_is_words() -> None:
    assert entries(TEXT)[1] == {"id": "two", "words": "no"}
    assert [*words_in({"a": ["b", {"c": "d"}]})] == ["a", "b", "c", "d"]


def test_a_list_in_one_line_is_written_anew_with_all_it_says() -> None:
    text = HEAD + "[{id: one}, {id: two}]\n"
    left = [*placed(text), Placed({"id": "three", "tags": ["a", "b: c"]})]
    new = joined(text, left, STYLE, EMPTY)
    assert new == HEAD + "- id: one\n- id: two\n- id: three\n  tags: [a, 'b: c']\n"


def test_nothing_left_is_a_body_that_says_so() -> None:
    left = placed(TEXT)
    for each in left:
        each.becomes({})
    assert joined(TEXT, left, STYLE, EMPTY) == HEAD + EMPTY
    assert entries(HEAD + EMPTY) == []
    assert text_of([], STYLE) == "[]\n"
