"""Honours: the rules and who has one, what waits to be confirmed, by what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from http import HTTPStatus

from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for

from trainer.certificates import queries
from trainer.certificates import service
from trainer.certificates.domain.honours import DEED_NAMES
from trainer.certificates.domain.honours import NO_HONOUR
from trainer.certificates.domain.honours import RULES
from trainer.certificates.domain.honours import Bounds
from trainer.certificates.domain.honours import DeedKind
from trainer.certificates.domain.honours import Honour
from trainer.certificates.domain.honours import Quarter
from trainer.certificates.domain.honours import Reached
from trainer.certificates.domain.honours import Rule
from trainer.certificates.domain.honours import RuleText
from trainer.certificates.domain.honours import quarter_before
from trainer.certificates.domain.honours import read_quarter
from trainer.certificates.forms import BoundForm
from trainer.certificates.forms import ConfirmForm
from trainer.certificates.forms import ReasonForm
from trainer.certificates.views.sharing import Answer
from trainer.certificates.views.sharing import deed_sources
from trainer.certificates.views.sharing import must_be_somebody
from trainer.competence import queries as competence
from trainer.competence.queries import Subject
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash

bp = Blueprint("honours", __name__, url_prefix="/honours")
bp.before_request(must_be_somebody)


@dataclass(frozen=True, slots=True, kw_only=True)
class HonoursPage(Page):
    """The rules with what each asks for, and who has which honour.

    ``forms`` set what is asked for, by rule; only who runs the centre has them.
    """

    template = "certificates/honours.html"
    rules: Mapping[Rule, RuleText]
    bounds: Bounds
    honours: Sequence[Honour]
    forms: Mapping[Rule, BoundForm]
    confirms: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsPage(Page):
    """What was reached in the last quarter and waits for a person to confirm it."""

    template = "certificates/proposals.html"
    quarter: Quarter
    proposals: Sequence[Reached]
    people: Mapping[int, str]
    rules: Mapping[Rule, RuleText]
    deeds: Mapping[DeedKind, str]
    forms: Mapping[tuple[int, Rule], ConfirmForm]
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPage(Page):
    """By what somebody has reached an honour; ``honour`` when it was confirmed."""

    template = "certificates/counted.html"
    subject: Subject
    rule: RuleText
    quarter: Quarter
    reached: Reached | None
    honour: Honour | None
    may_revoke: bool
    form: ReasonForm
    refusal: str
    deeds: Mapping[DeedKind, str] = field(default_factory=lambda: DEED_NAMES)


@bp.get("")
def honours() -> str:
    """Show the rules, and who has reached something."""
    return render(_public())


@bp.post("/bounds")
def set_bound() -> Answer:
    """Set how much an honour asks for."""
    by, form = current.actor(), BoundForm(request.form)
    by.must(Permission.MANAGE)
    rules = {rule.value: rule for rule in Rule}
    rule = rules.get(form.rule.data or "")
    if not form.validate() or rule is None:
        wrong = {rule: form} if rule else {}
        return render(_public(wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    with current.writing() as session:
        least = form.least.data or 0
        service.set_bound(session, rule, least, by=by, at=current.now())
    flash(N_("改好了，从现在起按新的数目算"))
    return redirect(url_for(".honours"))


@bp.get("/proposals")
def proposals() -> str:
    """Show what a supervisor may confirm."""
    return render(_waiting())


@bp.post("/proposals")
def confirm() -> Answer:
    """Confirm an honour."""
    by, form = current.actor(), ConfirmForm(request.form)
    by.must(Permission.SUPERVISE)
    if not form.validate():
        return render(_waiting(form)), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            told = form.command()
            service.confirm(session, told, deed_sources(), by=by, at=current.now())
    except TrainerError as error:
        page = _waiting(form, error.message)
        return render(page), HTTPStatus(STATUS[error.kind])
    flash(N_("已确认，大家在荣誉页上看得到"))
    return redirect(url_for(".proposals"))


@bp.get("/people/<int:key>/<rule>/<quarter>")
def counted(key: int, rule: str, quarter: str) -> str:
    """Show by what an honour was reached, to its person and who looks after him."""
    rules, read = {each.value: each for each in Rule}, read_quarter(quarter)
    if rule not in rules or read is None:
        raise NotFoundError(NO_HONOUR)
    page = _counted(key, rules[rule], read)
    current.note_look(key)
    return render(page)


@bp.post("/<int:key>/revoke")
def take_back(key: int) -> Answer:
    """Take an honour back, with a reason its person reads."""
    by, form, on = current.actor(), ReasonForm(request.form), current.today()
    by.must(Permission.SUPERVISE)
    with current.reading() as session:
        found = queries.given(session, key, on, reader=by)
    whose = (found.person, found.rule, found.quarter)
    if not form.validate():
        return render(_counted(*whose, form)), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            reason = form.reason.data or ""
            service.take_back(session, key, reason, by=by, at=current.now())
    except TrainerError as error:
        page = _counted(*whose, form, error.message)
        return render(page), HTTPStatus(STATUS[error.kind])
    flash(N_("已撤销，荣誉页上不再显示"))
    return redirect(url_for(".honours"))


def _public(sent: Mapping[Rule, BoundForm] | None = None) -> HonoursPage:
    by = current.actor()
    with current.reading() as session:
        bounds = queries.bounds(session)
        found = queries.honours(session, reader=by)
    forms = {
        rule: BoundForm(data={"rule": rule.value, "least": bounds[rule]})
        for rule in Rule
        if by.may(Permission.MANAGE)
    }
    return HonoursPage(
        rules=RULES,
        bounds=bounds,
        honours=found,
        forms=forms | dict(sent or {}),
        confirms=by.may(Permission.SUPERVISE),
    )


def _waiting(sent: ConfirmForm | None = None, refusal: str = "") -> ProposalsPage:
    by, on = current.actor(), current.today()
    with current.reading() as session:
        found, names = queries.proposals(session, on, deed_sources(), reader=by)
    forms = {}
    for each in found:
        key = (each.person, each.rule)
        is_sent = sent is not None and key == (sent.person.data, sent.rule.data)
        new = ConfirmForm(data={"person": each.person, "rule": each.rule.value})
        forms[key] = sent if is_sent and sent is not None else new
    return ProposalsPage(
        quarter=quarter_before(on),
        proposals=found,
        people=names,
        rules=RULES,
        deeds=DEED_NAMES,
        forms=forms,
        refusal=refusal,
    )


def _counted(
    key: int,
    rule: Rule,
    quarter: Quarter,
    form: ReasonForm | None = None,
    refusal: str = "",
) -> CountedPage:
    by, on, sources = current.actor(), current.today(), deed_sources()
    with current.reading() as session:
        subject = competence.subject(session, key, on, reader=by)
        mine = queries.own_honours(session, key, on, reader=by)
        reached = queries.counted(session, key, rule, quarter, sources)
    honour = {(e.rule, e.quarter): e for e in mine}.get((rule, quarter))
    if reached is None and honour is None:
        raise NotFoundError(NO_HONOUR)
    return CountedPage(
        subject=subject,
        rule=RULES[rule],
        quarter=quarter,
        reached=reached,
        honour=honour,
        may_revoke=by.may(Permission.SUPERVISE) and key != by.person,
        form=form or ReasonForm(),
        refusal=refusal,
    )
