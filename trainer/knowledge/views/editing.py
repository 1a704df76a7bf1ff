"""Routes of writing: a new article, the next text of one, a text on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import jsonify
from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.knowledge import queries
from trainer.knowledge import service
from trainer.knowledge.domain.desk import Preview
from trainer.knowledge.domain.kinds import KIND_NAMES
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.knowledge.domain.starting import citation
from trainer.knowledge.forms import EditorForm
from trainer.knowledge.forms import FollowForm
from trainer.knowledge.views.blueprint import desk as bp
from trainer.knowledge.views.heading import sent
from trainer.knowledge.views.heading import shown
from trainer.knowledge.views.writing import Answer
from trainer.knowledge.views.writing import Place
from trainer.knowledge.views.writing import preview
from trainer.knowledge.views.writing import save
from trainer.knowledge.views.writing import show
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.following import following
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.revision import Revision
from trainer.publishing.service import Prepared


@dataclass(frozen=True, slots=True)
class FollowPage(Page):
    """What is new about the next text of an article?"""

    template = "knowledge/follow.html"
    form: FollowForm
    before: Revision
    others: list[Revision]


@dataclass(frozen=True, slots=True)
class PreviewPart(Page):
    """How a text would look, as a part of a page."""

    template = "knowledge/preview.html"
    preview: Preview


@bp.get("/new/<kind>")
def new(kind: str) -> str:
    """Show the editor with the template of a kind."""
    place = _new_place(kind)
    with current.reading() as session:
        text = queries.template_for(
            session, ArticleKind(kind), current.today(), reader=current.actor()
        )
    return show(EditorForm(data={"text": text, "based_on": 0}), place)


@bp.post("/new/<kind>")
def create(kind: str) -> Answer:
    """Keep the first text of a new article."""

    def write(session: Session, prepared: Prepared) -> Revision:
        slug = request.form.get("slug", "").strip()
        return publishing_service.begin(
            session, slug, prepared, by=current.actor(), at=current.now()
        )

    return save(_new_place(kind), write)


@bp.get("/follow/<slug>")
def follow(slug: str) -> str:
    """Ask what is new about the next text of an article."""
    form = FollowForm(data={"first_day": current.today()})
    return _follow_page(slug, form)


@bp.post("/follow/<slug>")
def begin(slug: str) -> Answer:
    """Show the editor with a copy of the text that holds, made ready for the new."""
    form = FollowForm(request.form)
    if not form.validate():
        return _follow_page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with current.reading() as session:
        before = queries.to_follow(
            session, slug, current.today(), reader=current.actor()
        )
        text = following(publishing.text(session, before), form.command())
    editor = EditorForm(data={"text": text, "based_on": 0})
    return show(editor, _next_place(before))


@bp.post("/follow/<slug>/save")
def create_next(slug: str) -> Answer:
    """Keep the next text of an article."""

    def write(session: Session, prepared: Prepared) -> Revision:
        return service.follow_text(
            session, slug, prepared, by=current.actor(), at=current.now()
        )

    with current.reading() as session:
        before = queries.to_follow(
            session, slug, current.today(), reader=current.actor()
        )
    return save(_next_place(before), write)


@bp.get("/<int:key>")
def edit(key: int) -> Answer:
    """Show the editor with a text on the desk; one that is done is only shown."""
    place, text = _open_place(key)
    if place.draft is None or place.draft.revision.status not in OPEN:
        return redirect(url_for(".review", key=key))
    based_on = place.draft.revision.edit
    return show(EditorForm(data={"text": text, "based_on": based_on}), place)


@bp.post("/<int:key>")
def save_again(key: int) -> Answer:
    """Keep a text on the desk."""

    def write(session: Session, prepared: Prepared) -> Revision:
        return service.save_text(
            session,
            key,
            prepared,
            based_on=request.form.get("based_on", 0, type=int),
            by=current.actor(),
            at=current.now(),
        )

    place, _ = _open_place(key)
    return save(place, write)


@bp.post("/preview")
def preview_part() -> str:
    """Show how a text would look, beside it; saves nothing."""
    form = EditorForm(request.form)
    try:
        text = sent().put_into(form.text.data or "")
    except MistakesError as error:
        return render(PreviewPart(Preview(card=None, mistakes=error.mistakes)))
    return render(PreviewPart(preview(form.slug.data or "preview", text)))


@bp.post("/heading")
def meet() -> Response:
    """Bring the form of the front matter and the text in step; saves nothing.

    Gives ``{text, form}``: the text with what was changed in the form, and the form
    as it shows that text. What cannot be put into it stays in the form.
    """
    current.actor().must(Permission.EDIT)
    text, left = request.form.get("text", ""), sent()
    with current.reading() as session:
        codes = queries.codes(session)
    try:
        made = left.put_into(text) if left.form.validate() else text
        part = left.part(codes) if left.form.errors else shown(made, codes)
    except MistakesError as error:
        made, part = text, left.part(codes, error)
    return jsonify(text=made, form=render(part))


@bp.get("/clauses")
def clauses() -> Response:
    """Find clauses to cite: ``[{name, insert}]``, what holds on the business date."""
    with current.reading() as session:
        found = publishing.clauses(
            session,
            request.args.get("q", ""),
            current.business_date(),
            reader=current.actor(),
        )
    return jsonify([_clause(target) for target in found])


def _clause(target: publishing.Target) -> dict[str, str]:
    section = target.section
    title = f"《{target.revision.header.title}》"
    label = (section.label or section.heading) if section else ""
    return {
        "name": title + (section.name if section else ""),
        "insert": citation(
            target.revision.slug, section.id if section else "", title + label
        ),
    }


def _new_place(kind: str) -> Place:
    if kind not in set(ArticleKind):
        raise NotFoundError(N_("没有这种文章；请从“新建内容”重新选择"))
    heading = N_("新建{kind}", kind=KIND_NAMES[ArticleKind(kind)])
    return Place(heading=heading, action=url_for(".create", kind=kind), kind=kind)


def _next_place(before: Revision) -> Place:
    return Place(
        heading=N_("修订《{title}》", title=before.header.title),
        action=url_for(".create_next", slug=before.slug),
        kind=before.kind,
        slug=before.slug,
    )


def _open_place(key: int) -> tuple[Place, str]:
    with current.reading() as session:
        draft = queries.open_text(session, key, reader=current.actor())
    place = Place(
        heading=N_("编辑《{title}》", title=draft.revision.header.title),
        action=url_for(".save_again", key=key),
        kind=draft.revision.kind,
        slug=draft.revision.slug,
        draft=draft,
    )
    return place, draft.text


def _follow_page(slug: str, form: FollowForm) -> str:
    with current.reading() as session:
        actor = current.actor()
        before = queries.to_follow(session, slug, current.today(), reader=actor)
        others = queries.open_revisions(session, slug, reader=actor)
    return render(FollowPage(form, before, others))
