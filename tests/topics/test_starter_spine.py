"""The files of the starter pack."""

from __future__ import annotations

from pathlib import Path

import yaml

from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.lines import Topics
from trainer.topics.domain.lines import parse_topics

CONTENT = Path(__file__).parents[2] / "content"


def _topics() -> Topics:
    topics, mistakes = parse_topics((CONTENT / "topics.yaml").read_text("utf-8"))
    assert not mistakes
    assert topics is not None
    return topics


def _competencies() -> Competencies:
    framework, mistakes = parse_competencies(
        (CONTENT / "competencies.yaml").read_text("utf-8"),
        lines={line.code for line in _topics().lines},
    )
    assert not mistakes
    assert framework is not None
    return framework


def test_the_nine_lines_are_there_and_each_is_owned_by_a_post() -> None:
    posts = yaml.safe_load((CONTENT / "posts.yaml").read_text("utf-8"))["posts"]
    codes = {post["code"] for post in posts}
    lines = _topics().lines
    assert " ".join(line.code for line in lines) == (
        "deposit withdraw repay loan transfer enforce channel service risk"
    )
    assert {line.owner for line in lines} <= codes


def test_names_of_businesses_and_steps_are_unique() -> None:
    topics = _topics()
    names = [b.name for b in topics.businesses] + [step.name for step in topics.steps]
    assert len(names) == len(set(names))


def test_there_are_36_competencies_in_six_dimensions() -> None:
    framework = _competencies()
    counts = {
        dimension.code: sum(
            c.dimension == dimension.code for c in framework.competencies
        )
        for dimension in framework.dimensions
    }
    assert counts == {"P": 11, "O": 6, "R": 6, "C": 6, "F": 4, "G": 3}
    assert [level.code for level in framework.levels] == ["L0", "L1", "L2", "L3", "L4"]


def test_thirteen_competencies_come_before_working_alone() -> None:
    onboarding = " ".join(c.code for c in _competencies().of_tier("onboarding"))
    assert onboarding == "P1 P2 P5 P6 P7 O1 O6 R1 R3 R6 C1 C2 C6"
    assert {c.code for c in _competencies().of_tier("leader")} == {"R4", "C5", "P11"}


def test_every_line_needs_a_competency_of_its_own() -> None:
    framework = _competencies()
    for line in _topics().lines:
        assert any(line.code in c.lines for c in framework.competencies), line.code
