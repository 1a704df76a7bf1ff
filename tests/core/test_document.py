from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.core.document import MOST_BYTES
from trainer.core.document import Mistake
from trainer.core.document import decode
from trainer.core.document import parse


def said(data: bytes) -> str:
    found = decode(data)
    assert isinstance(found, Mistake)
    return str(found)


def test_front_matter_and_body_come_apart_with_their_lines() -> None:
    read = parse("---\ntitle: 甲\nfrom: 2026-09-20\n---\n## 一 {#a}\n乙\n")
    assert read.meta["title"] == "甲"
    assert read.lines == {"title": 2, "from": 3}
    assert (read.body, read.body_line) == ("## 一 {#a}\n乙\n", 5)
    assert read.mistakes == ()


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_byte_order_mark_and_line_ends_of_windows_are_no_mistake(mark: str) -> None:
    read = parse(f"{mark}---\r\ntitle: 甲\r\n---\r\n正文\r\n")
    assert (dict(read.meta), read.body) == ({"title": "甲"}, "正文\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("## 正文", "第 1 行：文件须以一行 --- 开头，其后是说明部分"),
        ("---\ntitle: 甲", "第 1 行：说明部分没有结束：缺少第二行 ---"),
        ("---\na: 1\nb: [2\n---\n", "第 3 行：说明部分不是合法的 YAML"),
        ("---\na: 1\nb: '甲\n---\n", "第 3 行：说明部分不是合法的 YAML"),
        ("---\n- a\n---\n", "第 2 行：说明部分应是“键: 值”的列表"),
        ("---\na: 1\nb: 2\na: 3\n---\n", "第 4 行：“a”写了两次；请保留一处"),
        ("---\na: 1\nb: 2026-02-30\n---\n", "第 3 行：“b”的值不对：日期要真实存在"),
        ("---\na: \x07\n---\n", "第 2 行：说明部分里有看不见的控制字符"),
        ("---\na: !!python/object x\n---\n", "第 2 行：说明部分不是合法的 YAML"),
    ],
)
def test_a_broken_head_is_a_sentence_with_its_line(text: str, sentence: str) -> None:
    assert str(parse(text).mistakes[0]).startswith(sentence)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"x" * (10 * 1024 * 1024), "文件有 10.0 MB，超过上限 512 KB；请拆成几篇"),
        (b"PK\x03\x04rest", "这是压缩包（zip/docx/xlsx），不是文本；请解压后再导入"),
        (b"a\x00b", "这是二进制文件，不是文本；请导入 UTF-8 编码的 .md 文件"),
        (
            "一\n提取".encode("gbk"),
            "第 2 行：不是 UTF-8 编码（看起来是 GBK/GB18030）；请另存为 UTF-8 后再导入",
        ),
        (b"ok\nok\n\xff\xff", "第 3 行：不是 UTF-8 编码；请另存为 UTF-8 后再导入"),
    ],
    ids=["large", "zip", "binary", "gbk", "broken"],
)
def test_bytes_that_are_no_text_are_a_sentence(data: bytes, sentence: str) -> None:
    assert said(data) == sentence


def test_the_largest_text_is_still_a_text() -> None:
    assert decode(b"x" * MOST_BYTES) == "x" * MOST_BYTES


@given(st.text(max_size=400))
@settings(max_examples=60)
def test_text_survives_its_bytes(text: str) -> None:
    found = decode(text.encode())
    assert found == text or ("\x00" in text and isinstance(found, Mistake))


HEADS = st.text(
    alphabet=st.sampled_from("ab:- \n[]{}&*!'\"#|>2026,%@\t\r甲"), max_size=60
)


@given(HEADS, st.text(max_size=40))
@settings(max_examples=150)
def test_parsing_never_raises_and_lines_lie_in_the_text(head: str, body: str) -> None:
    text = f"---\n{head}\n---\n{body}"
    read = parse(text)
    assert isinstance(read.meta, Mapping)
    lines = [mistake.line for mistake in read.mistakes]
    assert all(0 <= line <= text.count("\n") + 2 for line in lines)
