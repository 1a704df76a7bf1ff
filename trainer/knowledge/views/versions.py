"""An article through time: all versions, withdrawing one, and its ties to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.knowledge import queries
from trainer.knowledge.domain.desk import Links
from trainer.knowledge.domain.desk import Versions
from trainer.knowledge.domain.names import NAMES
from trainer.knowledge.domain.names import Names
from trainer.knowledge.forms import ReasonForm
from trainer.knowledge.views.blueprint import bp
from trainer.knowledge.views.kinds import readable_kinds
from trainer.publishing import queries as publishing_queries
from trainer.publishing import service as publishing


@dataclass(frozen=True, slots=True)
class VersionsPage(Page):
    """All versions of an article; ``refused`` is the one that was not withdrawn."""

    template = "knowledge/versions.html"
    versions: Versions
    on: date
    form: ReasonForm
    may_edit: bool
    may_approve: bool
    refused: int = 0
    refusal: str = ""
    names: Names = NAMES


@dataclass(frozen=True, slots=True)
class LinksPage(Page):
    """What an article cites and who cites it."""

    template = "knowledge/links.html"
    links: Links
    on: date


@bp.get("/<slug>/versions")
def versions(slug: str) -> str:
    """Show all versions."""
    return render(_versions_page(slug, ReasonForm()))


@bp.post("/<slug>/versions/<int:number>/withdraw")
def withdraw(slug: str, number: int) -> Response | tuple[str, HTTPStatus]:
    """Take a version out of force for every day."""
    form = ReasonForm(request.form)
    by = current.actor()
    by.must(Permission.APPROVE)
    try:
        with current.writing() as session:
            chosen = publishing_queries.version(session, slug, number, reader=by)
            reason = form.reason.data or ""
            publishing.withdraw(session, chosen.id, reason, by=by, at=current.now())
    except TrainerError as error:
        page = _versions_page(slug, form, refused=number, refusal=error.message)
        return render(page), STATUS[error.kind]
    flash(current.once_findable(N_("第 {number} 版已撤回", number=number)))
    return redirect(url_for(".versions", slug=slug))


@bp.get("/<slug>/links")
def links(slug: str) -> str:
    """Show what an article cites and who cites it, as of the business date."""
    on = current.business_date()
    with current.reading() as session:
        found = queries.links(
            session, slug, on, readable_kinds(), reader=current.actor()
        )
    return render(LinksPage(found, on))


def _versions_page(
    slug: str, form: ReasonForm, *, refused: int = 0, refusal: str = ""
) -> VersionsPage:
    actor, on = current.actor(), current.business_date()
    with current.reading() as session:
        found = queries.versions(session, slug, on, readable_kinds(), reader=actor)
    return VersionsPage(
        found,
        on,
        form,
        may_edit=actor.may(Permission.EDIT),
        may_approve=actor.may(Permission.APPROVE),
        refused=refused,
        refusal=refusal,
    )
