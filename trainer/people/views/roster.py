"""Rosters, for administrators: uploaded, understood, previewed, confirmed, undone.

Supervisors and managers see the export only.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint
from flask import make_response
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.kit.files.tables import MOST_BYTES
from trainer.kit.files.tables import column_letter
from trainer.kit.files.tables import read_table
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people.domain.roster.drafts import STATE_NAMES
from trainer.people.domain.roster.drafts import Draft
from trainer.people.domain.roster.drafts import Import
from trainer.people.domain.roster.drafts import State
from trainer.people.domain.roster.drafts import draft_from
from trainer.people.domain.roster.fields import FIELD_NAMES
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.planning import Plan
from trainer.people.domain.roster.resolving import PLACE_NAMES
from trainer.people.domain.roster.resolving import PlaceKind
from trainer.people.domain.roster.steps import KIND_NAMES
from trainer.people.domain.roster.steps import Kind
from trainer.people.domain.roster.steps import Planned
from trainer.people.forms import roster as forms
from trainer.people.queries import roster as queries
from trainer.people.service import roster as service
from trainer.people.service import roster_applying as applying
from trainer.people.service import roster_undoing as undoing

Answer = Response | str | tuple[str, HTTPStatus]

roster = Blueprint("roster", __name__, url_prefix="/roster")

EXPORTS = frozenset({"people.roster.home", "people.roster.export"})
"""Endpoints that supervisors and managers may use too."""

SIZE = 20
"""Rows of a part of a preview: each cell is a field to type in."""

SAMPLES = 3
"""Rows shown where one says what the columns mean."""


@roster.before_request
def _administrators_first() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    actor = current.actor()
    if request.endpoint in EXPORTS and actor.may(Permission.SUPERVISE):
        return
    actor.must(Permission.ADMINISTER)


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """Where imports and exports begin."""

    template = "people/roster_home.html"
    form: forms.ExportForm
    imports: Sequence[Import]
    refusal: str
    states: Mapping[State, str]
    kinds: Mapping[Kind, str]


@dataclass(frozen=True, slots=True)
class ColumnsPage(Page):
    """Say what each column means; ``columns`` are letter, name, samples, choice."""

    template = "people/roster_columns.html"
    imported: Import
    columns: Sequence[tuple[str, str, Sequence[str], str]]
    fields: Mapping[Field, str]
    refusal: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of a preview; ``cells`` are what stands in a row, by field."""

    rows: Sequence[tuple[Planned, Mapping[Field, str]]]
    number: int
    last: int


@dataclass(frozen=True, slots=True)
class PreviewPage(Page):
    """What an import will do, with every cell to be corrected."""

    template = "people/roster_preview.html"
    imported: Import
    draft: Draft
    plan: Plan
    part: Shown
    columns: Sequence[tuple[Field, str]]
    ignored: Sequence[str]
    refusal: str
    fields: Mapping[Field, str]
    kinds: Mapping[Kind, str]
    places: Mapping[PlaceKind, str]


@dataclass(frozen=True, slots=True)
class DonePage(Page):
    """An import that waits no more."""

    template = "people/roster_done.html"
    imported: Import
    can_be_undone: bool
    states: Mapping[State, str]
    kinds: Mapping[Kind, str]


@dataclass(frozen=True, slots=True)
class ResultPage(Page):
    """What was done, and the first passwords, this once."""

    template = "people/roster_result.html"
    imported: Import
    secrets: Sequence[applying.Secret]
    kinds: Mapping[Kind, str]


@roster.get("")
def home() -> str:
    """Show where to begin."""
    return home_again(forms.ExportForm())


def home_again(form: forms.ExportForm, refusal: str = "") -> str:
    """Show where to begin, with a form as it was sent."""
    by, imports = current.actor(), list[Import]()
    if by.may(Permission.ADMINISTER):
        with current.reading() as session:
            imports = queries.recent_imports(session, current.now(), reader=by)
    return render(HomePage(form, imports, refusal, STATE_NAMES, KIND_NAMES))


@roster.post("")
def upload() -> Answer:
    """Take a file in; nothing is changed before it is confirmed."""
    try:
        draft = _uploaded()
        with current.writing() as session:
            by, at = current.actor(), current.now()
            key = service.upload_roster(session, draft, by=by, at=at)
    except TrainerError as error:
        page = home_again(forms.ExportForm(), error.message)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for(".columns", key=key))


def _uploaded() -> Draft:
    file = request.files.get("file")
    if not file:
        raise TrainerError(N_("请先选择文件，再点上传"))
    with closing(file):
        table = read_table(file.stream.read(MOST_BYTES + 1))
    return draft_from(
        table.sheet,
        [(line.number, line.cells) for line in table.lines],
        merged=table.merged,
        others=table.others,
    )


@roster.get("/<int:key>/columns")
def columns(key: int) -> Answer:
    """Show what the columns were taken for."""
    imported = _import(key)
    if imported.state is not State.WAITING or imported.draft is None:
        return redirect(url_for(".show", key=key))
    return _columns(imported, imported.draft)


@roster.post("/<int:key>/columns")
def choose(key: int) -> Answer:
    """Say what the columns mean."""
    imported = _import(key)
    if imported.draft is None:
        return redirect(url_for(".show", key=key))
    chosen = forms.chosen_columns(_sent(), len(imported.draft.header))
    edit = forms.edit_of(_sent())
    try:
        with current.writing() as session:
            by, at = current.actor(), current.now()
            service.choose_columns(session, key, chosen, edit=edit, by=by, at=at)
    except service.NotWaitingError as error:
        flash(error.message)
    except TrainerError as error:
        page = _columns(imported, imported.draft, error.message)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for(".show", key=key))


def _columns(imported: Import, draft: Draft, refusal: str = "") -> str:
    rows = list(draft.rows.values())[:SAMPLES]
    told = [
        (
            column_letter(place),
            name,
            [row[place] for row in rows],
            request.form.get(f"column.{place}", field.value if field else ""),
        )
        for place, (name, field) in enumerate(
            zip(draft.header, draft.chosen, strict=True)
        )
    ]
    return render(ColumnsPage(imported, told, FIELD_NAMES, refusal))


@roster.get("/<int:key>")
def show(key: int) -> str:
    """Show what an import will do, or did."""
    return _show(_import(key))


def _show(imported: Import, refusal: str = "") -> str:
    if imported.state is State.WAITING and imported.draft is not None:
        return _preview(imported, imported.draft, refusal)
    can = imported.can_be_undone(current.now())
    return render(DonePage(imported, can, STATE_NAMES, KIND_NAMES))


def _preview(imported: Import, draft: Draft, refusal: str) -> str:
    with current.reading() as session:
        by, at = current.actor(), current.now()
        plan = service.planned(session, draft, by=by, at=at)
    part = _part(draft, plan)
    missing = {p.field for row, _ in part.rows for p in row.problems}
    letters = {f: column_letter(n) for n, f in enumerate(draft.chosen) if f}
    more = [(f, "") for f in Field if f in missing - letters.keys()]
    told = zip(draft.header, draft.chosen, strict=True)
    return render(
        PreviewPage(
            imported,
            draft,
            plan,
            part,
            [*letters.items(), *more],
            [name for name, field in told if field is None and name],
            refusal,
            FIELD_NAMES,
            KIND_NAMES,
            PLACE_NAMES,
        )
    )


def _part(draft: Draft, plan: Plan) -> Shown:
    """Give the rows of a part, wrong ones first."""
    order = list(Kind)
    rows = sorted(plan.rows, key=lambda row: (order.index(row.kind), row.number))
    last = max(1, -(-len(rows) // SIZE))
    number = min(part_number(request.values.get("part", "")), last)
    cells = {line.number: line.cells for line in draft.lines()}
    shown = rows[(number - 1) * SIZE : number * SIZE]
    return Shown([(row, cells[row.number]) for row in shown], number, last)


@roster.post("/<int:key>")
def correct(key: int) -> Response:
    """Type cells anew, leave rows out, tick places; then show the preview again."""
    correction = forms.correction_of(_sent())
    try:
        with current.writing() as session:
            by, at = current.actor(), current.now()
            service.correct_roster(session, key, correction, by=by, at=at)
    except service.NotWaitingError as error:
        flash(error.message)
    return redirect(
        url_for(".show", key=key, part=request.form.get("part", "1"), _anchor="rows")
    )


@roster.post("/<int:key>/confirm")
def confirm(key: int) -> Answer:
    """Do what was shown; all of it, or nothing."""
    command, imported = forms.confirmation_of(key, _sent()), _import(key)
    if _is_typed(imported):
        flash(N_("刚改的内容已保存；请看过新的结果，再确认导入"))
        return correct(key)
    try:
        secrets = _secrets(imported, command.seal)
        with current.writing() as session:
            by, at = current.actor(), current.now()
            applying.apply_roster(session, command, secrets, by=by, at=at)
    except service.NotWaitingError as error:
        flash(error.message)
        return redirect(url_for(".show", key=key))
    except TrainerError as error:
        page = _show(imported, error.message)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return _told(ResultPage(_import(key), list(secrets.values()), KIND_NAMES))


def _is_typed(imported: Import) -> bool:
    """Tell whether something was typed that nobody has seen the outcome of."""
    draft = imported.draft
    return draft is not None and draft != draft.after(forms.correction_of(_sent()))


def _secrets(imported: Import, seal: str) -> Mapping[str, applying.Secret]:
    """Make up first passwords outside of any transaction: it takes its time."""
    if imported.draft is None:
        return {}
    with current.reading() as session:
        by, at = current.actor(), current.now()
        plan = service.planned(session, imported.draft, by=by, at=at)
    return applying.make_secrets(plan) if plan.seal == seal else {}


def _told(page: ResultPage) -> Response:
    """Show first passwords in an answer that nobody keeps."""
    answer = make_response(render(page))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@roster.post("/<int:key>/undo")
def undo(key: int) -> Response:
    """Take an import back."""
    with current.writing() as session:
        by, at = current.actor(), current.now()
        kept = undoing.undo_roster(session, key, by=by, at=at)
    flash(
        Nn_("已撤销，另有 {n} 项没有还原，见下", n=len(kept))
        if kept
        else N_("已撤销，全部还原")
    )
    return redirect(url_for(".show", key=key))


@roster.post("/<int:key>/drop")
def drop(key: int) -> Response:
    """Give an import up."""
    try:
        with current.writing() as session:
            by, at = current.actor(), current.now()
            service.drop_roster(session, key, by=by, at=at)
    except service.NotWaitingError as error:
        flash(error.message)
        return redirect(url_for(".show", key=key))
    flash(N_("已放弃这次导入，上传的内容已清除"))
    return redirect(url_for(".home"))


def _import(key: int) -> Import:
    with current.reading() as session:
        by, at = current.actor(), current.now()
        return queries.roster_import(session, key, at, reader=by)


def _sent() -> Mapping[str, Sequence[str]]:
    return request.form.to_dict(flat=False)
