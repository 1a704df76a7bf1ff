"""The file of lines, businesses and steps."""

from __future__ import annotations

import pytest

from trainer.topics.domain.lines import parse_topics

GOOD = """\
lines:
  - code: withdraw
    name: 提取
    owner: withdrawal-desk
    businesses:
      - {code: withdraw.rent, name: 租房提取}
      - {code: withdraw.second-hand, name: 购买二手住房提取}
steps:
  - {code: verify, name: 核验, about: 比对原件}
"""


def test_lines_businesses_and_steps_are_found_by_code() -> None:
    topics, mistakes = parse_topics(GOOD)
    assert topics is not None
    assert not mistakes
    line = topics.line("withdraw")
    assert line is not None
    assert (line.name, line.owner) == ("提取", "withdrawal-desk")
    rent = topics.business("withdraw.rent")
    assert rent is not None
    assert (rent.name, rent.line) == ("租房提取", "withdraw")
    step = topics.step("verify")
    assert step is not None
    assert step.about == "比对原件"
    assert topics.business("withdraw.none") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("withdraw.rent", "loan.rent", 6, "应写作“withdraw.名称”"),
        ("withdraw.rent", "withdraw.租房", 6, "应写作"),
        ("withdraw.rent", "withdraw.second-hand", 7, "第 6 行已有"),
        ("code: withdraw\n", "code: With\n", 2, "小写字母"),
        ("    owner: withdrawal-desk\n", "", 2, "缺少“owner”"),
        ("name: 核验", "nmae: 核验", 9, "不认识的键“nmae”"),
    ],
)
def test_a_mistake_is_said_with_its_line(
    old: str, new: str, line: int, words: str
) -> None:
    topics, mistakes = parse_topics(GOOD.replace(old, new))
    assert topics is None
    assert any(m.line == line and words in m.message for m in mistakes), mistakes


def test_a_line_and_a_step_may_have_the_same_code_but_two_steps_may_not() -> None:
    same = GOOD + "  - {code: withdraw, name: 提款, about: 说明}\n"
    assert parse_topics(same)[1] == []
    twice = GOOD + "  - {code: verify, name: 再核, about: 说明}\n"
    assert [str(m) for m in parse_topics(twice)[1]] == [
        "第 10 行：“verify”在第 9 行已有"
    ]


def test_all_mistakes_are_found_in_one_pass() -> None:
    _, mistakes = parse_topics("lines:\n  - {code: a}\nsteps:\n  - {code: b}")
    assert [m.line for m in mistakes] == [2, 2, 2, 4, 4]
