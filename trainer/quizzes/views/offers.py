"""What there is to take: quizzes, today's practice, the book of mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import redirect
from flask import url_for
from werkzeug.wrappers import Response

from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing.domain.revision import Revision
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.choosing import Seen
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.names import TYPE_NAMES
from trainer.quizzes.domain.quiz import MODE_NAMES
from trainer.quizzes.domain.quiz import NAVIGATION_NAMES
from trainer.quizzes.domain.quiz import REVIEW_NAMES
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Navigation
from trainer.quizzes.domain.quiz import Quiz
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.showing import Offered
from trainer.quizzes.domain.showing import Tried
from trainer.quizzes.domain.taking import DAILY
from trainer.quizzes.domain.taking import MISTAKES
from trainer.quizzes.views.blueprint import DICE
from trainer.quizzes.views.blueprint import bp
from trainer.topics import queries as topics

PRACTISED = 10
"""Mistakes practised at a time: some ten minutes."""

SHOWN_TRIES = 20
"""Own attempts on the first page."""


@dataclass(frozen=True, slots=True)
class QuizzesPage(Page):
    """Everything somebody may take, and how it went."""

    template = "quizzes/quizzes.html"
    offered: Sequence[Offered]
    tries: Sequence[Tried]
    open_tries: Sequence[Tried]
    mistakes: int
    lines: Mapping[str, str]
    now: datetime
    modes: Mapping[Mode, str]


@dataclass(frozen=True, slots=True)
class QuizPage(Page):
    """One quiz: its rules, and the reader's own tries."""

    template = "quizzes/quiz.html"
    offer: Offered
    revision: Revision
    quiz: Quiz
    questions: int
    now: datetime
    modes: Mapping[Mode, str]
    navigations: Mapping[Navigation, str]
    reviews: Mapping[Review, str]


@dataclass(frozen=True, slots=True)
class MistakesPage(Page):
    """What went wrong the last time."""

    template = "quizzes/mistakes.html"
    mistakes: Sequence[tuple[Candidate, Seen]]
    competencies: Mapping[str, str]
    types: Mapping[str, str]


@bp.get("/")
def quizzes() -> str:
    """Show what there is to take."""
    on, at, reader = current.today(), current.now(), current.actor()
    with current.reading() as session:
        tries = queries.own_tries(session, reader=reader)
        page = QuizzesPage(
            offered=queries.offered(session, on, reader=reader),
            tries=[tried for tried in tries if tried.ended_at][:SHOWN_TRIES],
            open_tries=[tried for tried in tries if not tried.ended_at],
            mistakes=len(queries.own_mistakes(session, at, reader=reader)),
            lines={line.code: line.name for line in topics.topics(session).lines},
            now=at,
            modes=MODE_NAMES,
        )
    return render(page)


@bp.get("/<slug>")
def quiz(slug: str) -> str:
    """Show a quiz before it is begun."""
    with current.reading() as session:
        offer = queries.offer(session, slug, current.today(), reader=current.actor())
    asked = len(offer.quiz.questions) or sum(q.count for q in offer.quiz.draw)
    return render(
        QuizPage(
            offer,
            offer.revision,
            offer.quiz,
            asked,
            current.now(),
            MODE_NAMES,
            NAVIGATION_NAMES,
            REVIEW_NAMES,
        )
    )


@bp.post("/<slug>/begin")
def begin(slug: str) -> Response:
    """Begin a quiz, or go on with it."""
    with current.writing() as session:
        row = service.begin(
            session, slug, by=current.actor(), at=current.now(), dice=DICE
        )
    return redirect(url_for(".paper", key=row.id))


@bp.get("/mistakes")
def mistakes() -> str:
    """Show the book of mistakes."""
    with current.reading() as session:
        found = queries.own_mistakes(session, current.now(), reader=current.actor())
        names = topics.competency_names(session)
    return render(MistakesPage(found, names, TYPE_NAMES))


@bp.post("/mistakes/begin")
def practise_mistakes() -> Response:
    """Practise what went wrong, the latest first, ten at a time."""
    at, by = current.now(), current.actor()
    with current.writing() as session:
        found = queries.own_mistakes(session, at, reader=by)
        places = [candidate.place for candidate, _ in found[:PRACTISED]]
        row = service.begin_practice(session, MISTAKES, places, by=by, at=at, dice=DICE)
    return redirect(url_for(".paper", key=row.id))


@bp.post("/daily/begin")
def practise_daily() -> Response:
    """Practise today's five."""
    at, by = current.now(), current.actor()
    with current.writing() as session:
        places = queries.daily(session, at, DICE, reader=by)
        row = service.begin_practice(session, DAILY, places, by=by, at=at, dice=DICE)
    return redirect(url_for(".paper", key=row.id))
