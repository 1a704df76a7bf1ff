"""The analysis of 10,000 submissions of 20 questions: ``python -m bench.analysis``.

Beside ours, in the same run and taking turns: the same figures from plain matrices by
NumPy, once the matrices are there, and with laying them out from the same submissions.
They know neither wordings nor drawn papers nor answers still to be graded; here, where
there are none, both must give the same figures. Times are the best of five; memory is
what the work adds at its peak, the submissions aside, as tracemalloc counts it.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from bench.measure import Limit
from bench.measure import report
from trainer.quizzes.domain.analysis import Analysis
from trainer.quizzes.domain.analysis import analysed
from trainer.quizzes.domain.analysis.sheets import Item
from trainer.quizzes.domain.analysis.sheets import Outcome
from trainer.quizzes.domain.analysis.sheets import Sheet
from trainer.quizzes.domain.analysis.table import tables
from trainer.quizzes.domain.bank import parse
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.quiz import Place

BANKS = Path(__file__).parents[1] / "quizzes"
QUESTIONS = 20
ROUNDS = 5
PASS = 80
KEYS = "abcdefgh"


@dataclass(frozen=True, slots=True)
class Matrices:
    """The submissions by person (rows) and question (columns)."""

    shares: NDArray[np.float64]
    chosen: NDArray[np.int64]
    seconds: NDArray[np.float64]


def asked() -> dict[Item, Question]:
    """Give single-choice questions of the banks that come with the program."""
    found: dict[Item, Question] = {}
    for path in sorted(BANKS.glob("*.yaml")):
        bank = parse(path.read_text("utf-8")).bank
        for question in bank.questions if bank else ():
            if question.type == "single" and len(found) < QUESTIONS:
                found[Item(Place(path.stem, question.id), "0" * 64)] = question
    return dict(sorted(found.items(), key=lambda pair: pair[0]))


def make_sheets(questions: dict[Item, Question], people: int) -> list[Sheet]:
    """Let people of differing ability answer; who does not know, guesses."""
    random = Random(1)  # noqa: S311  (no secret)
    sheets = []
    for person in range(people):
        ability = random.gauss(0.65, 0.15)
        outcomes = []
        for place, (item, question) in enumerate(questions.items()):
            drawn = question.body.draw(random.randrange, shuffle=False)
            right = question.body.solution(drawn).answer
            knows = random.random() < ability - 0.02 * (place - QUESTIONS / 2)
            given = right if knows else (random.choice(drawn),)
            outcomes.append(
                Outcome(
                    item=item,
                    share=question.body.score(given, drawn),
                    given=given,
                    seconds=random.uniform(5, 90),
                )
            )
        sheets.append(Sheet(person, 1, tuple(outcomes)))
    return sheets


def laid_out(sheets: Sequence[Sheet]) -> Matrices:
    """Give the submissions as matrices."""
    rows = [sheet.outcomes for sheet in sheets]
    return Matrices(
        np.array([[float(o.share or Fraction()) for o in row] for row in rows]),
        np.array([[KEYS.index(o.given[0]) for o in row] for row in rows]),
        np.array([[o.seconds for o in row] for row in rows], dtype=np.float64),
    )


def computed(given: Matrices) -> dict[str, NDArray[np.float64]]:
    """Work out the figures of matrices."""
    shares, (people, questions) = given.shares, given.shares.shape
    sums = shares.sum(axis=1)
    rest = sums[:, None] - shares
    own, others = shares - shares.mean(axis=0), rest - rest.mean(axis=0)
    products = (own * others).sum(axis=0)
    _, place, equal = np.unique(sums, return_inverse=True, return_counts=True)
    ends = np.cumsum(equal)
    third = 3 * (2 * ends - equal)[place] // (2 * people)
    cells = np.arange(questions)[None, :] * len(KEYS) + given.chosen
    counts = np.bincount(
        (cells * 3 + third[:, None]).ravel(), minlength=questions * len(KEYS) * 3
    )
    percent = 100 * sums / questions
    alpha = shares.var(axis=0, ddof=1).sum() / sums.var(ddof=1)
    alpha = questions / (questions - 1) * (1 - alpha)
    deviation = percent.std(ddof=1)
    return {
        "facility": shares.mean(axis=0),
        "item-rest": products / np.sqrt((own**2).sum(axis=0) * (others**2).sum(axis=0)),
        "counts": counts.reshape(questions, len(KEYS), 3).astype(np.float64),
        "seconds": np.median(given.seconds, axis=0),
        "quiz": np.array([percent.mean(), deviation, np.median(percent), alpha]),
        "passed": np.array((percent >= PASS).mean()),
        "error": np.array(deviation * np.sqrt(1 - alpha)),
        "histogram": np.histogram(percent, 10, (0, 100))[0].astype(np.float64),
    }


def figures(found: Analysis) -> dict[str, NDArray[np.float64]]:
    """Give the figures of an analysis as :func:`computed` gives them."""
    items, quiz = found.items, found.quiz
    counts = np.zeros((len(items), len(KEYS), 3))
    for place, item in enumerate(items):
        for one in item.choices:
            counts[place, KEYS.index(one.key)] = (one.lower, one.middle, one.upper)
    trust = quiz.reliability
    told = {
        "facility": [item.facility for item in items],
        "item-rest": [item.item_rest for item in items],
        "counts": counts,
        "seconds": [item.seconds for item in items],
        "quiz": [quiz.mean, quiz.deviation, quiz.median, trust.alpha],
        "passed": quiz.pass_rate,
        "error": trust.error,
        "histogram": quiz.histogram,
    }
    return {name: np.array(value, np.float64) for name, value in told.items()}


def best(acts: Sequence[Callable[[], object]]) -> list[float]:
    """Give the shortest time of each in milliseconds; they take turns."""
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(ROUNDS):
        for act, own in zip(acts, times, strict=True):
            start = time.perf_counter()
            act()
            own.append((time.perf_counter() - start) * 1000)
    return [min(own) for own in times]


def peak(act: Callable[[], object]) -> float:
    """Give the MiB that an act adds at most."""
    tracemalloc.start()
    act()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def measure(people: int) -> Iterator[Limit]:
    """Analyse, both ways."""
    questions = asked()
    sheets = make_sheets(questions, people)
    matrices = laid_out(sheets)

    def ours() -> Analysis:
        return analysed(sheets, questions, pass_percent=PASS)

    def plain() -> object:
        return computed(laid_out(sheets))

    found = ours()
    mine, theirs = figures(found), computed(matrices)
    assert all(np.allclose(mine[name], theirs[name]) for name in theirs)
    own, whole, bare, rows = best(
        [ours, plain, lambda: computed(matrices), lambda: tables(found, questions)]
    )
    yield Limit("分析（毫秒）", own)
    yield Limit("NumPy，含排成矩阵（毫秒）", whole)
    yield Limit("NumPy，只算矩阵（毫秒）", bare)
    yield Limit("我们 / NumPy 含排列", own / whole)
    yield Limit("我们 / NumPy 只算矩阵", own / bare)
    yield Limit("导出的行（毫秒）", rows)
    yield Limit("分析，内存峰值 MiB", peak(ours))
    yield Limit("NumPy 含排列，内存峰值 MiB", peak(plain))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    count = parser.parse_args().people
    report(f"测验分析（{count:,} 份答卷 × {QUESTIONS} 题）", measure(count))
