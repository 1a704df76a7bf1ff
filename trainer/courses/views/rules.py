"""Rules of read duties: the list, making one, changing or ending it, its effect."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.duties import Rule
from trainer.courses.forms import RuleForm
from trainer.courses.queries.readiness import Effect
from trainer.courses.views.duties_blueprint import article_kinds
from trainer.courses.views.duties_blueprint import bp
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries as people
from trainer.topics import queries as topics

Answer = Response | str | tuple[str, HTTPStatus]

DAYS = 7
"""Days that a new rule gives, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Names:
    """What keys and codes of a rule are called."""

    lines: Mapping[str, str]
    sites: Mapping[int, str]
    organisations: Mapping[int, str]
    posts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RulesPage(Page):
    """All rules."""

    template = "courses/rules.html"
    rules: Sequence[Rule]
    names: Names


@dataclass(frozen=True, slots=True)
class RulePage(Page):
    """A rule as a form; ``effect`` is what it would do today, when asked for."""

    template = "courses/rule.html"
    form: RuleForm
    key: int | None
    names: Names
    effect: Effect | None
    refusal: str


@bp.get("/rules")
def rules() -> str:
    """List the rules."""
    current.actor().must(Permission.EDIT)
    with current.reading() as session:
        return render(RulesPage(queries.rules(session), _names(session)))


@bp.get("/rules/new")
def new_rule() -> str:
    """Show an empty rule."""
    current.actor().must(Permission.EDIT)
    once = secrets.token_hex(16)
    form = RuleForm(data={"days": DAYS, "since": current.today(), "once": once})
    return _page(form, None)


@bp.post("/rules/new")
def make_rule() -> Answer:
    """Make a rule, or show what it would do."""
    return _taken(None)


@bp.get("/rules/<int:key>")
def rule(key: int) -> str:
    """Show a rule."""
    current.actor().must(Permission.EDIT)
    with current.reading() as session:
        held = queries.rule(session, key)
    form = RuleForm(data=RuleForm.values(held, secrets.token_hex(16)))
    return _page(form, key)


@bp.post("/rules/<int:key>")
def save_rule(key: int) -> Answer:
    """Change a rule, or show what it would do then."""
    return _taken(key)


def _taken(key: int | None) -> Answer:
    current.actor().must(Permission.EDIT)
    form = RuleForm(request.form)
    with current.reading() as session:
        _offer(form, _names(session))
    if not form.validate():
        return _page(form, key), HTTPStatus.UNPROCESSABLE_ENTITY
    if request.form.get("do") == "preview":
        return _page(form, key, preview=True)
    try:
        _keep(form, key)
    except TrainerError as error:
        return _page(form, key, refusal=error.message), STATUS[error.kind]
    flash(N_("规则保存好了，从现在起按它算"))
    return redirect(url_for(".rules"))


def _keep(form: RuleForm, key: int | None) -> None:
    by, at = current.actor(), current.now()
    text = form.command()
    with current.writing() as session:
        if key is None:
            service.make_rule(session, text, form.once.data or "", by=by, at=at)
        else:
            service.save_rule(session, key, text, based_on=form.edit, by=by, at=at)


def _page(
    form: RuleForm, key: int | None, *, preview: bool = False, refusal: str = ""
) -> str:
    effect = None
    with current.reading() as session:
        names = _names(session)
        if preview:
            meant = Rule(id=key or 0, text=form.command(), edit=form.edit)
            effect = queries.effect(session, meant, current.today(), article_kinds())
    _offer(form, names)
    return render(RulePage(form, key, names, effect, refusal))


def _offer(form: RuleForm, names: Names) -> None:
    form.offer(names.lines, names.sites, names.organisations, names.posts)


def _names(session: Session) -> Names:
    return Names(
        lines={line.code: line.name for line in topics.topics(session).lines},
        sites={site.id: site.name for site in people.sites(session)},
        organisations={each.id: each.name for each in people.organisations(session)},
        posts={post.code: post.name for post in people.posts(session)},
    )
