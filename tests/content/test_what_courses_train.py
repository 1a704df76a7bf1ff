"""The courses that come with the program train every competency, honestly timed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from functools import cache

import pytest

from tests.content.test_starter_pack import CONTENT
from tests.content.test_starter_pack import articles
from tests.quizzes.banks import HOME
from tests.quizzes.banks import every_question
from trainer.checklists.domain.checklist import Item
from trainer.checklists.domain.checklist import parse as parse_checklist
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind
from trainer.courses.domain.outline import circle
from trainer.courses.domain.parsing import parse
from trainer.knowledge.domain.article import parse as parse_article
from trainer.people.domain.posts import parse_posts
from trainer.publishing.domain.manuscript import Manuscript
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import parse as parse_quiz
from trainer.scenarios.domain.reading import parse as parse_scenario
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.lines import parse_topics

FILES = sorted((CONTENT / "courses").glob("*.yaml"))
FEWEST = 8
CHARACTERS_A_MINUTE = 300
"""As fast as somebody reads what he must remember."""
QUESTIONS = 3
"""As many are asked at most, a minute each."""
MINUTES_AN_ITEM = 0.5
"""To think of one's own files."""
CHOICES = 3
"""A scenario trains what it lets one decide: that many choices, one question."""
ONBOARDING_HOURS = (5, 25)
"""Beside the work: a week of an hour a day, or a month of a good hour a day."""
MONTH_HOURS = (12, 25)

Steps = list[tuple[str, Step]]
"""With the slug of the course each belongs to."""


@cache
def courses() -> dict[str, Course]:
    """Give the courses that parse, by slug."""
    read = {path.stem: parse(path.read_text("utf-8")).course for path in FILES}
    return {slug: course for slug, course in read.items() if course}


@cache
def framework() -> Competencies:
    read, _ = parse_competencies((CONTENT / "competencies.yaml").read_text("utf-8"))
    assert read is not None
    return read


@cache
def lines() -> frozenset[str]:
    topics, _ = parse_topics((CONTENT / "topics.yaml").read_text("utf-8"))
    assert topics is not None
    return frozenset(line.code for line in topics.lines)


@cache
def article(slug: str) -> Manuscript:
    """Give the newest text of an article."""
    found = parse_article(str(articles()[slug][-1].text)).manuscript
    assert found is not None, slug
    return found


@cache
def cited() -> dict[tuple[str, str], frozenset[str]]:
    """Give what the questions train that cite a section."""
    found: dict[tuple[str, str], set[str]] = {}
    for question in every_question():
        for cite in question.cites:
            found.setdefault((cite.slug, cite.section), set()).add(question.competency)
    return {place: frozenset(codes) for place, codes in found.items()}


@cache
def items(slug: str, wanted: str) -> list[Item]:
    """Give the items of a checklist; without an id all of them."""
    path = CONTENT / "checklists" / f"{slug}.yaml"
    read = parse_checklist(path.read_text("utf-8")).checklist
    assert read is not None, slug
    return [item for item in read.items if wanted in {"", item.id}]


@cache
def decided(slug: str) -> set[str]:
    """Give what a scenario lets one decide often enough."""
    path = CONTENT / "scenarios" / f"{slug}.yaml"
    scenario = parse_scenario(path.read_text("utf-8")).scenario
    assert scenario is not None, slug
    choices = [choice for node in scenario.nodes for choice in node.choices]
    often = Counter(choice.competency for choice in choices if choice.competency)
    return {code for code, times in often.items() if times >= CHOICES}


@cache
def drawn(slug: str) -> set[str]:
    """Give what a quiz asks."""
    quiz = parse_quiz((HOME / f"{slug}.yaml").read_text("utf-8")).quiz
    assert quiz is not None, slug
    assert quiz.mode is Mode.EXAM, slug
    return {quota.competency for quota in quiz.draw}


def read_about(step: Step) -> Collection[str]:
    """Give what the text says it is about, and what is asked on its section."""
    facets = article(step.target).facets["competencies"]
    return {*facets, *cited().get((step.target, step.section), ())}


def trained(step: Step) -> Collection[str]:
    """Give what one step trains, by what it leads to."""
    match step.kind:
        case StepKind.ARTICLE:
            return read_about(step)
        case StepKind.CHECKLIST:
            return {item.competency for item in items(step.target, step.section)}
        case StepKind.SCENARIO:
            return decided(step.target)
        case StepKind.QUIZ:
            return drawn(step.target)
        case StepKind.COURSE:
            return union(courses()[step.target].steps)
        case _:
            return step.competencies


def union(steps: Iterable[Step]) -> set[str]:
    return {code for step in steps for code in trained(step)}


def every_step(*kinds: StepKind) -> Steps:
    return [
        (slug, step)
        for slug, course in courses().items()
        for step in course.steps
        if step.kind in kinds
    ]


def needed(step: Step) -> float:
    """Give the minutes it takes to read a step, think, and answer its questions."""
    if step.kind is StepKind.CHECKLIST:
        read = items(step.target, step.section)
        length = sum(len(i.wrong) + len(i.check) + len(i.say) for i in read)
        return length / CHARACTERS_A_MINUTE + len(read) * MINUTES_AN_ITEM
    sections = article(step.target).sections
    length = sum(len(s.text) for s in sections if step.section in {"", s.id})
    asked = QUESTIONS if step.rule is Rule.CHECKED else 0
    return length / CHARACTERS_A_MINUTE + asked


def test_every_course_parses_and_there_are_enough() -> None:
    wrong = [
        f"{path.name} {mistake}"
        for path in FILES
        for mistake in parse(path.read_text("utf-8")).mistakes
    ]
    assert wrong == []
    assert len(courses()) >= FEWEST


def test_every_competency_is_trained_by_a_course() -> None:
    taught = [course for course in courses().values() if not course.is_path]
    codes = {competency.code for competency in framework().competencies}
    assert codes == {code for course in taught for code in course.competencies}


@pytest.mark.parametrize("slug", [path.stem for path in FILES])
def test_a_course_trains_what_it_says(slug: str) -> None:
    course = courses()[slug]
    assert course.competencies
    assert {*course.competencies} - union(course.steps) == set()


def test_who_may_leave_a_step_out_has_proved_what_it_trains() -> None:
    reading = every_step(StepKind.ARTICLE, StepKind.CHECKLIST)
    tried = every_step(StepKind.SCENARIO, StepKind.QUIZ)
    astray = {
        f"{slug}#{step.id}": left
        for slug, step in [*reading, *tried]
        if (left := {*step.competencies} - {*trained(step)})
    }
    assert astray == {}


def test_every_business_line_has_an_onboarding_course_that_reads_about_it() -> None:
    onboarding = [c for c in courses().values() if c.tier == "onboarding"]
    taught = {
        line
        for course in onboarding
        for step in course.steps
        if step.kind is StepKind.ARTICLE
        and (line := article(step.target).header.line) in course.lines
    }
    assert taught == lines()


def test_every_stage_of_a_career_and_every_window_has_its_own() -> None:
    assert {c.tier for c in courses().values()} == {t.code for t in framework().tiers}
    posts, _ = parse_posts((CONTENT / "posts.yaml").read_text("utf-8"))
    paths = [course for course in courses().values() if course.is_path]
    windows = {"deposit-desk", "loan-desk", "withdrawal-desk"}
    assert windows <= {post.code for post in posts}
    assert {post for path in paths for post in path.posts} == windows
    assert any({*path.lines} == lines() for path in paths)


def test_no_course_requires_itself() -> None:
    leads = {slug: course.leads_to for slug, course in courses().items()}
    assert {slug: way for slug in leads if (way := circle(slug, leads))} == {}


def test_what_is_checked_can_be_asked() -> None:
    steps = every_step(StepKind.ARTICLE, StepKind.CHECKLIST)
    checked = [(slug, step) for slug, step in steps if step.rule is Rule.CHECKED]
    mute = [
        f"{slug}#{step.id} {step.address}"
        for slug, step in checked
        if (step.target, step.section) not in cited()
    ]
    assert mute == []


def test_nobody_must_read_faster_than_one_can() -> None:
    hasty = {
        f"{slug}#{step.id}": needed(step)
        for slug, step in every_step(StepKind.ARTICLE, StepKind.CHECKLIST)
        if step.minutes < needed(step)
    }
    assert hasty == {}


def test_an_onboarding_course_fits_beside_the_work() -> None:
    for slug, course in courses().items():
        if course.tier != "onboarding":
            continue
        month = slug.endswith("first-30-days")
        least, most = MONTH_HOURS if month else ONBOARDING_HOURS
        assert least * 60 <= course.minutes <= most * 60, f"{slug} {course.minutes}"
