"""Rules of assignment: the list, making one, changing or ending it, what it does.

Nothing is kept that was not shown before: the page of a preview carries its seal.
"""

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

from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.courses.domain.assigning import AssignRule
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.assigning import ended
from trainer.courses.domain.audience import EVERYBODY
from trainer.courses.domain.audience import TIER_NAMES
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Tier
from trainer.courses.domain.foreseeing import Confirmed
from trainer.courses.domain.foreseeing import Effect
from trainer.courses.domain.foreseeing import NotForeseenError
from trainer.courses.domain.terms import ANCHOR_NAMES
from trainer.courses.domain.terms import Anchor
from trainer.courses.forms.assigning import AssignRuleForm
from trainer.courses.forms.assigning import EndForm
from trainer.courses.forms.meetings import whole
from trainer.courses.queries import assignments
from trainer.courses.queries import foreseen as queries
from trainer.courses.queries.foreseen import EVERYBODYS
from trainer.courses.service import assigning as service
from trainer.courses.views.plans_blueprint import Answer
from trainer.courses.views.plans_blueprint import Names
from trainer.courses.views.plans_blueprint import bp
from trainer.courses.views.plans_blueprint import names
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.publishing import queries as publishing

DAYS = 30
"""Days that a new rule gives after the arrival, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would do, and what the people are called whom the reader sees."""

    effect: Effect
    people: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class AssignRulesPage(Page):
    """The rules somebody may change; ``everybodys`` says he makes any."""

    template = "courses/assign_rules.html"
    rules: Sequence[AssignRule]
    names: Names
    tiers: Mapping[Tier, str]
    anchors: Mapping[Anchor, str]
    everybodys: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignRulePage(Page):
    """A rule as a form; ``preview`` is what it would do, when asked for."""

    template = "courses/assign_rule.html"
    form: AssignRuleForm
    key: int | None
    named: int
    names: Names
    preview: Preview | None
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage(Page):
    """What happens when a rule ends today."""

    template = "courses/assign_end.html"
    rule: AssignRule
    form: EndForm
    preview: Preview
    names: Names
    refusal: str


@bp.get("/plans/rules")
def rules() -> str:
    """List the rules."""
    reader = current.actor()
    with current.reading() as session:
        found = queries.rules_seen(session, reader=reader)
        everybodys = bool(EVERYBODYS & reader.permissions)
        known = names(session)
    page = AssignRulesPage(found, known, TIER_NAMES, ANCHOR_NAMES, everybodys)
    return render(page)


@bp.get("/plans/rules/new")
def new_rule() -> str:
    """Show an empty rule."""
    _must_be_everybodys()
    begin = {"since": current.today(), "once": secrets.token_hex(16)}
    return _page(AssignRuleForm(data={"days": DAYS, **begin}), None)


@bp.post("/plans/rules/new")
def make_rule() -> Answer:
    """Make a rule, or show what it would do."""
    _must_be_everybodys()
    return _taken(None, EVERYBODY)


@bp.get("/plans/rules/<int:rule>")
def rule(rule: int) -> str:
    """Show a rule."""
    held = _own(rule)
    form = AssignRuleForm(data=AssignRuleForm.values(held, secrets.token_hex(16)))
    return _page(form, rule, held.text.audience)


@bp.post("/plans/rules/<int:rule>")
def save_rule(rule: int) -> Answer:
    """Change a rule, or show what it would do then."""
    return _taken(rule, _own(rule).text.audience)


@bp.get("/plans/rules/<int:rule>/end")
def ending(rule: int) -> str:
    """Show what happens when a rule ends today."""
    return _end_page(_own(rule))


@bp.post("/plans/rules/<int:rule>/end")
def end_rule(rule: int) -> Answer:
    """End a rule, as it was shown."""
    held, form = _own(rule), EndForm(request.form)
    told = Confirmed(
        text=ended(held, current.today()),
        seal=form.seal.data or "",
        once="",
        based_on=whole(form.based_on.data or ""),
    )
    try:
        with current.writing() as session:
            by, at = current.actor(), current.now()
            service.reassign(session, rule, told, by=by, at=at)
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        return _end_page(held, error.message), HTTPStatus(STATUS[error.kind])
    flash(N_("这条规则停用了，从今天起不再派"))
    return redirect(url_for(".rules"))


def foresee(session: Session, text: AssignText, key: int) -> Preview:
    """Say what a rule of whoever asks would do."""
    reader, at = current.actor(), current.now()
    meant = AssignRule(id=key, text=text, edit=0, made_by=reader.person)
    effect = queries.foreseen(session, meant, at, reader=reader)
    people = {*effect.people, *(change.person for change in effect.changes)}
    seen = queries.names_seen(session, people, current.today(), reader=reader)
    return Preview(effect, seen)


def _taken(key: int | None, before: Audience) -> Answer:
    form = AssignRuleForm(request.form)
    with current.reading() as session:
        _offer(form, names(session))
    if not (form.validate() and _knows_policy(form)):
        return _page(form, key, before), HTTPStatus.UNPROCESSABLE_ENTITY
    text = form.text(before)
    if not form.must_make_sense(text):
        return _page(form, key, before), HTTPStatus.UNPROCESSABLE_ENTITY
    if request.form.get("do") != "save":
        return _page(form, key, before, shown=text)
    try:
        _keep(form.confirmed(text), key)
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        shown = text if isinstance(error, NotForeseenError) else None
        page = _page(form, key, before, shown=shown, refusal=error.message)
        return page, HTTPStatus(STATUS[error.kind])
    flash(N_("规则保存好了，从现在起按它派课"))
    return redirect(url_for(".rules"))


def _keep(told: Confirmed, key: int | None) -> None:
    by, at = current.actor(), current.now()
    with current.writing() as session:
        if key is None:
            service.assign(session, told, by=by, at=at)
        else:
            service.reassign(session, key, told, by=by, at=at)


def _page(
    form: AssignRuleForm,
    key: int | None,
    before: Audience = EVERYBODY,
    *,
    shown: AssignText | None = None,
    refusal: str = "",
) -> str:
    with current.reading() as session:
        known = names(session)
        preview = foresee(session, shown, key or 0) if shown else None
    _offer(form, known)
    form.seal.data = preview.effect.seal if preview else ""
    return render(
        AssignRulePage(
            form=form,
            key=key,
            named=len(before.people),
            names=known,
            preview=preview,
            refusal=refusal,
        )
    )


def _end_page(held: AssignRule, refusal: str = "") -> str:
    with current.reading() as session:
        preview = foresee(session, ended(held, current.today()), held.id)
        known = names(session)
    seal = {"seal": preview.effect.seal, "based_on": str(held.edit)}
    form = EndForm(data=seal)
    return render(
        EndPage(rule=held, form=form, preview=preview, names=known, refusal=refusal)
    )


def _own(key: int) -> AssignRule:
    reader = current.actor()
    queries.must_be_assigner(reader)
    with current.reading() as session:
        held = assignments.assign_rule(session, key)
    queries.must_be_own(held, reader)
    return held


def _must_be_everybodys() -> None:
    reader = current.actor()
    queries.must_be_assigner(reader)
    if not EVERYBODYS & reader.permissions:
        raise DeniedError(N_("按条件派课由政策编辑和中心管理者来定；您可以勾选人来派"))


def _knows_policy(form: AssignRuleForm) -> bool:
    """Tell whether the article there is; whose day is not asked for need not be."""
    if form.anchor.data != Anchor.EFFECTIVE or not form.slug:
        return True
    with current.reading() as session:
        try:
            publishing.versions(session, reader=current.actor(), slug=form.slug)
        except NotFoundError as error:
            form.policy.errors = [error.message]
            return False
    return True


def _offer(form: AssignRuleForm, known: Names) -> None:
    form.offer_courses(known.courses, [*Anchor])
    form.offer(known.lines, known.sites, known.organisations, known.posts)
