"""The text of a course: read, refused with lines, written back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.courses.texts import BODY
from tests.courses.texts import COURSE
from tests.courses.texts import HEADER
from trainer.core.errors import MistakesError
from trainer.courses.domain.manuscripts import WHOLE
from trainer.courses.domain.manuscripts import kept
from trainer.courses.domain.manuscripts import read_back
from trainer.courses.domain.outline import COUNT
from trainer.courses.domain.outline import MINUTES
from trainer.courses.domain.outline import READING
from trainer.courses.domain.outline import RULES
from trainer.courses.domain.outline import TARGETED
from trainer.courses.domain.outline import VALID_DAYS
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind
from trainer.courses.domain.outline import circle
from trainer.courses.domain.parsing import body_of
from trainer.courses.domain.parsing import parse
from trainer.courses.domain.parsing import with_body
from trainer.courses.service.texts import prepare
from trainer.publishing.domain.vocabulary import Vocabulary

SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
CODES = st.lists(
    st.sampled_from(["P1", "P5", "R1", "C3"]), unique=True, max_size=3
).map(tuple)
WORDS = (
    st.text(
        st.one_of(st.characters(categories=["L", "N", "P"]), st.just(" ")),
        min_size=1,
        max_size=30,
    )
    .map(str.strip)
    .filter(bool)
)


@st.composite
def steps(draw: st.DrawFn, key: str) -> Step:
    kind = draw(st.sampled_from([*StepKind]))
    targeted, observed = kind in TARGETED, kind is StepKind.OBSERVED
    codes: tuple[str, ...] = ()
    if kind not in {StepKind.SESSION, StepKind.COURSE}:
        codes = draw(CODES.filter(bool) if observed else CODES)
    return Step(
        id=key,
        kind=kind,
        title=draw(WORDS),
        about=draw(st.one_of(st.just(""), WORDS)),
        target=draw(SLUGS) if targeted else "",
        section=draw(st.one_of(st.just(""), SLUGS)) if kind in READING else "",
        competencies=codes,
        count=draw(st.sampled_from(COUNT)) if observed else 1,
        minutes=draw(st.sampled_from(MINUTES)),
        rule=draw(st.sampled_from(RULES[kind])),
    )


@st.composite
def courses(draw: st.DrawFn) -> Course:
    keys = draw(st.lists(SLUGS, min_size=1, max_size=5, unique=True))
    lines = st.lists(st.sampled_from(["withdraw", "repay"]), min_size=1, unique=True)
    return Course(
        title="租房提取入门",
        tier=draw(st.sampled_from(["onboarding", "in-post", "leader"])),
        about=draw(WORDS),
        lines=tuple(draw(lines)),
        posts=draw(st.sampled_from([(), ("withdrawal-desk",)])),
        competencies=draw(CODES),
        valid_days=draw(st.one_of(st.none(), st.sampled_from(VALID_DAYS))),
        expires_with_clauses=draw(st.booleans()),
        prerequisites=tuple(draw(st.lists(SLUGS, max_size=2, unique=True))),
        steps=tuple(draw(steps(key)) for key in keys),
    )


def told(text: str) -> str:
    return "\n".join(f"{m.line} {m.message}" for m in parse(text).mistakes)


def test_a_course_says_what_is_written() -> None:
    parsed = parse(COURSE)
    assert parsed.mistakes == ()
    course = parsed.course
    assert course is not None
    assert (course.title, course.tier, course.valid_days) == (
        *("租房提取入门", "onboarding"),
        365,
    )
    assert course.lines == ("withdraw",)
    assert course.prerequisites == ("first-week",)
    first, second, third = course.steps
    assert (first.target, first.section) == ("rent-withdrawal", "conditions")
    assert (first.rule, second.rule, third.rule) == (
        *(Rule.CHECKED, Rule.SEEN),
        Rule.SIGNED,
    )
    assert second.count == 3
    assert course.minutes == 105
    assert not course.is_path


@given(courses())
def test_what_is_written_is_read_back(course: Course) -> None:
    text = with_body(HEADER, body_of(course, "withdraw"))
    parsed = parse(text)
    assert parsed.mistakes == ()
    assert parsed.course == course
    assert with_body(text, body_of(parsed.course, "withdraw")) == text


@given(courses())
def test_what_publishing_keeps_is_the_course(course: Course) -> None:
    assert read_back(json.loads(json.dumps(kept(course)))) == course


@given(st.text())
def test_no_text_makes_the_parser_stumble(body: str) -> None:
    parse(HEADER + body)


@pytest.mark.parametrize(
    ("before", "after", "line", "why"),
    [
        ("kind: article", "kind: film", 19, "“kind”只能是"),
        ("conditions\n    comp", "Con\n    comp", 21, "文章标识#小节标识"),
        ("id: talk", "id: counter", 31, "在第 25 行已有"),
        ("minutes: 30", "minutes: 0", 34, "1 到 480"),
        ("count: 3", "count: 31", 29, "1 到 30"),
        ("valid_days: 365", "valid_days: 7", 14, "30 到 1095"),
        ("rule: checked", "rule: passed", 24, "“rule”只能是"),
        ("kind: session", "kind: session\n    target: rent", 33, "这里不用“target”"),
        ("kind: article", "kind: quiz", 21, "那篇内容的标识"),
        ("[first-week]", "[first-week, first-week]", 16, "写了两次"),
        ("[first-week]", "[第一周]", 16, "不是标识"),
        ("competencies: [P5, R1]", "competencies: []", 28, "是空的"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    before: str, after: str, line: int, why: str
) -> None:
    assert before in COURSE
    lines = told(COURSE.replace(before, after, 1)).splitlines()
    assert any(why in each for each in lines), lines
    assert any(each.startswith(f"{line} ") for each in lines), lines


def test_a_code_nobody_registered_is_refused_where_it_stands() -> None:
    known = Vocabulary(
        tiers=frozenset({"in-post"}),
        competencies=frozenset({"P5"}),
        lines=frozenset({"withdraw"}),
    )
    with pytest.raises(MistakesError) as refused:
        prepare(COURSE, known)
    found = [(m.line, m.message) for m in refused.value.mistakes]
    assert [line for line, _ in found] == [11, 25]
    assert "onboarding" in found[0][1]
    assert "R1" in found[1][1]


def test_steps_are_sections_and_what_they_lead_to_is_cited() -> None:
    made = prepare(COURSE).manuscript
    assert [s.id for s in made.sections] == [WHOLE, "conditions", "counter", "talk"]
    assert [(c.item, c.address) for c in made.citations] == [
        (WHOLE, "first-week"),
        ("conditions", "rent-withdrawal#conditions"),
    ]


def test_a_course_of_courses_is_a_path() -> None:
    text = BODY.replace("kind: session", "kind: course\n    target: rent")
    course = parse(HEADER + text).course
    assert course is not None
    assert course.is_path
    assert course.leads_to == ("first-week", "rent")


def test_courses_that_require_each_other_are_found() -> None:
    leads = {"a": ("b", "d"), "b": ("c",), "c": ("a",), "d": ()}
    assert circle("a", leads) == ("a", "b", "c", "a")
    assert circle("d", leads) == ()
    assert circle("x", {"x": ("a",), **leads}) == ()
