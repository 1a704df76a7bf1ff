"""Word files: paragraphs with the numbers a reader sees, and files that are refused."""

from __future__ import annotations

import pytest

from tests.kit.files.wordfiles import W
from tests.kit.files.wordfiles import docx
from tests.kit.files.wordfiles import level
from tests.kit.files.wordfiles import listing
from tests.kit.files.wordfiles import p
from tests.kit.files.wordfiles import restart
from tests.kit.files.wordfiles import shape
from tests.kit.files.wordfiles import zipped
from trainer.kit.files.numerals import numeral
from trainer.kit.files.tables import ENCRYPTED
from trainer.kit.files.tables import OLE
from trainer.kit.files.word import MOST_UNPACKED
from trainer.kit.files.word import WordError
from trainer.kit.files.word import read_paragraphs

QUESTIONS = shape(
    0, level(0, "decimal", "%1."), level(1, "upperLetter", "%2、")
) + listing(1, 0)


def test_paragraphs_are_read_as_they_are_seen() -> None:
    body = (
        p("题目")
        + "<w:p/>"
        + "<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r>"
        "<w:ins><w:r><w:t>添</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
        + f"<w:tbl><w:tr><w:tc>{p('左')}</w:tc><w:tc>{p('右')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:r><w:t>看图</w:t><w:drawing/></w:r></w:p>"
    )
    assert read_paragraphs(docx(body)) == (
        "题目",
        "",
        "一\t二",
        "三添",
        "左",
        "右",
        "看图〔图片〕",
    )


def test_numbers_that_word_counts_are_written_out() -> None:
    body = "".join(
        p(text, 1, at)
        for text, at in [("甲", 0), ("能", 1), ("不能", 1), ("乙", 0), ("能", 1)]
    )
    assert read_paragraphs(docx(body, QUESTIONS)) == (
        "1. 甲",
        "A、 能",
        "B、 不能",
        "2. 乙",
        "A、 能",
    )


def test_a_list_of_the_same_shape_goes_on_unless_it_is_told_to_begin_anew() -> None:
    shapes = shape(0, level(0, "decimal", "%1．", start=3))
    body = p("甲", 1) + p("乙", 2) + p("丙", 3) + p("丁", 3)
    lists = listing(1, 0) + listing(2, 0) + listing(3, 0, restart(0, 7))
    assert read_paragraphs(docx(body, shapes + lists)) == (
        "3． 甲",
        "4． 乙",
        "7． 丙",
        "8． 丁",
    )


def test_a_list_may_change_a_level_of_its_shape() -> None:
    override = (
        f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "(%1)")}</w:lvlOverride>'
    )
    shapes = shape(0, level(0, "decimal", "%1."))
    body = p("甲", 1) + p("乙", 1)
    told = read_paragraphs(docx(body, shapes + listing(1, 0, override)))
    assert told == ("(a) 甲", "(b) 乙")


def test_the_number_of_a_style_counts_and_can_be_taken_away() -> None:
    styles = (
        '<w:style w:styleId="Q"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:styleId="QQ"><w:basedOn w:val="Q"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = p("甲", style="QQ") + p("乙", 0, style="Q") + p("丙", style="Q")
    body += p("丁", style="Loop")
    assert read_paragraphs(docx(body, QUESTIONS, styles)) == (
        "1. 甲",
        "乙",
        "2. 丙",
        "丁",
    )


def test_a_level_that_is_no_number_is_the_first() -> None:
    body = p("甲", 1).replace('w:ilvl w:val="0"', 'w:ilvl w:val=""')
    assert read_paragraphs(docx(body, QUESTIONS)) == ("1. 甲",)


def test_levels_above_are_shown_and_bullets_are_not() -> None:
    shapes = shape(
        0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2")
    ) + shape(1, level(0, "bullet", "•"))
    body = p("大", 1) + p("小", 1, 1) + p("点", 2)
    told = read_paragraphs(docx(body, shapes + listing(1, 0) + listing(2, 1)))
    assert told == ("一、 大", "一.1 小", "点")


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 2, "b"),
        ("upperRoman", 14, "XIV"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("japaneseCounting", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 2003, "二千零三"),
        ("decimalFullWidth", 10, "１０"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 30, "30"),
        ("ideographTraditional", 2, "乙"),
        ("unheard", 4, "4"),
    ],
)
def test_numbers_are_written_as_word_writes_them(
    form: str, number: int, shown: str
) -> None:
    assert numeral(number, form) == shown


TRAP = f'<!DOCTYPE w [<!ENTITY a "aaaa">]><w:document {W}>&a;</w:document>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (OLE + b"WordDocument", "旧版的 .doc"),
        (OLE + ENCRYPTED, "加了密码"),
        (b"{\\rtf1", "不是 Word 文件"),
        (docx(p("题"))[:-40], "损坏或不完整"),
        (docx("<w:p>"), "损坏或不完整"),
        (zipped(xl__workbook="<a/>"), "不是 Word 文件"),
        (zipped(word__document=TRAP), "大得不正常"),
        (zipped(word__document=" " * (MOST_UNPACKED + 1)), "大得不正常"),
        (docx("<w:r>" * 200 + "</w:r>" * 200), "大得不正常"),
        (b"PK\x03\x04" + b"x" * (11 * 1024 * 1024), "超过 10 MB"),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)
def test_a_file_that_is_not_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(WordError, match=words):
        read_paragraphs(data)
