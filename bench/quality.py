"""How good the search is: the questions of ``tests/search/questions``.

    python -m bench.quality [--data DIR] [--half tune|test] [--misses]

Prints, for each half and class, the share of questions whose right card stands first
(S@1) and among the first three (S@3), and the mean of 1 / rank (MRR); a missed card
counts as 0. For questions without a business word the hit is that choices are
offered. Then how often the right version, a choice, a warning was given where one was
due, and how often choices were offered where none was due. Without ``--data`` a demo
database is built in a temporary directory.

The test half is measured, never looked at: only the tune half has ``--misses``.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from trainer import settings
from trainer.core.actor import READER
from trainer.core.clock import now
from trainer.kit import db
from trainer.kit.index import Searcher
from trainer.kit.terminal import Installation
from trainer.search import queries
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Results

QUESTIONS = Path(__file__).parents[1] / "tests" / "search" / "questions"
HALVES = ("tune", "test")
VAGUE = "no_business_word"
HOME = "示例市"
NEAR = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is right; see the README of the questions."""

    id: str
    ask: str
    on: date
    cards: tuple[str, ...]
    kind: str
    revision: date | None
    expect: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the search did with one question.

    ``rank`` is that of the first right card, 0 when none was found. What was not
    to be judged is None.
    """

    question: Question
    rank: int
    right_revision: bool | None
    met: bool | None
    offered: bool


def load(half: str) -> list[Question]:
    """Read one half."""
    entries = yaml.safe_load((QUESTIONS / f"{half}.yaml").read_text("utf-8"))
    return [_question(entry) for entry in entries]


def judge(
    session: Session, searcher: Searcher, questions: Iterable[Question]
) -> list[Verdict]:
    """Ask every question and compare."""
    verdicts = []
    for question in questions:
        asked = Asked(words=question.ask, on=question.on)
        results = queries.search(
            session, searcher, asked, reader=READER, home_city=HOME
        )
        verdicts.append(_verdict(question, results))
    return verdicts


def figures(verdicts: Iterable[Verdict]) -> tuple[float, float, float]:
    """Give S@1, S@3 and MRR, each from 0 to 1."""
    ranks = [verdict.rank for verdict in verdicts]
    count = max(len(ranks), 1)
    first = sum(rank == 1 for rank in ranks)
    near = sum(1 <= rank <= NEAR for rank in ranks)
    return first / count, near / count, sum(1 / r for r in ranks if r) / count


def _question(entry: dict[str, Any]) -> Question:
    return Question(
        id=entry["id"],
        ask=entry["ask"],
        on=entry["on"],
        cards=tuple(entry["cards"]),
        kind=entry["class"],
        revision=entry.get("revision"),
        expect=entry.get("expect", ""),
    )


def _verdict(question: Question, results: Results) -> Verdict:
    right = [found for found in results.found if found.slug in question.cards]
    met = {
        "clarify": bool(results.clarify),
        "city_warning": bool(results.other_places),
    }.get(question.expect)
    if question.kind == VAGUE:
        rank = 1 if met else 0
    else:
        rank = right[0].rank if right else 0
    revision = None
    if question.revision is not None:
        revision = bool(right) and right[0].effective_from == question.revision
    return Verdict(question, rank, revision, met, bool(results.clarify))


def report(verdicts: list[Verdict]) -> Iterator[str]:
    """Lay the figures of one half out as lines."""
    classes: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        classes[verdict.question.kind].append(verdict)
    yield f"{'class':<18}{'n':>4}{'S@1':>8}{'S@3':>8}{'MRR':>8}"
    for name, some in [*classes.items(), ("all", verdicts)]:
        first, near, mean = figures(some)
        yield f"{name:<18}{len(some):>4}{first:>8.3f}{near:>8.3f}{mean:>8.3f}"
    yield _share("right version", [v.right_revision for v in verdicts])
    for expect in ("clarify", "city_warning"):
        due = [v.met for v in verdicts if v.question.expect == expect]
        yield _share(f"{expect} where due", due)
    other = [v.offered for v in verdicts if v.question.kind != VAGUE]
    yield _share("choices where none are due", other)


def _share(name: str, outcomes: Iterable[bool | None]) -> str:
    judged = [outcome for outcome in outcomes if outcome is not None]
    return f"{name}: {sum(judged)} of {len(judged)}"


def _misses(verdicts: Iterable[Verdict]) -> Iterator[str]:
    for v in verdicts:
        if v.rank != 1 or v.right_revision is False or v.met is False:
            q = v.question
            yield f"{v.rank} {q.id} {q.kind} {q.ask} -> {'|'.join(q.cards)}"
        elif v.offered and v.question.kind != VAGUE:
            yield f"  {v.question.id} asked back: {v.question.ask}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.add_argument("--half", choices=HALVES, action="append")
    parser.add_argument("--misses", action="store_true", help="of the tune half")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        read = settings.load(options.data or Path(home), environment={})
        engine = db.open_engine(read.database_url, read.secret_key)
        if options.data is None:
            from trainer.cli import demo  # noqa: PLC0415  (it brings the whole site)

            site = Installation(
                read.data, read.index, engine, read.home_city, read.audit_keep_days
            )
            demo.build(site, at=now())
        with db.reading(engine) as session:
            for half in options.half or HALVES:
                verdicts = judge(session, Searcher(read.index), load(half))
                print(f"-- {half}", *report(verdicts), sep="\n")
                if options.misses and half == "tune":
                    print(*_misses(verdicts), sep="\n")
        engine.dispose()


if __name__ == "__main__":
    main()
