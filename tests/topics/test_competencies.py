"""The file of competencies."""

from __future__ import annotations

import pytest

from trainer.topics.domain.competencies import parse_competencies

LINES = frozenset({"loan", "repay"})
GOOD = """\
levels:
  - {code: L0, name: 未接触, counter: 不上窗口, anchors: [无记录]}
  - {code: L1, name: 知道, counter: 引导, anchors: [测验 80 分, 会查]}
tiers:
  - {code: in-post, name: 在岗, level: L1, about: 本条线}
dimensions:
  - {code: P, name: 政策}
competencies:
  - {code: P1, name: 版本, lines: [all], tiers: [in-post]}
  - {code: P2, name: 额度, about: 会算, lines: [loan], tiers: []}
"""


def test_competencies_know_their_dimension_lines_and_tiers() -> None:
    framework, mistakes = parse_competencies(
        GOOD.replace("tiers: []", "tiers: [in-post]"), lines=LINES
    )
    assert framework is not None
    assert not mistakes
    quota = framework.competency("P2")
    assert quota is not None
    assert (quota.dimension, quota.about) == ("P", "会算")
    assert [c.code for c in framework.of_line("loan")] == ["P1", "P2"]
    assert [c.code for c in framework.of_line("repay")] == ["P1"]
    assert len(framework.of_tier("in-post")) == 2
    assert [level.rank for level in framework.levels] == [0, 1]
    assert framework.levels[1].anchors == ("测验 80 分", "会查")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("code: P2", "code: P1", 10, "第 9 行已有"),
        ("code: P2", "code: Q2", 10, "维度字母加序号"),
        ("code: P2", "code: P02", 10, "维度字母加序号"),
        ("lines: [loan]", "lines: [loans]", 10, "没有代码是“loans”的条线"),
        ("lines: [loan]", "lines: [all, loan]", 10, "已包括所有条线"),
        ("lines: [loan]", "lines: [loan, loan]", 10, "写了两次"),
        ("tiers: []", "tiers: []", 10, "是空的"),
        ("tiers: [in-post]", "tiers: [boss]", 9, "没有代码是“boss”的阶段"),
        ("level: L1", "level: L9", 5, "没有“L9”这一级别"),
        ("code: L1", "code: L2", 3, "这里应是 L1"),
        ("code: P,", "code: PO,", 7, "一个大写字母"),
    ],
)
def test_a_mistake_is_said_with_its_line(
    old: str, new: str, line: int, words: str
) -> None:
    framework, mistakes = parse_competencies(GOOD.replace(old, new), lines=LINES)
    assert framework is None
    assert any(m.line == line and words in m.message for m in mistakes), mistakes


def test_line_codes_are_only_checked_against_lines_that_are_given() -> None:
    text = GOOD.replace("tiers: []", "tiers: [in-post]").replace("[loan]", "[other]")
    assert parse_competencies(text)[1] == []
    assert len(parse_competencies(text, lines=LINES)[1]) == 1
