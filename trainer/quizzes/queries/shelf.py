"""Banks and quizzes on the desk: the list of all, and one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from collections.abc import Mapping
from datetime import date
from itertools import count

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.core.paging import SIZE
from trainer.core.paging import Part
from trainer.core.paging import offset
from trainer.core.wording import N_
from trainer.publishing import queries as publishing
from trainer.publishing.domain.drafting import Chosen
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain import KINDS
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain import bank as banks
from trainer.quizzes.domain import quiz as quizzes
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.bank import Bank
from trainer.quizzes.domain.drawing import fits
from trainer.quizzes.domain.drawing import shortages
from trainer.quizzes.domain.proofs import Shown
from trainer.quizzes.domain.proofs import shown
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Quiz
from trainer.quizzes.domain.saying import rules_in_words
from trainer.quizzes.domain.shelf import BankFilter
from trainer.quizzes.domain.shelf import BankSheet
from trainer.quizzes.domain.shelf import PlaceLine
from trainer.quizzes.domain.shelf import QuizSheet
from trainer.quizzes.domain.shelf import QuotaLine
from trainer.quizzes.domain.shelf import ShelfFilter
from trainer.quizzes.domain.shelf import ShelfLine
from trainer.quizzes.queries.pool import Pool
from trainer.quizzes.queries.pool import drawable
from trainer.quizzes.queries.pool import listed_in


def shelf(
    session: Session, wanted: ShelfFilter, on: date, *, reader: Actor
) -> Part[ShelfLine]:
    """Give the banks and quizzes that are wanted, by title.

    Raises:
        DeniedError: this reader knows of no drafts.
    """
    must_see_banks(reader)
    kinds = [kind for kind in KINDS if wanted.kind in {"", kind}]
    held = publishing.in_force(session, on, reader=reader, kinds=kinds)
    statuses = {*OPEN, Status.APPROVED}
    known = publishing.with_status(session, statuses, reader=reader, kinds=kinds)
    pool = drawable(session, on)
    asked = _asked(session, [*held, *known])
    lines = _shelf_lines({r.slug: r for r in held}, known, pool, asked)
    fitting = [line for line in lines if _is_wanted(line, wanted)]
    fitting.sort(key=lambda line: (line.revision.kind, line.revision.header.title))
    first = offset(wanted.part)
    return Part(tuple(fitting[first : first + SIZE]), wanted.part, len(fitting))


def bank_sheet(
    session: Session,
    sheet: Chosen,
    wanted: BankFilter,
    on: date,
    dice: Dice,
    *,
    reader: Actor,
) -> BankSheet:
    """Give the questions of a bank as takers see them, with their answers.

    Args:
        session: A session.
        sheet: The text, see :func:`sheet_of`.
        wanted: Which questions.
        on: The day whose clauses count.
        dice: Chance, for the numbers of parameterised questions.
        reader: Who asks.

    Raises:
        MistakesError: the text is kept in a form that is not read any more.
    """
    bank = bank_of(publishing.text(session, sheet.revision))
    stale = _stale_in(session, sheet, on)
    chosen = [q for q in bank.questions if wanted.fits(q, stale=q.id in stale)]
    sections = publishing.sections(session, sheet.revision)
    html = {section.id: section.html for section in sections}
    names = cite_names(session, chosen, max(on, bank.header.effective_from), reader)

    def laid_out(place: int, question: Question) -> Shown:
        drawn = question.body.draw(dice, shuffle=False)
        is_stale = question.id in stale
        return shown(question, drawn, html, names, place=place, stale=is_stale)

    return BankSheet(
        sheet=sheet,
        questions=tuple(map(laid_out, count(1), chosen)),
        total=len(bank.questions),
        competencies=tuple(sorted({q.competency for q in bank.questions})),
    )


def quiz_sheet(session: Session, sheet: Chosen, on: date) -> QuizSheet:
    """Give a quiz with what the pool of a day has for it.

    A quiz that is still to come is looked at as of its first day.

    Raises:
        MistakesError: the text is kept in a form that is not read any more.
    """
    quiz = quiz_of(publishing.text(session, sheet.revision))
    day = max(on, quiz.header.effective_from)
    pool = drawable(session, day)
    return QuizSheet(
        sheet=sheet,
        rules=rules_in_words(quiz),
        quotas=quota_lines(quiz, pool),
        places=place_lines(quiz, pool),
        on=day,
    )


def sheet_of(
    session: Session, slug: str, key: int | None, on: date, *, reader: Actor
) -> Chosen:
    """Find the text of a bank or a quiz that somebody wants to see.

    Args:
        session: A session.
        slug: Which bank or quiz.
        key: Key of the text; None is what holds on the day, else the newest.
        on: The day.
        reader: Who asks.

    Raises:
        NotFoundError: there is none.
    """
    must_see_banks(reader)
    found = publishing.chosen(session, slug, key, on, reader=reader, kinds=KINDS)
    if found is None:
        raise NotFoundError(N_("没有这个题库或测验：{slug}", slug=slug))
    return found


def quota_lines(quiz: Quiz, pool: Pool) -> tuple[QuotaLine, ...]:
    """Tell of each quota how many questions there are for it."""
    short = {s.quota: s.available for s in shortages(quiz.draw, pool.candidates)}
    return tuple(
        QuotaLine(
            quota,
            sum(fits(each, quota) for each in pool.candidates),
            short.get(quota, quota.count),
        )
        for quota in quiz.draw
    )


def place_lines(quiz: Quiz, pool: Pool) -> tuple[PlaceLine, ...]:
    """Tell of each fixed question what it is, and whether it may be asked."""
    wanted = {place.bank for place in quiz.questions}
    names = {
        Place(slug, question.id): question.name
        for slug, revision in pool.revisions.items()
        if slug in wanted
        for question in listed_in(revision)
    }
    free = {each.place for each in pool.candidates}
    return tuple(
        PlaceLine(place, names.get(place, ""), place in names and place not in free)
        for place in quiz.questions
    )


def shortages_of(session: Session, manuscript: Manuscript) -> tuple[str, ...]:
    """Say what the pool lacks for a quiz, as of its first day; empty is enough."""
    if manuscript.kind != QUIZ:
        return ()
    quiz = quiz_of(manuscript.text)
    pool = drawable(session, quiz.header.effective_from)
    short = [
        N_(
            "题不够：能力项 {competency}，难度 {difficulty}，"
            "要 {n} 题，只有 {there} 题",
            competency=line.quota.competency,
            difficulty=line.quota.difficulty or N_("不限"),
            n=line.quota.count,
            there=line.available,
        )
        for line in quota_lines(quiz, pool)
        if line.is_short
    ]
    unfit = [
        N_(
            "这道题现在不能考（已失效、待复核或不存在）：{place}",
            place=f"{line.place.bank}#{line.place.id}",
        )
        for line in place_lines(quiz, pool)
        if line.is_missing or line.is_stale
    ]
    return (*short, *unfit)


def cite_names(
    session: Session, questions: Collection[Question], on: date, reader: Actor
) -> dict[tuple[str, str], str]:
    """Give what cited clauses are called; one that is gone is left out."""
    addresses = {(c.slug, c.section) for q in questions for c in q.cites}
    targets = publishing.targets_on(session, addresses, on, reader=reader)
    return {
        address: f"《{target.revision.header.title}》{target.section.name}"
        for address, target in targets.items()
        if target.section
    }


def bank_of(text: str) -> Bank:
    """Read a bank that was saved.

    Raises:
        MistakesError: it has mistakes, by the rules of today.
    """
    found = banks.parse(text)
    if found.bank is None:
        raise MistakesError(found.mistakes)
    return found.bank


def quiz_of(text: str) -> Quiz:
    """Read a quiz that was saved.

    Raises:
        MistakesError: it has mistakes, by the rules of today.
    """
    found = quizzes.parse(text)
    if found.quiz is None:
        raise MistakesError(found.mistakes)
    return found.quiz


def must_see_banks(reader: Actor) -> None:
    """Stop here unless banks exist for this reader."""
    if not reader.sees_drafts:
        reader.must(Permission.EDIT)


def _shelf_lines(
    held: Mapping[str, Revision],
    known: Collection[Revision],
    pool: Pool,
    asked: Mapping[int, int],
) -> list[ShelfLine]:
    stale = Counter(place.bank for place in pool.stale)
    newest = {r.slug: r for r in sorted(known, key=lambda r: r.id)}
    lines = []
    for slug, latest in newest.items():
        revision = held.get(slug, latest)
        is_bank = revision.kind == QUESTIONS
        lines.append(
            ShelfLine(
                revision=revision,
                since=revision.effective_from if slug in held else None,
                questions=len(listed_in(revision))
                if is_bank
                else asked.get(revision.id, 0),
                stale=stale[slug],
                drafts=tuple(r for r in known if r.slug == slug and r.status in OPEN),
            )
        )
    return lines


def _asked(session: Session, revisions: Collection[Revision]) -> dict[int, int]:
    """Give how many questions each quiz asks."""
    texts = publishing.texts(session, [r for r in revisions if r.kind == QUIZ])
    parsed = {key: quizzes.parse(text).quiz for key, text in texts.items()}
    return {
        key: len(quiz.questions) + sum(quota.count for quota in quiz.draw)
        for key, quiz in parsed.items()
        if quiz
    }


def _is_wanted(line: ShelfLine, wanted: ShelfFilter) -> bool:
    header = line.revision.header
    said = f"{header.title}\n{line.revision.slug}"
    return (
        wanted.line in {"", header.line}
        and (line.stale > 0 or not wanted.stale)
        and (bool(line.drafts) or not wanted.open)
        and all(words in said for words in wanted.words.split())
    )


def _stale_in(session: Session, sheet: Chosen, on: date) -> frozenset[str]:
    """Give the ids of the stale questions, of the text that holds."""
    if not sheet.holds:
        return frozenset()
    slug = sheet.revision.slug
    return frozenset(p.id for p in drawable(session, on).stale if p.bank == slug)
