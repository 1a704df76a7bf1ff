"""What somebody must read: the list, one of them with what changed, the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.duties import STAGE_NAMES
from trainer.courses.domain.duties import Stage
from trainer.courses.domain.duties import Standing
from trainer.courses.views.duties_blueprint import article_kinds
from trainer.courses.views.duties_blueprint import bp
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.knowledge import queries as knowledge
from trainer.knowledge.domain.comparison import Difference
from trainer.knowledge.domain.names import NAMES
from trainer.knowledge.domain.names import Names

DICE = SystemRandom().randrange
FIRST = 1
"""Number of the first version, which has nothing to be compared with."""


@dataclass(frozen=True, slots=True)
class DutiesPage(Page):
    """What somebody must read; ``open`` is what is left, ``done`` what is not."""

    template = "courses/duties.html"
    open: Sequence[Standing]
    done: Sequence[Standing]
    stages: Mapping[Stage, str]


@dataclass(frozen=True, slots=True)
class DutyPage(Page):
    """One version: what changed since one's last reading, and what is left to do."""

    template = "courses/duty.html"
    standing: Standing
    difference: Difference | None
    stages: Mapping[Stage, str]
    names: Names = NAMES


@bp.get("")
def duties() -> str:
    """List what whoever asks must read, the most urgent first."""
    reader = current.actor()
    reader.must(Permission.READ)
    with current.reading() as session:
        found = queries.own_duties(
            session, current.now(), article_kinds(), reader=reader
        )
    left = [each for each in found if each.is_open]
    done = [each for each in found if not each.is_open]
    return render(DutiesPage(left, done, STAGE_NAMES))


@bp.get("/<int:key>")
def duty(key: int) -> str:
    """Show what changed since one's last reading."""
    reader = current.actor()
    with current.reading() as session:
        found = queries.own_duty(
            session, key, current.now(), article_kinds(), reader=reader
        )
        news = found.duty.news
        old = found.before or news.number - 1
        difference = None
        if old >= FIRST:
            pair = (old, news.number)
            difference = knowledge.difference(session, news.slug, pair, reader=reader)
    return render(DutyPage(found, difference, STAGE_NAMES))


@bp.post("/<int:key>")
def sign(key: int) -> Response:
    """Keep the receipt; when another version has come, show what changed."""
    by, shown = current.actor(), request.form.get("shown", "")
    try:
        with current.writing() as session:
            service.sign(session, key, shown, article_kinds(), by=by, at=current.now())
    except ConflictError as error:
        flash(error.message)
        return redirect(url_for(".duties"))
    flash(N_("已登记：这一版您读过了"))
    return redirect(url_for(".duty", key=key))


@bp.post("/<int:key>/questions")
def begin_questions(key: int) -> Response:
    """Begin the questions on what changed, or go on with them."""
    with current.writing() as session:
        attempt = service.begin_questions(
            session,
            key,
            article_kinds(),
            by=current.actor(),
            at=current.now(),
            dice=DICE,
        )
    return redirect(url_for("quizzes.paper", key=attempt))
