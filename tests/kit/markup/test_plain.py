"""The words that are left when the marks are gone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.kit.markup import plain
from trainer.kit.markup.convert import convert

WORDS = st.text(alphabet="缴存提取贷款15日%（）“”，。 ", min_size=1, max_size=8)
INLINE = st.one_of(
    WORDS,
    WORDS.map(lambda words: f"**重{words}点**"),
    WORDS.map(lambda words: f"[条{words}例](cite:a-b#c)"),
    WORDS.map(lambda words: f"`字{words}段`"),
    st.sampled_from(["\\*", "&amp;", "<b>", "[", "]", "_", " * ", "![x](y)", "12_3"]),
)
LINES = st.lists(INLINE, min_size=1, max_size=5).map(
    lambda parts: "文" + "".join(parts)
)
BLOCKS = st.one_of(
    LINES,
    LINES.map(lambda line: f"- {line}\n- 乙"),
    LINES.map(lambda line: f"> {line}"),
    st.just("| 甲 | 乙 |\n|---|:-:|\n| **1** | [2](/x) |"),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("满 **3 个月** 即可", "满 3 个月 即可"),
        ("**“重要”**的*话*", "“重要”的话"),
        ("见[《条例》**第五条**](cite:a-b#c)。", "见《条例》第五条。"),
        ("[甲](https://a.cn/x(1) '题')乙", "甲乙"),
        ("[甲 [乙] 丙](<a b>)", "甲 [乙] 丙"),
        ("按 `**原样**` 填", "按 **原样** 填"),
        ("``a`b``", "a`b"),
        ("<https://a.cn> <mailto:a@b.cn> <b>", "https://a.cn a@b.cn <b>"),
        (r"\*不是\* 2 * 3 * 4 a_b_c", "*不是* 2 * 3 * 4 a_b_c"),
        ("a&nbsp;b &lt;c&gt; &copy=1 &x;", "a b <c> &copy=1 &x;"),
        ("**没有完", "**没有完"),
        ("**甲*乙*丙** **丁", "甲乙丙 **丁"),
        ("![图](a.png) [a][b]", "![图](a.png) [a][b]"),
        ("", ""),
        ("\n \n---\n* * *\n", ""),
    ],
)
def test_marks_go_and_words_stay(text: str, words: str) -> None:
    assert plain(text) == words


def test_each_block_is_one_line() -> None:
    text = (
        "第一\r\n段\n\n- 甲\n  续\n- 乙\n\n1. 丙\n2. 丁\n\n> 引\n> 文\n\nloan to\nvalue"
    )
    assert plain(text).split("\n") == [
        "第一段",
        "甲续",
        "乙",
        "1. 丙",
        "2. 丁",
        "引文",
        "loan to value",
    ]


def test_a_row_of_a_table_is_one_line() -> None:
    text = "前文\n\n| 项目 | 额度 |\n|:--|--:|\n| 租 \\| 购 | **15%** |\n\n后 | 文"
    assert plain(text).split("\n") == ["前文", "项目 额度", "租 | 购 15%", "后 | 文"]


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join))
def test_the_words_are_those_that_the_page_shows(text: str) -> None:
    assert dense(plain(text)) == dense(shown(text))


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "[a](",
        "[a](x[a]()",
        "[[a]",
        "`",
        "``a`",
        "*a ",
        "**a _b",
        "<a@",
        "> ",
        "a\n",
    ],
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    # Quadratic time would be hours for this size, and not end.
    text = piece * (200_000 // len(piece))
    assert len(plain(text)) <= len(text)


def dense(text: str) -> str:
    return re.sub(r"\s", "", text)


class Reader(HTMLParser):
    """Collects what a person sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def shown(text: str) -> str:
    reader = Reader()
    reader.feed(convert(text, articles="/"))
    reader.close()
    return "".join(reader.seen)
