"""The difference of two texts, as a person reads it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.publishing.domain.changes import compare
from trainer.publishing.domain.diff import Edit
from trainer.publishing.domain.diff import NumberChange
from trainer.publishing.domain.diff import Piece
from trainer.publishing.domain.diff import Weight
from trainer.publishing.domain.diff import diff_words
from trainer.publishing.domain.diff import summary
from trainer.publishing.domain.manuscript import Section

WORDS = "缴存 提取 不得 可以 应 15日 10日 3.1% 的 ， 。 cite:a-b 第 1 万元 三个月 A"
TEXTS = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=30).map("".join)


def shown(old: str, new: str) -> str:
    """``[-went-]`` and ``{+came+}``, ``#`` behind a number, ``!`` behind a modal."""
    sign = {Weight.PLAIN: "", Weight.NUMBER: "#", Weight.MODAL: "!"}
    frame = {Edit.EQUAL: "{}", Edit.DELETE: "[-{}-]", Edit.INSERT: "{{+{}+}}"}
    return "".join(
        frame[piece.kind].format(piece.text + sign[piece.weight])
        for piece in diff_words(old, new)
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("同", "同", "同"),
        ("", "新", "{+新+}"),
        ("旧", "", "[-旧-]"),
        ("审批时限15日。", "审批时限10日。", "审批时限[-15日#-]{+10日#+}。"),
        ("最高1万元", "最高12000元", "最高[-1万元#-]{+12000元#+}"),
        ("利率3.10%起", "利率2.6%起", "利率[-3.10%#-]{+2.6%#+}起"),
        (
            "2026-09-20起施行",
            "2026-10-20起施行",
            "[-2026-09-20#-]{+2026-10-20#+}起施行",
        ),
        (
            "满 3 个月可提",
            "满 6 个月可提",
            "满 [-3 个月#-]{+6 个月#+}可提",
        ),
        ("三十日内办结", "二十日内办结", "[-三十日#-]{+二十日#+}内办结"),
        ("额度1,200元", "额度1,500元", "额度[-1,200元#-]{+1,500元#+}"),
        ("职工可以提取", "职工不得提取", "职工[-可以!-]{+不得!+}提取"),
        ("单位应当登记", "单位必须登记", "单位[-应当!-]{+必须!+}登记"),
        ("职工提取时", "职工不可以提取时", "职工{+不可以!+}提取时"),
        ("办理房屋登记", "办理不动产登记", "办理[-房屋-]{+不动产+}登记"),
        ("办事流程", "办事须知", "办事[-流程-]{+须知+}"),
        ("如实申请办理", "如实申请许可办理", "如实申请{+许可+}办理"),
        (
            "见(cite:rent#a)",
            "见(cite:rental#a)",
            "见([-cite:rent#a-]{+cite:rental#a+})",
        ),
    ],
)
def test_a_change_reads_well(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_a_lonely_equal_character_goes_with_the_changes_around_it() -> None:
    assert shown("准予的甲乙", "驳回的丙丁") == "[-准予的甲乙-]{+驳回的丙丁+}"


def test_what_did_not_change_in_a_merged_island_weighs_nothing() -> None:
    assert shown("甲乙可丙丁", "戊己可庚辛") == "[-甲乙可丙丁-]{+戊己可庚辛+}"


def test_a_short_run_between_long_changes_goes_with_them() -> None:
    assert shown("甲乙丙丁职工戊己庚辛", "子丑寅卯职工辰巳午未") == (
        "[-甲乙丙丁职工戊己庚辛-]{+子丑寅卯职工辰巳午未+}"
    )


def test_a_short_run_between_short_changes_stays() -> None:
    assert shown("甲职工乙", "丙职工丁") == "[-甲-]{+丙+}职工[-乙-]{+丁+}"


def test_changed_lines_stay_apart() -> None:
    assert shown("甲\n乙", "丙\n丁") == "[-甲-]{+丙+}\n[-乙-]{+丁+}"


def test_words_that_stand_twice_are_told_apart_by_their_place() -> None:
    old = "职工可以提取公积金，配偶可以提取公积金。"
    new = "职工可以提取公积金，配偶不得提取公积金。"
    assert shown(old, new) == ("职工可以提取公积金，配偶[-可以!-]{+不得!+}提取公积金。")


def test_a_moved_sentence_is_deleted_once_and_inserted_once() -> None:
    first, second = "单位应当按时缴存。", "职工可以提取住房公积金余额。"
    assert shown(first + second, second + first) == (
        "[-单位-][-应当!-][-按时缴存。-]" + second + "{+单位+}{+应当!+}{+按时缴存。+}"
    )


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_the_pieces_join_to_both_texts(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(p.text for p in pieces if p.kind is not Edit.INSERT) == old
    assert "".join(p.text for p in pieces if p.kind is not Edit.DELETE) == new
    assert all(piece.text for piece in pieces)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_pieces_are_in_order_and_no_islands_are_left(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    for before, after in pairwise(pieces):
        steps = (before.kind, after.kind)
        assert steps not in {(Edit.EQUAL, Edit.EQUAL), (Edit.INSERT, Edit.DELETE)}
    for piece in pieces[1:-1]:
        if piece.kind is Edit.EQUAL:
            assert len(piece.text) > 1 or piece.text == "\n"


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_only_changes_weigh_and_numbers_come_one_by_one(old: str, new: str) -> None:
    for piece in diff_words(old, new):
        if piece.kind is Edit.EQUAL:
            assert piece.weight is Weight.PLAIN
        if piece.weight is Weight.NUMBER:
            assert re.fullmatch(r"[\d.]+(日|%|万元)?|三个月", piece.text)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert diff_words(text, text) == ((Piece(Edit.EQUAL, text),) if text else ())


@pytest.mark.parametrize("name", ["strangers", "one character", "every twelfth"])
def test_long_texts_are_no_harder(name: str) -> None:
    # Quadratic time would be minutes.
    old = "".join(chr(0x4E00 + i * i % 2_003) for i in range(20_000))
    new = {
        "strangers": "".join(chr(0x4E00 + i * 7 % 1_999) for i in range(20_000)),
        "one character": old[:9_000] + "㊣" + old[9_001:],
        "every twelfth": re.sub(r"(.{11}).", r"\1㊣", old),
    }[name]
    pieces = diff_words(old, new)
    assert "".join(p.text for p in pieces if p.kind is not Edit.INSERT) == old
    assert "".join(p.text for p in pieces if p.kind is not Edit.DELETE) == new
    if name == "one character":
        assert [piece.kind for piece in pieces] == [
            Edit.EQUAL,
            Edit.DELETE,
            Edit.INSERT,
            Edit.EQUAL,
        ]


def numbers(old: str, new: str) -> list[tuple[str, str]]:
    before = Section("limit", 2, "第三条", "审批时限", old, 1)
    after = Section("limit", 2, "第四条", "审批时限", new, 1)
    found = summary(compare([before], [after]))
    assert {change.section for change in found} <= {"第四条 审批时限"}
    return [(change.old, change.new) for change in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("15日内办结。", "10日内办结。", [("15日", "10日")]),
        ("3日至5日内", "2日至4日内", [("3日", "2日"), ("5日", "4日")]),
        ("最高1万元", "最高12000元", [("1万元", "12000元")]),
        ("三个月内提出", "90日内提出", [("三个月", "90日")]),
        ("每年提取1次为限", "满6个月后可提", []),
        ("15日内办结", "10日内、最长30日内办结", []),
        ("15日内办结", "15日内一并办结", []),
        ("满3个月可提", "连续足额缴存满6个月即可提", [("3个月", "6个月")]),
    ],
)
def test_the_summary_lists_numbers_that_were_replaced(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert numbers(old, new) == expected


def test_the_summary_passes_over_sections_that_came_went_or_moved() -> None:
    old = [
        Section("a", 2, "第1条", "甲", "15日", 1),
        Section("b", 2, "", "乙", "3日", 2),
    ]
    new = [
        Section("a", 2, "第2条", "甲", "15日", 1),
        Section("c", 2, "", "乙", "5日", 2),
    ]
    assert summary(compare(old, new)) == ()


def test_a_line_of_the_summary_names_the_section() -> None:
    old = [Section("a", 2, "", "审批时限", "15日", 1)]
    new = [Section("a", 2, "", "审批时限", "10日", 1)]
    assert summary(compare(old, new)) == (NumberChange("审批时限", "15日", "10日"),)
