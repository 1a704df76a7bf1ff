"""A content file: YAML front matter between ``---`` lines, then a body.

The same text is a file under ``content/``, a revision in the database and
documents in the search index; only this module knows its outer shape. Mistakes
are data with the line they stand on, so that an editor, an import and a check
can all show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.reader import ReaderError

from trainer.core.wording import N_

FENCE = "---"
MOST_BYTES = 512 * 1024
"""Largest text accepted, in bytes of UTF-8."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Something wrong in a text: ``line`` counts from 1, 0 is the whole text."""

    line: int
    message: str

    @property
    def told(self) -> str:
        """The message with its line."""
        if not self.line:
            return self.message
        return N_("第 {line} 行：{message}", line=self.line, message=self.message)

    def __str__(self) -> str:
        return self.told


@dataclass(frozen=True, slots=True)
class Document:
    """Front matter and body, as written.

    Attributes:
        meta: The front matter.
        lines: For each key of ``meta`` the line it stands on, from 1.
        body: The text after the front matter.
        body_line: Line of the first line of ``body``, from 1.
        mistakes: What was wrong with the outer shape; then ``meta`` may be empty.
    """

    meta: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str
    body_line: int
    mistakes: tuple[Mistake, ...] = field(default=())


class _ValueMistakeError(ValueError):
    """A value such as 2026-02-30."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key = key
        self.line = line


def decode(data: bytes) -> str | Mistake:
    """Turn the bytes of a file into text, or say why they are none.

    The text keeps its bytes: a byte order mark and CRLF line ends stay in it.
    """
    if len(data) > MOST_BYTES:
        size = len(data) / 1024 / 1024
        return Mistake(
            0,
            N_(
                "文件有 {size:.1f} MB，超过上限 {most} KB；请拆成几篇",
                size=size,
                most=MOST_BYTES // 1024,
            ),
        )
    if data.startswith(b"PK\x03\x04"):
        return Mistake(0, N_("这是压缩包（zip/docx/xlsx），不是文本；请解压后再导入"))
    if b"\x00" in data:
        return Mistake(0, N_("这是二进制文件，不是文本；请导入 UTF-8 编码的 .md 文件"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Mistake(
            line,
            N_("不是 UTF-8 编码{guess}；请另存为 UTF-8 后再导入", guess=_guess(data)),
        )


def parse(text: str) -> Document:
    """Split a content file into front matter and body; never raises."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].strip() != FENCE:
        return _broken(1, N_("文件须以一行 {fence} 开头，其后是说明部分", fence=FENCE))
    try:
        end = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
    except StopIteration:
        return _broken(1, N_("说明部分没有结束：缺少第二行 {fence}", fence=FENCE))
    body = "\n".join(lines[end + 1 :])
    try:
        meta, where = _mapping("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _broken(*_reason(error))
    if meta is None:
        return _broken(2, N_("说明部分应是“键: 值”的列表"))
    doubled = tuple(
        Mistake(line, N_("“{key}”写了两次；请保留一处", key=key))
        for key, line in where
        if line < 0
    )
    twice = tuple(Mistake(-m.line, m.message) for m in doubled)
    return Document(
        meta, {key: line for key, line in where if line > 0}, body, end + 2, twice
    )


def _mapping(head: str) -> tuple[dict[str, Any] | None, list[tuple[str, int]]]:
    """Read YAML; each key with its line, negative where the key came before."""
    node = yaml.compose(head, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        return None, []
    where: list[tuple[str, int]] = []
    for key, value in node.value:
        line = key.start_mark.line + 2
        seen = any(key.value == name for name, _ in where)
        where.append((str(key.value), -line if seen else line))
        _must_be_readable(str(key.value), value, line)
    return SafeConstructor().construct_document(node), where


def _must_be_readable(key: str, value: yaml.Node, line: int) -> None:
    """Find the key whose value is written like a day or number and is none."""
    try:
        SafeConstructor().construct_document(value)
    except ValueError as error:
        raise _ValueMistakeError(key, line) from error


def _reason(error: Exception) -> tuple[int, str]:
    """Say what is wrong with the front matter, and on which line."""
    if isinstance(error, _ValueMistakeError):
        return error.line, N_(
            "“{key}”的值不对：日期要真实存在，数字要写全", key=error.key
        )
    if isinstance(error, yaml.MarkedYAMLError):
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        return line, N_("说明部分不是合法的 YAML：检查冒号后的空格、引号和缩进")
    if isinstance(error, ReaderError):
        return 2, N_("说明部分里有看不见的控制字符；请用纯文本编辑器重新输入")
    return 2, N_("说明部分有误：{error}", error=error)


def _broken(line: int, message: str) -> Document:
    return Document({}, {}, "", line, (Mistake(line, message),))


def _guess(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return N_("（看起来是 GBK/GB18030）")
