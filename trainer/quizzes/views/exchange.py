"""Questions in and out: where it begins, and what an import would do.

Nothing is kept before it is confirmed: the page holds what was understood.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus

from flask import current_app
from flask import request
from sqlalchemy.orm import Session

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries import citable
from trainer.publishing.queries.codes import codes
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.joining import Standing
from trainer.quizzes.domain.exchange.previewing import Preview
from trainer.quizzes.domain.exchange.previewing import Target
from trainer.quizzes.domain.names import TYPE_NAMES
from trainer.quizzes.forms.exchange import KINDS
from trainer.quizzes.forms.exchange import ChoicesForm
from trainer.quizzes.forms.exchange import ConfirmForm
from trainer.quizzes.forms.exchange import ImportForm
from trainer.quizzes.service import exchange_preview as service
from trainer.quizzes.service.exchange_files import MOST_FILE
from trainer.quizzes.service.exchange_files import Asked
from trainer.quizzes.service.exchange_files import Source
from trainer.quizzes.service.exchange_files import read_file
from trainer.quizzes.views.exchange_blueprint import bp

Answer = str | tuple[str, HTTPStatus]

STANDING_NAMES = {
    Standing.NEW: N_("新增"),
    Standing.CHANGED: N_("替换原题"),
    Standing.SAME: N_("没有变化"),
}


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """Where imports and exports begin; ``banks`` are what may be taken away."""

    template = "quizzes/exchange.html"
    form: ImportForm
    may_import: bool
    banks: Sequence[Revision]
    chosen: int
    refusal: str
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PreviewPage(Page):
    """What an import would do; ``wrong`` questions are not held any more."""

    template = "quizzes/exchange_preview.html"
    preview: Preview
    again: ImportForm
    confirm: ConfirmForm
    out: frozenset[str]
    wrong: int
    refusal: str
    standings: Mapping[Standing, str]
    types: Mapping[str, str]


@bp.before_request
def _staff_first() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    actor = current.actor()
    if not actor.may(Permission.EDIT):
        actor.must(Permission.APPROVE)


@bp.get("/")
def home() -> str:
    """Show where to begin."""
    slug = request.args.get("bank", "")
    form = ImportForm(data={"into": slug, "first_day": current.today()})
    return show_home(form)


def show_home(form: ImportForm, refusal: str = "") -> str:
    """Show where to begin, with a form as it was sent."""
    with current.reading() as session:
        offer(session, form)
        banks = _banks(session)
    asked = request.args.get("bank", "")
    chosen = next((bank.id for bank in banks if bank.slug == asked), 0)
    may_import = current.actor().may(Permission.EDIT)
    return render(HomePage(form, may_import, banks, chosen, refusal, KINDS))


def _banks(session: Session) -> list[Revision]:
    """Give the banks in force, and those that are on a desk."""
    reader, on = current.actor(), current.today()
    held = publishing.in_force(session, on, reader=reader, kinds=[QUESTIONS])
    drafts = publishing.with_status(session, OPEN, reader=reader, kinds=[QUESTIONS])
    return [*held, *drafts]


def offer(session: Session, form: ChoicesForm) -> None:
    """Offer what may be chosen."""
    reader, on = current.actor(), current.today()
    known, kinds = codes(session), current_app.extensions["text_kinds"]
    held = publishing.in_force(session, on, reader=reader, kinds=[QUESTIONS])
    form.offer(
        {bank.slug: bank.header.title for bank in held},
        {
            "lines": known.lines,
            "competencies": known.competencies,
            "posts": known.posts,
        },
        citable.articles(session, on, reader=reader, kinds=kinds),
        citable.sections(session, form.article.data or "", on, reader=reader),
    )


@bp.post("/")
def look() -> Answer:
    """Show what an import would do; nothing is kept."""
    current.actor().must(Permission.EDIT)
    form = ImportForm(request.form)
    with current.reading() as session:
        offer(session, form)
    if request.form.get("do") == "sections":
        return show_home(form)
    if not form.validate():
        return show_home(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        target = target_for(form)
        read = read_file(_sent(form), _asked(form, target))
        told = previewed(read, target)
    except TrainerError as error:
        return show_home(form, error.message), HTTPStatus(STATUS[error.kind])
    confirm = ConfirmForm(data={**form.data, "note": _note(told)})
    return show_preview(told, form, confirm, told.wrong)


def _sent(form: ImportForm) -> bytes:
    """Give the file, or without one what was pasted."""
    file = request.files.get("file")
    if not file:
        return (form.text.data or "").encode()
    with closing(file):
        return file.stream.read(MOST_FILE + 1)


def _asked(form: ImportForm, target: Target) -> Asked:
    return Asked(
        source=Source(form.source.data or ""),
        dialect=form.written_as(),
        full_width=bool(form.full_width.data),
        defaults=form.defaults(target.prefix),
    )


def _note(told: Preview) -> str:
    return N_("导入 {n} 题", n=told.coming)


def target_for(form: ChoicesForm) -> Target:
    """Find the bank that questions are to go to."""
    on = current.today()
    with current.reading() as session:
        wanted = form.destination(on)
        return service.target_of(session, wanted, on, by=current.actor())


def previewed(read: Read, target: Target) -> Preview:
    """Look at what was read."""
    with current.reading() as session:
        on, by = current.today(), current.actor()
        return service.preview(session, read, target, on, by=by)


def show_preview(
    told: Preview,
    again: ImportForm,
    confirm: ConfirmForm,
    wrong: int,
    *,
    out: Iterable[str] = (),
    refusal: str = "",
) -> str:
    """Show what an import would do."""
    return render(
        PreviewPage(
            told,
            again,
            confirm,
            frozenset(out),
            wrong,
            refusal,
            STANDING_NAMES,
            TYPE_NAMES,
        )
    )
