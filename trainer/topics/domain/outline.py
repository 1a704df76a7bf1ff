"""A YAML file as records that know their lines.

What is read is text, lists and mappings, nothing else: ``12329`` or ``no`` is
the word that is written, not a number or a flag. What is wrong is collected as
mistakes; asking goes on, so that one pass finds them all.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias
from typing import TypeVar

import yaml

from trainer.core.document import Mistake
from trainer.core.wording import N_

CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""A code: lower-case Latin letters, digits and single hyphens."""

MOST_CHARACTERS = 200
"""Longest text of one key."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?", re.ASCII)

MOST_LEVELS = 20
"""Deepest nesting of lists and mappings."""

Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the file and the line it begins on, from 1."""

    line: int
    value: Value


Value: TypeAlias = "str | tuple[Node, ...] | Mapping[str, Node]"


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text and its line."""

    line: int
    words: str


class Record:
    """One mapping of the file; what is wrong with an answer goes to ``mistakes``.

    An answer that is missing or wrong comes back empty. What is no mapping at all,
    or no node, is not ``readable``: then no key is missed.
    """

    def __init__(
        self, node: Node | None, known: Collection[str], mistakes: list[Mistake]
    ) -> None:
        self.line = node.line if node else 0
        self.mistakes = mistakes
        self._values: Mapping[str, Node] = {}
        self.readable = node is not None and isinstance(node.value, Mapping)
        if node is None:
            return
        if not isinstance(node.value, Mapping):
            self.wrong(N_("应是“键: 值”，键有 {keys}", keys=tuple(known)))
            return
        self._values = node.value
        for key in node.value:
            if key not in known:
                self.wrong(N_("不认识的键“{key}”；请查对拼写", key=key), key)

    def wrong(self, message: str, key: str = "") -> None:
        """Note a mistake where ``key`` stands, or where the record begins."""
        node = self._values.get(key)
        self._note(node.line if node else self.line, message)

    def text(self, key: str, *, required: bool = True) -> str:
        """Give the one line of text under a key."""
        node = self._present(key, required=required)
        return self._line(node, key).words if node else ""

    def code(self, key: str = "code", seen: dict[str, int] | None = None) -> str:
        """Give the code under a key; ``seen`` is as for :meth:`once`."""
        words = self.text(key)
        if words and not CODE.fullmatch(words):
            self.wrong(
                N_(
                    "“{key}”应由小写字母、数字和连字符组成，写的是“{words}”",
                    key=key,
                    words=words,
                ),
                key,
            )
        return words if seen is None else self.once(words, seen, key)

    def once(self, words: str, seen: dict[str, int], key: str = "code") -> str:
        """Note a mistake when another record has these words; remember them."""
        if words and words in seen:
            self.wrong(
                N_("“{words}”在第 {line} 行已有", words=words, line=seen[words]), key
            )
        seen.setdefault(words, self.line)
        return words

    def texts(self, key: str, *, required: bool = True) -> tuple[Text, ...]:
        """Give the list of texts under a key, without the empty ones."""
        nodes = self._list(key, required=required)
        found = (self._line(node, key) for node in nodes)
        return tuple(text for text in found if text.words)

    def records(
        self, key: str, known: Collection[str], *, required: bool = True
    ) -> list[Record]:
        """Give the list of mappings under a key."""
        nodes = self._list(key, required=required)
        return [Record(node, known, self.mistakes) for node in nodes]

    def record(self, key: str, known: Collection[str]) -> Record | None:
        """Give the mapping under a key, None when there is none."""
        node = self._present(key, required=False)
        return Record(node, known, self.mistakes) if node else None

    def only(self, known: Collection[str]) -> None:
        """Note a mistake at each key that is not one of these."""
        for key in self._values:
            if key not in known:
                self.wrong(N_("这里不用“{key}”", key=key), key)

    def has(self, key: str) -> bool:
        """Tell whether anything stands under a key."""
        node = self._values.get(key)
        return node is not None and node.value != ""

    def paragraph(self, key: str, most: int, *, required: bool = True) -> str:
        """Give the text under a key, of several lines perhaps."""
        node = self._present(key, required=required)
        if node is None:
            return ""
        if not isinstance(node.value, str) or not node.value.strip():
            self._note(node.line, N_("“{key}”应是文字", key=key))
            return ""
        words = node.value.strip()
        if len(words) > most:
            told = N_("“{key}”超过 {most} 个字；请写短些", key=key, most=most)
            self._note(node.line, told)
        return words

    def choice(self, key: str, known: Sequence[Word], default: Word | None) -> Word:
        """Give the one of some words that stands under a key.

        Args:
            key: The key.
            known: The words; the first stands in for a wrong one.
            default: What a missing one means; None when it must not be missing.
        """
        words = self.text(key, required=default is None)
        if not words:
            return default or known[0]
        found = next((word for word in known if word == words), None)
        if found is None:
            self.wrong(N_("“{key}”只能是 {words} 之一", key=key, words=[*known]), key)
        return found or known[0]

    def flag(self, key: str, *, required: bool = False) -> bool:
        """Give the yes or no under a key; a missing one is no."""
        words = self.text(key, required=required)
        if words not in {"", "true", "false"}:
            self.wrong(N_("“{key}”只能写 true 或 false", key=key), key)
        return words == "true"

    def whole(self, key: str, allowed: range, default: int | None = None) -> int:
        """Give the whole number under a key; a missing one is the default."""
        words = self.text(key, required=default is None)
        if not words and default is not None:
            return default
        if words.isascii() and words.isdecimal() and int(words) in allowed:
            return int(words)
        if words:
            told = N_(
                "“{key}”应是 {least} 到 {most} 的整数",
                key=key,
                least=allowed[0],
                most=allowed[-1],
            )
            self.wrong(told, key)
        return allowed[0]

    def number(self, key: str) -> Decimal:
        """Give the decimal number under a key."""
        words = self.text(key)
        if NUMBER.fullmatch(words):
            return Decimal(words)
        if words:
            self.wrong(N_("“{key}”应是一个数，例如 1234.56", key=key), key)
        return Decimal(0)

    def day(self, key: str) -> date | None:
        """Give the day under a key, None when there is none."""
        words = self.text(key, required=False)
        found = None
        if DAY.fullmatch(words):
            with suppress(ValueError):
                found = date.fromisoformat(words)
        if words and found is None:
            self.wrong(N_("“{key}”应是日期，写作 2026-09-20", key=key), key)
        return found

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Give the list of lists of texts under a key."""
        rows = (
            tuple(self._line(item, key).words for item in node.value)
            if isinstance(node.value, tuple)
            else (self._line(node, key).words,)
            for node in self._list(key, required=True)
        )
        return tuple(rows)

    def mapping(self, key: str) -> dict[str, tuple[str, ...]]:
        """Give the texts, or lists of texts, by name under a key; none may be there."""
        node = self._present(key, required=False)
        if node is None:
            return {}
        if not isinstance(node.value, Mapping):
            self._note(node.line, N_("“{key}”应是“名字: 值”", key=key))
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for name, value in node.value.items():
            items = value.value if isinstance(value.value, tuple) else (value,)
            found[name] = tuple(self._line(item, key).words for item in items)
        return {name: words for name, words in found.items() if words}

    def _present(self, key: str, *, required: bool) -> Node | None:
        node = self._values.get(key)
        if node is not None and node.value != "":
            return node
        if required and self.readable:
            self.wrong(N_("缺少“{key}”", key=key), key)
        return None

    def _list(self, key: str, *, required: bool) -> tuple[Node, ...]:
        node = self._present(key, required=required)
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self._note(node.line, N_("“{key}”应是列表", key=key))
            return ()
        if required and not node.value:
            self._note(node.line, N_("“{key}”是空的", key=key))
        return node.value

    def _line(self, node: Node, key: str) -> Text:
        words = node.value.strip() if isinstance(node.value, str) else ""
        if not words or not is_one_line(words):
            self._note(node.line, N_("“{key}”应是一行文字", key=key))
            words = ""
        if len(words) > MOST_CHARACTERS:
            self._note(
                node.line,
                N_(
                    "“{key}”超过 {most} 个字；请写短些",
                    key=key,
                    most=MOST_CHARACTERS,
                ),
            )
        return Text(node.line, words)

    def _note(self, line: int, message: str) -> None:
        self.mistakes.append(Mistake(line, message))


class _TrapError(Exception):
    """Something that makes a small file endless to read, and no file here needs."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Loader(yaml.SafeLoader):
    """Reads a file in one pass, and stops at a trap before it closes.

    Raises:
        _TrapError: there is one.
    """

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Read what comes next, with all that lies in it."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # of PyYAML
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise _TrapError(line, N_("不能用 YAML 的引用（*）；请把内容写全"))
        self._depth += 1
        if self._depth > MOST_LEVELS and isinstance(event, yaml.CollectionStartEvent):
            raise _TrapError(
                line,
                N_("嵌套超过 {most} 层；请改得平一些", most=MOST_LEVELS),
            )
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def is_one_line(text: str) -> bool:
    """Tell whether a text has no line break of any kind, such as U+2028."""
    return len(text.splitlines()) <= 1


def read(text: str, known: Collection[str]) -> Record:
    """Read a whole file as one record; never raises.

    Args:
        text: The file.
        known: Keys the file may have.

    Returns:
        The record; its ``mistakes`` say what was wrong with the YAML, and it is
        empty when there is nothing to go on with.
    """
    mistakes: list[Mistake] = []
    text = text.removeprefix("\ufeff")
    try:
        root = yaml.compose(text, Loader=_Loader)
        if root is None:
            return _nothing(0, N_("文件是空的"))
        return Record(_node(root, mistakes), known, mistakes)
    except _TrapError as trap:
        return _nothing(trap.line, trap.message)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return _nothing(line, N_("不是合法的 YAML：检查冒号后的空格、引号和缩进"))
    except yaml.YAMLError:
        return _nothing(0, N_("文件里有 YAML 不允许的字符；请另存为 UTF-8 纯文本"))


def _nothing(line: int, message: str) -> Record:
    return Record(None, (), [Mistake(line, message)])


def _node(node: yaml.Node, mistakes: list[Mistake]) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Node(line, tuple(_node(item, mistakes) for item in node.value))
    if not isinstance(node, yaml.MappingNode):
        absent = node.tag == "tag:yaml.org,2002:null"
        return Node(line, "" if absent else str(node.value))
    values: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in values:
            message = N_("“{name}”写了两次；请保留一处", name=name)
            mistakes.append(Mistake(key.start_mark.line + 1, message))
        values.setdefault(name, _node(value, mistakes))
    return Node(line, values)
