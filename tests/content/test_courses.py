"""The courses that come with the program lead somewhere, and can be completed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.content.test_starter_pack import CONTENT
from tests.courses.texts import COURSE as TEXT
from tests.quizzes.banks import every_question
from trainer.cli.starter import starter_files
from trainer.core.document import Mistake
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import StepKind
from trainer.courses.domain.parsing import body_of
from trainer.courses.domain.parsing import parse
from trainer.courses.domain.parsing import with_body
from trainer.courses.domain.sheets import Known
from trainer.courses.domain.sheets import findings
from trainer.library import service
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import parse_competencies

HOME = CONTENT / "courses"


@cache
def courses() -> dict[str, Course]:
    found = {}
    for path in sorted(HOME.iterdir()):
        read = parse(path.read_text("utf-8"))
        assert read.course, f"{path.name} {read.mistakes}"
        found[path.stem] = read.course
    return found


def framework() -> Competencies:
    found, _ = parse_competencies((CONTENT / "competencies.yaml").read_text("utf-8"))
    assert found
    return found


def test_every_file_is_written_as_the_form_writes_it() -> None:
    for path in HOME.iterdir():
        text = path.read_text("utf-8")
        read = parse(text)
        assert read.course
        assert read.header
        assert with_body(text, body_of(read.course, read.header.line)) == text, path


def test_every_code_is_registered() -> None:
    codes = {each.code for each in framework().competencies}
    tiers = {each.code for each in framework().tiers}
    for slug, course in courses().items():
        assert course.tier in tiers, slug
        assert {*course.competencies} <= codes, slug
        for step in course.steps:
            assert {*step.competencies} <= codes, f"{slug}#{step.id}"


def test_what_is_checked_is_asked_about() -> None:
    asked = {(c.slug, c.section) for q in every_question() for c in q.cites}
    slugs = {slug for slug, _ in asked}
    for slug, course in courses().items():
        for step in course.steps:
            if step.rule is Rule.CHECKED:
                place = (step.target, step.section)
                known = place in asked if step.section else step.target in slugs
                assert known, f"{slug}#{step.id}: no question cites {step.address}"


def test_a_course_trains_what_its_steps_name() -> None:
    for slug, course in courses().items():
        named = {code for step in course.steps for code in step.competencies}
        assert named <= {*course.competencies}, slug


def test_whatever_a_course_names_is_there_and_of_its_kind() -> None:
    assert service.check_pack(starter_files()) == []


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("target: wrong-counter", "target: rent-errors", "不是这一类内容"),
        ("target: wrong-counter", "target: no-such-scenario", "找不到条款"),
        ("#notice", "#no-such-section", "找不到条款"),
        ("[P1, O6", "[P1, X9", "没有登记"),
        ("tier: onboarding", "tier: retired", "没有登记"),
        ("steps:", "requires: [withdraw-first-30-days]\nsteps:", "互相要求"),
        ("steps:", "requires: [rent-errors]\nsteps:", "不是课程"),
    ],
)
def test_the_check_of_the_pack_bites(before: str, after: str, why: str) -> None:
    files = [
        replace(each, text=each.text.replace(before, after))
        if each.path.endswith("first-week.yaml") and isinstance(each.text, str)
        else each
        for each in starter_files()
    ]
    told = [str(each) for each in service.check_pack(files)]
    assert any("first-week" in each and why in each for each in told), told


def test_a_practice_completes_no_step() -> None:
    course = parse(TEXT.replace("kind: article", "kind: quiz")).course
    assert course is None  # a quiz has no sections
    text = TEXT.replace("rent-withdrawal#conditions", "drill")
    text = text.replace("kind: article", "kind: quiz").replace("rule: checked\n", "")
    course = parse(text.replace("    minutes: 15\n    ", "    minutes: 15\n")).course
    assert course
    assert course.steps[0].kind is StepKind.QUIZ
    kinds = {"drill": "quiz", "first-week": "course"}
    wrong = [*findings("x", course, Known(kinds, frozenset(), {}))]
    assert [each.line for each in wrong] == [18]
    assert isinstance(wrong[0], Mistake)
    assert [*findings("x", course, Known(kinds, frozenset({"drill"}), {}))] == []
