"""The preview of an import: where to, and each question as a taker sees it."""

from __future__ import annotations

import html
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from trainer.core import document
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import MOST_BYTES
from trainer.core.errors import ConflictError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit import markup
from trainer.publishing import queries as publishing
from trainer.publishing.domain.following import must_be_slug
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.queries.citable import clause_names
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain import bank as banks
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.drafts import words_in
from trainer.quizzes.domain.exchange.items import GAP
from trainer.quizzes.domain.exchange.joining import placed
from trainer.quizzes.domain.exchange.joining import standing_of
from trainer.quizzes.domain.exchange.packing import packed
from trainer.quizzes.domain.exchange.previewing import Destination
from trainer.quizzes.domain.exchange.previewing import Preview
from trainer.quizzes.domain.exchange.previewing import Shown
from trainer.quizzes.domain.exchange.previewing import Target
from trainer.quizzes.domain.letters import to_letters
from trainer.quizzes.domain.manuscripts import WHY
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.domain.types.filling import PLACE

ESSAY = "essay"


class TooMuchError(TrainerError):
    """More than one bank holds."""

    def __init__(self, size: int) -> None:
        super().__init__(
            N_(
                "这些题连同题库里已有的有 {size} KB，一个题库最多 {most} KB；"
                "请拆成几个题库",
                size=size // 1024,
                most=MOST_BYTES // 1024,
            )
        )


def target_of(session: Session, wanted: Destination, on: date, *, by: Actor) -> Target:
    """Find the bank that questions are to go to.

    Raises:
        BadSlugError: the identity of a new bank cannot be.
        ConflictError: it is taken, or the bank cannot be read any more.
        NotFoundError: no such bank is in force.
    """
    by.must(Permission.EDIT)
    if wanted.is_new:
        return _new(session, wanted, by)
    held = publishing.revision_on(
        session, wanted.slug, on, reader=by, kinds=[QUESTIONS]
    )
    text = publishing.text(session, held)
    found = banks.parse(text).bank
    if found is None:
        raise ConflictError(N_("这个题库的文字不合现在的规则；请先到稿件里改好"))
    others = publishing.versions(session, reader=by, slug=wanted.slug)
    topic = held.header.line
    return Target(
        destination=wanted,
        title=held.header.title,
        topic=topic,
        text=text,
        there=tuple(placed(found.questions, topic)),
        since=held.effective_from,
        seal=held.content_hash,
        draft=next((r.id for r in others if r.status in OPEN), None),
    )


def _new(session: Session, wanted: Destination, by: Actor) -> Target:
    must_be_slug(wanted.slug)
    try:
        known = publishing.versions(session, reader=by, slug=wanted.slug)
    except NotFoundError:
        known = []
    if any(r.status not in {*OPEN, Status.DISCARDED} for r in known):
        raise ConflictError(
            N_(
                "标识“{slug}”已有内容；请换一个标识，或在“导入到”里选已有题库",
                slug=wanted.slug,
            )
        )
    fence = document.FENCE
    text = f"{fence}\n{wanted.front_matter}{fence}\n"
    meta = document.parse(text).meta
    return Target(
        destination=wanted,
        title=str(meta.get("title", "")),
        topic=str(meta.get("line", "")),
        text=text,
        there=(),
        since=None,
        seal="",
        draft=next((r.id for r in known if r.status in OPEN), None),
    )


def preview(
    session: Session, read: Read, target: Target, on: date, *, by: Actor
) -> Preview:
    """Show what was read; saves nothing.

    Raises:
        TooMuchError: the bank would be too large.
        MarkupError: a question cannot be rendered within its limits.
    """
    by.must(Permission.EDIT)
    known = publishing.vocabulary(session)
    drafts = [_checked(draft, target, known) for draft in read.drafts]
    line = packed(drafts)
    size = len(line.encode()) + len(target.text.encode())
    if size > MOST_BYTES:
        raise TooMuchError(size)
    cites = {
        f"{cite.slug}#{cite.section}"
        for draft in drafts
        if draft.question
        for cite in draft.question.cites
    }
    looking = _Looking(
        target=target,
        html=_rendered([draft.question for draft in drafts if draft.question]),
        names=clause_names(session, cites, on, reader=by),
    )
    shown = sorted(looking.shown(drafts), key=lambda each: each.standing is not None)
    return Preview(
        target=target,
        shown=tuple(shown),
        faults=tuple(fault.told for fault in read.faults),
        unused=read.unused,
        packed=line,
    )


def _checked(draft: Draft, target: Target, known: Vocabulary) -> Draft:
    """Find what is wrong with a question in this bank."""
    if draft.question is None:
        return draft
    (question,) = placed([draft.question], target.topic)
    faults = tuple(_faults(draft.line, question, target.there, known))
    return replace(draft, question=None if faults else question, faults=faults)


def _faults(
    line: int, question: Question, there: Collection[Question], known: Vocabulary
) -> Iterator[Fault]:
    if known.competencies and question.competency not in known.competencies:
        told = N_("能力项“{code}”没有登记；请改正", code=question.competency)
        yield Fault(line, told)
    if known.lines and question.topic not in known.lines:
        yield Fault(line, N_("业务条线“{code}”没有登记；请改正", code=question.topic))
    cases = {each.case.id for each in there if each.case}
    if question.id in cases:
        told = N_("编号“{id}”在题库里是案例的编号；请换一个", id=question.id)
        yield Fault(line, told)
    if question.case and question.case.id in {each.id for each in there}:
        told = N_("案例编号“{id}”在题库里是题的编号；请换一个", id=question.case.id)
        yield Fault(line, told)


def _rendered(questions: Sequence[Question]) -> Mapping[str, str]:
    """Give safe HTML by section, as a manuscript has it."""
    texts = {question.id: question.stem for question in questions}
    texts |= {question.id + WHY: question.explanation for question in questions}
    texts |= {each.case.id: each.case.stem for each in questions if each.case}
    return dict(zip(texts, markup.render([*texts.values()]), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looking:
    """What it takes to show questions."""

    target: Target
    html: Mapping[str, str]
    names: Mapping[str, str]

    def shown(self, drafts: Sequence[Draft]) -> Iterator[Shown]:
        """Show drafts, in their order."""
        there = {question.id: question for question in self.target.there}
        stems = {question.stem: question.id for question in self.target.there}
        told: set[str] = set()
        for position, draft in enumerate(drafts, 1):
            question = draft.question
            if question is None:
                yield _unreadable(draft)
                continue
            face, solution = _laid_out(question, self.html[question.id])
            story = question.case.id if question.case else ""
            yield Shown(
                line=draft.line,
                id=question.id,
                standing=standing_of(question, there.get(question.id)),
                item=_item(
                    position,
                    question,
                    face,
                    self.html.get(story, ""),
                    story not in told,
                ),
                solution=solution,
                why=self.html[question.id + WHY],
                stem="",
                cites={
                    address: self.names.get(address, "")
                    for cite in question.cites
                    for address in (f"{cite.slug}#{cite.section}",)
                },
                faults=(),
                warnings=tuple(self._warnings(question, stems)),
            )
            told.add(story)

    def _warnings(self, question: Question, stems: Mapping[str, str]) -> Iterator[str]:
        for cite in question.cites:
            address = f"{cite.slug}#{cite.section}"
            if address not in self.names:
                yield N_("依据“{address}”找不到条款；批准前要改正", address=address)
        twin = stems.get(question.stem, question.id)
        if twin != question.id:
            yield N_("题干和题库里的“{id}”一样；请看是不是重复了", id=twin)


def _unreadable(draft: Draft) -> Shown:
    stem = draft.entry.get("stem", "")
    return Shown(
        line=draft.line,
        id=next(words_in(draft.entry.get("id", "")), ""),
        standing=None,
        item=None,
        solution=None,
        why="",
        stem=PLACE.sub(GAP, stem) if isinstance(stem, str) else "",
        cites={},
        faults=tuple(fault.told for fault in draft.faults),
        warnings=(),
    )


def _laid_out(question: Question, stem: str) -> tuple[Face, Solution]:
    """Give a question with the first draw of what chance decides, and its answer."""
    body = question.body
    drawn = body.draw(lambda _: 0, shuffle=False)
    face = body.face(stem, tuple(map(html.escape, drawn)))
    told = body.solution(drawn)
    keys = [choice.key for choice in face.choices]
    return face, Solution(
        answer=() if question.type == ESSAY else to_letters(face, told.answer),
        words=told.words,
        whys={
            to_letters(replace(face, targets=()), (key,))[0]: why
            for key, why in told.whys.items()
            if key in keys
        },
    )


def _item(
    position: int,
    question: Question,
    face: Face,
    story: str,
    tells: bool,  # noqa: FBT001  (of this module only)
) -> AskedItem:
    return AskedItem(
        position=position,
        type=question.type,
        face=face,
        story=story,
        tells_story=tells,
        given=(),
        flagged=False,
        marks=f"{question.marks:f}",
        number=0,
        is_shown=False,
        is_passed=False,
    )
