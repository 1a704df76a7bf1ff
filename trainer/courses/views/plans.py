"""Plans: one's own, that of somebody one looks after, and all of one's people."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for

from trainer.audit.domain.exporting import Export
from trainer.competence.queries import LOOK_AFTER
from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.paging import SIZE
from trainer.core.paging import Part
from trainer.core.paging import offset
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.courses.domain.first_days import FirstDays
from trainer.courses.domain.plan_sheets import FILE_NAME
from trainer.courses.domain.plan_sheets import PLANS
from trainer.courses.domain.plan_sheets import sheet
from trainer.courses.domain.plan_sheets import watermark
from trainer.courses.domain.planning import STAGE_NAMES
from trainer.courses.domain.planning import Plan
from trainer.courses.domain.planning import Stage
from trainer.courses.forms.assigning import WaiverForm
from trainer.courses.queries import plans as queries
from trainer.courses.queries.first_days import own_first_days
from trainer.courses.queries.plans import Learner
from trainer.courses.service import assigning as service
from trainer.courses.views.plans_blueprint import Answer
from trainer.courses.views.plans_blueprint import bp
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.forms.exporting import ExportForm
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(Page):
    """What somebody learns; ``learner`` is None on one's own page.

    ``form`` frees him of a course; None is there for who may not.
    """

    template = "courses/plan.html"
    plan: Plan
    stages: Mapping[Stage, str]
    learner: Learner | None = None
    form: WaiverForm | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class TeamPlansPage(Page):
    """The plans of those whom a supervisor looks after; ``idle`` have nothing in it."""

    template = "courses/plan_team.html"
    part: Part[tuple[Learner, Plan]]
    idle: int
    export: ExportForm


@bp.get("/plan")
def plan() -> str:
    """Show what whoever asks is to learn, week by week."""
    with current.reading() as session:
        found = queries.own_plan(session, current.now(), reader=current.actor())
    return render(PlanPage(plan=found, stages=STAGE_NAMES))


@bp.get("/plan/<int:key>")
def person(key: int) -> str:
    """Show what a person is to learn, and note that somebody looked."""
    page = _person_page(key, WaiverForm(data={"once": secrets.token_hex(16)}))
    current.note_look(key)
    return render(page)


def first_days_now() -> FirstDays | None:
    """Give the list of a newcomer, for the first page; None for everybody else."""
    reader = current.actor()
    if not reader.person:
        return None
    with current.reading() as session:
        return own_first_days(session, current.now(), reader=reader)


def plan_seen(key: int) -> Plan | None:
    """Give the plan of a person, for his page; None for who does not look after him."""
    reader = current.actor()
    if key == reader.person or not LOOK_AFTER & reader.permissions:
        return None
    with current.reading() as session:
        try:
            return queries.plan_of(session, key, current.now(), reader=reader)[1]
        except NotFoundError:
            return None


@bp.post("/plan/<int:key>/waivers")
def waive(key: int) -> Answer:
    """Free a person of a course."""
    by, at, form = current.actor(), current.now(), WaiverForm(request.form)
    by.must(Permission.SUPERVISE)
    page = _person_page(key, form)
    if page.form is not None and not form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            waiver = form.waiver(key, by=by, at=at)
            service.waive(session, waiver, form.once.data or "", by=by, at=at)
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        page = _person_page(key, form, error.message)
        return render(page), HTTPStatus(STATUS[error.kind])
    flash(N_("已记下免学，本人看得到理由"))
    return redirect(url_for(".person", key=key))


@bp.post("/plans/waivers/<int:key>/back")
def take_back(key: int) -> Answer:
    """Take a waiver back."""
    with current.writing() as session:
        whose = service.take_back(session, key, by=current.actor(), at=current.now())
    flash(N_("已收回免学，这门课又在计划里了"))
    return redirect(url_for(".person", key=whose))


@bp.get("/plans/team")
def team() -> str:
    """Show the plans of those one looks after."""
    return _team_page(ExportForm())


@bp.post("/plans/team/export")
def export_team() -> Answer:
    """Give the plans as a table, with a reason that is kept."""
    form, by, at = ExportForm(request.form), current.actor(), current.now()
    if not form.validate():
        return _team_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    with current.reading() as session:
        found = queries.team_plans(session, at, reader=by)
    table = sheet((who.login, who.name, plan) for who, plan in found)
    ending = form.ending.data or "xlsx"
    content = SHEET_WRITERS[ending](
        *(table.title, table.columns, table.rows),
        watermark=watermark(by, at, form.reason),
    )
    note = Export(
        what=PLANS,
        reason=form.reason,
        asked="",
        rows=len(table.rows),
        digest=hashlib.sha256(content).hexdigest(),
    )
    with current.writing() as session:
        service.note_export(session, note, by=by, at=at)
    return download(content, f"{FILE_NAME}-{current.today()}.{ending}")


def _team_page(export: ExportForm) -> str:
    with current.reading() as session:
        reader = current.actor()
        found = queries.team_plans(session, current.now(), reader=reader)
    number = part_number(request.args.get("part", ""))
    busy = [each for each in found if each[1].items]
    first = offset(number)
    part = Part(tuple(busy[first : first + SIZE]), number, len(busy))
    return render(TeamPlansPage(part, len(found) - len(busy), export))


def _person_page(key: int, form: WaiverForm, refusal: str = "") -> PlanPage:
    reader = current.actor()
    with current.reading() as session:
        learner, found = queries.plan_of(session, key, current.now(), reader=reader)
    free = {i.assigned.course: i.title for i in found.items if i.stage is Stage.OPEN}
    form.offer(free)
    decides = reader.may(Permission.SUPERVISE) and key != reader.person
    return PlanPage(
        plan=found,
        stages=STAGE_NAMES,
        learner=learner,
        form=form if decides else None,
        refusal=refusal,
    )
