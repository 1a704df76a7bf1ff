"""The question banks that come with the program are whole, and about cases."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tests.content.test_starter_pack import CONTENT
from tests.content.test_starter_pack import articles
from tests.quizzes.banks import HOME
from tests.quizzes.banks import bank_files
from tests.quizzes.banks import banks
from tests.quizzes.banks import every_question
from tests.quizzes.banks import quiz_files
from trainer.core.document import parse as parse_document
from trainer.knowledge.domain.article import parse as parse_article
from trainer.people.domain.posts import parse_posts
from trainer.quizzes.domain import KINDS
from trainer.quizzes.domain.bank import parse
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.drawing import shortages
from trainer.quizzes.domain.listing import listed
from trainer.quizzes.domain.question import Asks
from trainer.quizzes.domain.quiz import parse as parse_quiz
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.lines import parse_topics

TODAY = date(2026, 11, 22)
"""The day the banks were written; questions without a date are about it."""


def read(name: str) -> str:
    return (CONTENT / name).read_text("utf-8")


def in_force(day: date) -> dict[str, set[str]]:
    """Give the sections of each article that is in force on a day."""
    found: dict[str, set[str]] = {}
    for slug, texts in articles().items():
        for file in texts:  # oldest first
            manuscript = parse_article(str(file.text)).manuscript
            assert manuscript is not None
            ends = manuscript.header.effective_to
            if manuscript.header.effective_from <= day and (not ends or day < ends):
                found[slug] = {section.id for section in manuscript.sections}
    return found


def test_every_bank_parses() -> None:
    wrong = [
        f"{path.name} {mistake}"
        for path in bank_files()
        for mistake in parse(path.read_text("utf-8")).mistakes
    ]
    assert wrong == []


def test_every_quiz_can_be_drawn_from_the_banks() -> None:
    pool = [
        Candidate(path.stem, listed(question))
        for path, bank in banks().items()
        for question in bank.questions
    ]
    quizzes = {path: parse_quiz(path.read_text("utf-8")) for path in quiz_files()}
    assert len(quizzes) >= 5
    for path, read in quizzes.items():
        assert read.quiz is not None, f"{path.name} {read.mistakes}"
        assert shortages(read.quiz.draw, pool) == [], path.name


def test_every_citation_leads_to_what_is_in_force_on_the_day_of_the_case() -> None:
    days = {question.on or TODAY for question in every_question()}
    known = {day: in_force(day) for day in days}
    astray = [
        f"{path.name}:{cite.line} {cite.slug}#{cite.section}"
        for path, bank in banks().items()
        for question in bank.questions
        for cite in question.cites
        if cite.section not in known[question.on or TODAY].get(cite.slug, ())
    ]
    assert astray == []


def test_every_code_is_registered() -> None:
    topics, _ = parse_topics(read("topics.yaml"))
    framework, _ = parse_competencies(read("competencies.yaml"))
    posts, _ = parse_posts(read("posts.yaml"))
    assert topics is not None
    assert framework is not None
    codes = {competency.code for competency in framework.competencies}
    lines = {line.code for line in topics.lines}
    desks = {post.code for post in posts}
    for path, bank in banks().items():
        asked = {question.competency for question in bank.questions}
        assert asked <= codes, path.name
        assert {question.topic for question in bank.questions} <= lines, path.name
        assert {bank.header.owner, bank.header.deputy} <= {*desks, None}, path.name
    assert {question.competency for question in every_question()} == codes


def test_most_questions_decide_a_dated_case_and_few_ask_for_memory() -> None:
    asks = Counter(question.asks for question in every_question())
    total = asks.total()
    assert total >= 200
    assert asks[Asks.CASE] >= 0.6 * total
    assert asks[Asks.RECALL] <= 0.2 * total


def test_thirty_numbers_are_asked_for_and_every_competency_more_than_once() -> None:
    types = Counter(question.type for question in every_question())
    competencies = Counter(question.competency for question in every_question())
    assert types["number"] >= 30
    assert min(competencies.values()) >= 3


def test_what_uses_numbers_of_the_fictitious_city_says_so() -> None:
    for path, bank in banks().items():
        text = path.read_text("utf-8")
        if "loan-quota" in text:
            assert bank.header.sample, path.name
            assert "示例市" in text, path.name


def test_the_right_option_has_no_favourite_place() -> None:
    places = Counter(
        question.body.solution(question.body.draw(lambda _: 0, shuffle=False)).answer
        for question in every_question()
        if question.type == "single"
    )
    total = places.total()
    assert max(places.values()) < 0.45 * total


def test_a_file_of_a_bank_is_named_by_its_slug() -> None:
    for path in HOME.iterdir():
        assert path.suffix == ".yaml", path.name
        assert parse_document(path.read_text("utf-8")).meta["kind"] in KINDS
