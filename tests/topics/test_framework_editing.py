"""Changing the competency framework by parts: what is written back, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import Dimension
from trainer.topics.domain.competencies import Level
from trainer.topics.domain.competencies import Retired
from trainer.topics.domain.competencies import Tier
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.framing import Part
from trainer.topics.domain.framing import PutCompetency
from trainer.topics.domain.framing import has_inner_comments
from trainer.topics.domain.framing import head_of
from trainer.topics.domain.framing import next_code
from trainer.topics.domain.framing import put_competency
from trainer.topics.domain.framing import with_part
from trainer.topics.domain.framing import without_competency
from trainer.topics.domain.framing import write_competencies

CONTENT = Path(__file__).parents[2] / "content" / "competencies.yaml"
LINES = ("loan", "repay")
GOOD = """\
# 说明
levels:
  - {code: L0, name: 未接触, counter: 不上窗口, anchors: [无记录]}
  - {code: L1, name: 知道, counter: 引导, anchors: [测验 80 分, 会查]}

tiers:
  - {code: in-post, name: 在岗, level: L1, about: 本条线}

dimensions:
  - {code: P, name: 政策}
  - {code: C, name: 沟通}

competencies:
  - {code: P1, name: 版本, lines: [all], tiers: [in-post]}
  - {code: P2, name: 额度, about: 会算, lines: [loan], tiers: [in-post]}

  - {code: C1, name: 倾听, lines: [all], tiers: [in-post]}

retired:
  - {code: P3, name: 旧项}
"""
NEW = PutCompetency(dimension="P", name="新项", lines=("repay",), tiers=("in-post",))

# Words that tempt YAML.
TRICKY = [
    "no",
    "~",
    "- 甲",
    "甲: 乙",
    "#甲",
    "甲 #乙",
    "{甲}",
    "[",
    "'",
    '"',
    "&a",
    "12",
]
words = st.one_of(st.sampled_from(TRICKY), st.text(max_size=8)).map(str.strip)


def read(text: str = GOOD) -> Competencies:
    framework, mistakes = parse_competencies(text, lines=LINES)
    assert framework is not None, mistakes
    return framework


def test_the_framework_of_the_starter_pack_is_written_as_it_stands() -> None:
    text = CONTENT.read_text("utf-8")
    assert write_competencies(read_any(text), head_of(text)) == text
    assert write_competencies(read(), "# 说明\n") == GOOD


def read_any(text: str) -> Competencies:
    framework, mistakes = parse_competencies(text)
    assert framework is not None, mistakes
    return framework


@given(name=words, about=words, part=words, anchors=st.lists(words, max_size=3))
@settings(max_examples=200, deadline=None)
def test_whatever_the_forms_accept_is_written_and_read_back_the_same(
    name: str, about: str, part: str, anchors: list[str]
) -> None:
    found = read()
    found, _ = put_competency(found, replace(NEW, name=name, about=about), lines=LINES)
    changes: list[Part] = [
        Dimension("P", part),
        Level("L1", part, name, tuple(anchors)),
        Tier("in-post", part, "L0", about),
    ]
    for change in changes:
        found, _ = with_part(found, change)
    assert read(write_competencies(found)) == found


def test_a_new_one_gets_the_next_code_and_stands_last_in_its_dimension() -> None:
    found, mistakes = put_competency(read(), NEW, lines=LINES)
    assert mistakes == []
    assert [one.code for one in found.competencies] == ["P1", "P2", "P4", "C1"]
    later, _ = put_competency(read(), NEW, lines=LINES, used=["P7"])
    assert later.competency("P8")
    assert next_code("G", ["P99"]) == "G1"
    full, mistakes = put_competency(read(), NEW, lines=LINES, used=["P99"])
    assert [m.key for m in mistakes] == ["dimension"]
    assert full == read()


def test_a_change_keeps_code_and_place() -> None:
    command = replace(NEW, code="P1", dimension="", lines=("all",))
    found, _ = put_competency(read(), command, lines=LINES)
    assert [one.name for one in found.competencies] == ["新项", "额度", "倾听"]


def test_a_retired_code_stays_taken() -> None:
    found, _ = without_competency(read(), "P2")
    assert found.competency("P2") is None
    assert found.retired == (Retired("P3", "旧项"), Retired("P2", "额度"))
    assert read(write_competencies(found)) == found
    again = GOOD.replace("code: P2", "code: P3")
    _, mistakes = parse_competencies(again, lines=LINES)
    assert [str(m.message) for m in mistakes] == ["“P3”在第 15 行已有"]
    odd = GOOD.replace("code: P3", "code: old")
    assert "维度字母加序号" in parse_competencies(odd)[1][0].message


def test_the_last_one_is_not_retired() -> None:
    left = read()
    for code in ("P1", "P2"):
        left, _ = without_competency(left, code)
    _, mistakes = without_competency(left, "C1")
    assert [m.key for m in mistakes] == ["why"]


@pytest.mark.parametrize(
    ("wrong", "keys"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "长" * 201}, ["name"]),
        ({"about": "两\u2028行"}, ["about"]),
        ({"dimension": "Z"}, ["dimension"]),
        ({"lines": ()}, ["lines"]),
        ({"lines": ("all", "loan")}, ["lines"]),
        ({"lines": ("gone",)}, ["lines"]),
        ({"tiers": ()}, ["tiers"]),
        ({"tiers": ("gone",)}, ["tiers"]),
    ],
)
def test_what_is_wrong_names_its_field(
    wrong: dict[str, object], keys: list[str]
) -> None:
    command = replace(NEW, **wrong)  # type: ignore[arg-type]  # by name
    found, mistakes = put_competency(read(), command, lines=LINES)
    assert [m.key for m in mistakes] == keys
    assert found == read()


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        (Dimension("P", ""), ["name"]),
        (Level("L1", "知道", "", ()), ["counter", "anchors"]),
        (Level("L1", "知道", "引导", ("长" * 201,)), ["anchors"]),
        (Tier("in-post", "在岗", "L9", "本条线"), ["level"]),
    ],
)
def test_what_is_wrong_with_a_part_names_its_field(part: Part, keys: list[str]) -> None:
    found, mistakes = with_part(read(), part)
    assert [m.key for m in mistakes] == keys
    assert found == read()


def test_comments_at_the_top_stay_and_others_are_known_to_go() -> None:
    assert head_of(GOOD) == "# 说明\n"
    assert not has_inner_comments(GOOD)
    assert has_inner_comments(GOOD.replace("tiers:\n", "# 里面\ntiers:\n", 1))
