"""Files of questions: read by what somebody has, written as what somebody wants."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.files import tables as table_files
from trainer.kit.files import word
from trainer.kit.files.guide_sheet import with_guide
from trainer.quizzes.domain import bank
from trainer.quizzes.domain.exchange import gift
from trainer.quizzes.domain.exchange import moodle
from trainer.quizzes.domain.exchange import moodle_writing
from trainer.quizzes.domain.exchange import plain
from trainer.quizzes.domain.exchange import sheets
from trainer.quizzes.domain.exchange import tables
from trainer.quizzes.domain.exchange.dialects import Dialect
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.items import item_of
from trainer.quizzes.domain.exchange.sheets import Sheet
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.written import entry_of

MOST_TEXT = 2 * 1024 * 1024
"""Largest file of text, in bytes; a thousand questions take about a quarter."""

MOST_FILE = max(table_files.MOST_BYTES, word.MOST_BYTES, MOST_TEXT)
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TITLE = N_("题目")


class Source(StrEnum):
    """What somebody has."""

    SHEET = "sheet"
    WORD = "word"
    TEXT = "text"
    GIFT = "gift"
    MOODLE = "moodle"
    BANK = "bank"


class FileError(TrainerError):
    """The file is not read; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a file is to be read.

    Attributes:
        source: What it is.
        dialect: How answers to blanks are written; None when nobody said.
        full_width: Whether signs of full width stand for the usual ones, in GIFT.
        defaults: What its questions do not say.
    """

    source: Source
    dialect: Dialect | None
    full_width: bool
    defaults: Defaults


def read_file(data: bytes, asked: Asked) -> Read:
    """Read a file, or what was pasted, in UTF-8.

    Raises:
        TrainerError: it is not read at all; the sentence says why.
    """
    dialect, defaults = asked.dialect, asked.defaults
    if not data.strip():
        raise FileError(N_("没有内容；请选择文件，或把题目粘贴到框里"))
    match asked.source:
        case Source.SHEET:
            lines = table_files.read_table(data).lines
            return tables.read_rows(lines, dialect, defaults)
        case Source.WORD:
            return plain.read_text(word.read_paragraphs(data), dialect, defaults)
        case Source.TEXT:
            return plain.read_text(decoded(data).splitlines(), dialect, defaults)
        case Source.GIFT:
            told = decoded(data)
            return gift.read_gift(told, defaults, full_width=asked.full_width)
        case Source.MOODLE:
            _must_be_small(data)
            return moodle.read_moodle(data, defaults)
        case Source.BANK:
            return _bank(decoded(data))


def decoded(data: bytes) -> str:
    """Give the text of a file, whichever way it was saved.

    Raises:
        FileError: it is too large, or no text.
    """
    _must_be_small(data)
    names = ("utf-16",) if data.startswith(MARKS) else ("utf-8-sig", "gb18030")
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileError(
        N_("这不是文字文件；请核对“您手上是什么”选得对不对，或另存为 UTF-8 再上传")
    )


def _must_be_small(data: bytes) -> None:
    if len(data) > MOST_TEXT:
        raise FileError(
            N_(
                "文字有 {size:.1f} MB，超过上限 {most} MB；请拆成几次导入",
                size=len(data) / 1024 / 1024,
                most=MOST_TEXT // 1024 // 1024,
            )
        )


def _bank(text: str) -> Read:
    found = bank.parse(text)
    if found.bank is None:
        return Read((), tuple(Fault(m.line, m.message) for m in found.mistakes))
    return Read(
        tuple(
            Draft(line=q.line, entry=entry_of(q), case=q.case, question=q)
            for q in found.bank.questions
        )
    )


def template(kind: str) -> bytes:
    """Give a table to fill in; a second sheet of the workbook says how."""
    content = _sheet(sheets.template(), kind)
    if kind == "xlsx":
        content = with_guide(content, N_("填写说明"), sheets.GUIDE)
    return content


def write_file(
    kind: str, title: str, text: str, questions: tuple[Question, ...]
) -> bytes:
    """Write a bank; reading the file gives its questions again.

    Args:
        kind: A key of :data:`WRITERS`.
        title: What it is called; a category elsewhere.
        text: The bank as it was saved.
        questions: Its questions.
    """
    return WRITERS[kind](title, text, questions)


def _sheet(sheet: Sheet, kind: str) -> bytes:
    return SHEET_WRITERS[kind](TITLE, sheet.columns, sheet.rows)


def _written_sheet(kind: str) -> Writer:
    return lambda _title, _text, questions: _sheet(sheets.sheet_of(questions), kind)


def _gift(title: str, _text: str, questions: tuple[Question, ...]) -> bytes:
    items = [item_of(question, gift.can_write) for question in questions]
    return gift.write_gift(items, title).encode()


def _moodle(title: str, _text: str, questions: tuple[Question, ...]) -> bytes:
    items = [item_of(question, moodle_writing.can_write) for question in questions]
    return moodle_writing.write_moodle(items, title).encode()


Writer = Callable[[str, str, tuple[Question, ...]], bytes]
WRITERS: Mapping[str, Writer] = {
    "xlsx": _written_sheet("xlsx"),
    "csv": _written_sheet("csv"),
    "yaml": lambda _title, text, _questions: text.encode(),
    "gift": _gift,
    "xml": _moodle,
}
