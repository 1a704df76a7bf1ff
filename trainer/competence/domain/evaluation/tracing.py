"""Bayesian knowledge tracing: a skill is known or not, and once known it stays so.

Four numbers a skill: that it is known before the first answer, that an answer teaches
it, that one guesses right without it, that one slips in spite of it; found by
expectation and maximisation over all people and skills at once.

The answers of one person to one skill are a row. Rows stand below each other, longest
first, and are kept step after step: the first answers of all, then the second ones of
those who have one. So step t is one slice, and its rows are the first of step t - 1.

Source: Corbett and Anderson, Knowledge tracing, 1995; Rabiner, A tutorial on hidden
Markov models, 1989, in the form for two states one of which is never left.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.competence.domain.evaluation.logs import Answer
from trainer.competence.domain.evaluation.logs import Floats
from trainer.competence.domain.evaluation.logs import outcomes

ROUNDS = 60
NEAR = 1e-3
"""So many rounds at most, or until no number moves by more."""

PULL = 2.0
"""Each number counts as if so many more people had been seen to be usual."""

USUAL = np.array([0.5, 0.1, 0.2, 0.1])
"""Known before, taught by an answer, guess, slip: of a skill nobody has answered."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The answers to all skills, step after step.

    Attributes:
        right: Whether each was right.
        skills: Place of its skill among the numbers.
        order: Its place in the log.
        sizes: Rows of each step, falling.
    """

    right: NDArray[np.bool_]
    skills: NDArray[np.int64]
    order: NDArray[np.int64]
    sizes: tuple[int, ...]

    def steps(self) -> Iterator[tuple[slice, slice]]:
        """Give the second step, and the rows it has among the first; and so on."""
        start = 0
        for size, later in zip(self.sizes, self.sizes[1:], strict=False):
            after = start + size
            yield slice(after, after + later), slice(start, start + later)
            start = after


@dataclass(frozen=True, slots=True)
class Filtered:
    """Chances that the skill is known: before each answer, and having seen it."""

    before: Floats
    seen: Floats


def tracing(known: Sequence[Answer], asked: Sequence[Answer]) -> Floats:
    """Fit every skill to some people, then forecast others."""
    places = {skill: n for n, skill in enumerate({each.skill: 0 for each in known})}
    numbers = fitted(laid_out(known, places), len(places))
    rows = laid_out(asked, places)
    numbers = np.column_stack([numbers, USUAL])  # the last: skills nobody answered
    believed = filtered(rows, numbers).before
    _, _, guess, slip = numbers[:, rows.skills]
    found = np.empty(len(asked))
    found[rows.order] = believed * (1 - slip) + (1 - believed) * guess
    return found


def laid_out(answers: Sequence[Answer], places: Mapping[str, int]) -> Rows:
    """Lay out answers; a skill without a place gets the one after the last."""
    rows: dict[tuple[str, str], list[int]] = {}
    for place, answer in enumerate(answers):
        rows.setdefault((answer.person, answer.skill), []).append(place)
    ordered = sorted(rows.items(), key=lambda row: -len(row[1]))
    order: list[int] = []
    skills: list[int] = []
    sizes: list[int] = []
    while ordered:
        order += [row[len(sizes)] for _, row in ordered]
        skills += [places.get(skill, len(places)) for (_, skill), _ in ordered]
        sizes.append(len(ordered))
        ordered = [each for each in ordered if len(each[1]) > len(sizes)]
    right = outcomes(answers)[order] > 0
    return Rows(right, np.array(skills), np.array(order), tuple(sizes))


def fitted(rows: Rows, many: int) -> Floats:
    """Find the numbers of so many skills: 4 by skills."""
    found = np.tile(USUAL[:, None], many)
    for _ in range(ROUNDS):
        before, found = found, _improved(rows, found)
        if np.abs(found - before).max() < NEAR:
            break
    return found


def filtered(rows: Rows, numbers: Floats) -> Filtered:
    """Follow each row forward."""
    prior, learns, guess, slip = numbers[:, rows.skills]
    with_it = np.where(rows.right, 1 - slip, slip)
    without = np.where(rows.right, guess, 1 - guess)
    before, seen = prior.copy(), np.empty_like(prior)

    def look(step: slice) -> None:
        knows = before[step] * with_it[step]
        seen[step] = knows / (knows + (1 - before[step]) * without[step])

    look(slice(0, rows.sizes[0]))
    for step, last in rows.steps():
        before[step] = seen[last] + (1 - seen[last]) * learns[last]
        look(step)
    return Filtered(before, seen)


def _improved(rows: Rows, numbers: Floats) -> Floats:
    """One round: how often each thing is believed to have happened, then shares."""
    found, many = filtered(rows, numbers), numbers.shape[1]
    learns = numbers[1][rows.skills]
    known, learned = found.seen.copy(), np.zeros_like(found.seen)
    chances = np.zeros_like(known)
    for step, last in reversed(list(rows.steps())):
        learned[last] = (1 - found.seen[last]) * learns[last]
        learned[last] *= known[step] / found.before[step]
        known[last] = known[step] - learned[last]  # for what is known stays known
        chances[last] = 1 - known[last]

    def total(values: Floats) -> Floats:
        return np.bincount(rows.skills, values, many).astype(np.float64)

    first = np.zeros_like(known)
    first[: rows.sizes[0]] = 1.0
    return np.stack(
        [
            (total(happened) + PULL * usual) / (total(possible) + PULL)
            for usual, happened, possible in (
                (USUAL[0], first * known, first),
                (USUAL[1], learned, chances),
                (USUAL[2], (1 - known) * rows.right, 1 - known),
                (USUAL[3], known * ~rows.right, known),
            )
        ]
    )
