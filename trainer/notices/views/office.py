"""For administrators: jobs and mails, and the calendar of the centre."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from http import HTTPStatus
from typing import cast

from flask import Blueprint
from flask import current_app
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.paging import Part
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.kit import jobs
from trainer.kit.jobs import JobState
from trainer.kit.jobs import Run
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.notices import queries
from trainer.notices import service
from trainer.notices.domain.mailing import STATE_NAMES as MAIL_STATES
from trainer.notices.domain.mailing import MailState
from trainer.notices.forms import DaysForm

bp = Blueprint("office", __name__, url_prefix="/admin")

Answer = Response | tuple[str, HTTPStatus]

SILENT_AFTER = timedelta(minutes=5)
"""A worker shows itself every minute; after so long there is none."""

STATE_NAMES: Mapping[JobState, str] = {
    JobState.WAITING: N_("等着做"),
    JobState.RUNNING: N_("正在做"),
    JobState.DONE: N_("做完了"),
    JobState.FAILED: N_("没做成"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsPage(Page):
    """Runs of jobs, how mails went, and whether anybody works."""

    template = "notices/jobs.html"
    runs: Part[Run]
    names: Mapping[str, str]
    states: Mapping[JobState, str]
    mails: Sequence[tuple[date, MailState, int]]
    mail_states: Mapping[MailState, str]
    has_mail: bool
    seen_at: datetime | None
    is_working: bool


@dataclass(frozen=True, slots=True)
class CalendarPage(Page):
    """The days that differ from their weekday, as a form."""

    template = "notices/calendar.html"
    form: DaysForm
    refusal: str


@bp.get("/jobs")
def job_runs() -> str:
    """List what is done beside the pages."""
    reader = current.actor()
    reader.must(Permission.ADMINISTER)
    known = current_app.extensions
    with current.reading() as session:
        seen = jobs.last_seen(session)
        page = JobsPage(
            runs=jobs.runs(session, part_number(request.args.get("part", ""))),
            names=cast("Mapping[str, str]", known["job_names"]),
            states=STATE_NAMES,
            mails=queries.mail_counts(session, reader=reader),
            mail_states=MAIL_STATES,
            has_mail=bool(known["mails"]),
            seen_at=seen,
            is_working=seen is not None and seen > current.now() - SILENT_AFTER,
        )
    return render(page)


@bp.post("/jobs/<int:key>/again")
def run_again(key: int) -> Response:
    """Have one done again."""
    with current.writing() as session:
        service.run_again(session, key, by=current.actor(), at=current.now())
    flash(N_("已排上，一分钟内开始做"))
    return redirect(url_for(".job_runs"))


@bp.get("/calendar")
def days() -> str:
    """Show the days that differ."""
    current.actor().must(Permission.ADMINISTER)
    with current.reading() as session:
        known = queries.other_days(session)
    return render(CalendarPage(DaysForm(data=DaysForm.values(known)), ""))


@bp.post("/calendar")
def save_days() -> Answer:
    """Keep them."""
    by, form = current.actor(), DaysForm(request.form)
    by.must(Permission.ADMINISTER)
    if not form.validate():
        return render(CalendarPage(form, "")), HTTPStatus.UNPROCESSABLE_ENTITY
    told, based_on = form.command(), form.began_with()
    try:
        with current.writing() as session:
            service.save_days(session, told, based_on=based_on, by=by, at=current.now())
    except TrainerError as error:
        return render(CalendarPage(form, error.message)), STATUS[error.kind]
    flash(N_("假日安排保存好了"))
    return redirect(url_for(".days"))
