"""The ledger: what one observation says of a person; one closed-form update.

An answer is a comparison between a person and a question. Its log-odds are a sum::

    eta = mean + person + sum_c w (skill_c - forgotten_c) + met - lost
               - difficulty of the competency - difficulty of the question

with w = 1 / number of competencies, forgotten = forgetting log(1 + days / pace), and
every part a Gaussian. What was seen happened with

    P = g + (1 - g - s) sigmoid(eta)

g the chance to look right without knowing, s to look wrong in spite of it. Each part is
moved by its share of the surprise, and its variance shrinks (assumed-density filtering
with the expected information).
Then comes what practice itself teaches, if feedback was given, and a little noise.

Source: ``docs/competence.md``, section 2; Pelánek, Applications of the Elo rating
system in adaptive educational systems, 2016, for the family of models.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from math import log1p
from math import sqrt

from trainer.competence.domain.chances import SPREAD
from trainer.competence.domain.chances import sigmoid
from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.constants import Constants

SMALLEST = 1e-9
"""Probabilities keep this far from 0 and 1."""


@dataclass(slots=True)
class Part:
    """A Gaussian part of the sum, in log-odds."""

    mean: float
    variance: float


@dataclass(slots=True)
class Trace(Part):
    """A part that practice moves; ``last`` is the day of it, None before the first."""

    count: int = 0
    last: float | None = None

    def days(self, at: float) -> float:
        """Give the days without practice at a moment, never below 0."""
        return 0.0 if self.last is None else max(0.0, at - self.last)


@dataclass(slots=True)
class Person:
    """What is known of one person."""

    general: Part
    skills: dict[str, Trace] = field(default_factory=dict)
    met: dict[str, Trace] = field(default_factory=dict)


@dataclass(slots=True)
class Questions:
    """What is common to all people: how hard everything is.

    ``spreads`` says for a competency how much its questions differ, a variance.
    """

    mean: Part
    competencies: dict[str, Part] = field(default_factory=dict)
    items: dict[str, Part] = field(default_factory=dict)
    spreads: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One observation.

    Attributes:
        competencies: Codes of what it is evidence for, at least one.
        item: What was asked, empty when nothing that can be met again.
        day: When, in days.
        outcome: Share of what was right, 0..1; None when it was only read.
        guess: Chance to look right without knowing.
        slip: Chance to look wrong in spite of knowing.
        weight: How much it counts, > 0; 1 is one independent answer.
        taught: Whether the person was told what is right.
        practised: Whether doing it refreshed the competency; a file that comes back
            says something of it and refreshes nothing.
    """

    competencies: tuple[str, ...]
    item: str
    day: float
    outcome: float | None
    guess: float = 0.0
    slip: float = 0.0
    weight: float = 1.0
    taught: bool = True
    practised: bool = True


class Ledger:
    """The rule of the update, with its constants and how hard questions are.

    Args:
        constants: The constants.
        questions: What is common to all; None begins with nothing known.
        learns: Whether answers also teach how hard questions are. A ledger that does
            not leaves ``questions`` as they are, so people are independent of each
            other; this is how it is used between two calibrations.
        starts: Mean and variance of a competency that begins elsewhere than the
            others, by code: facets.
    """

    def __init__(
        self,
        constants: Constants = DEFAULTS,
        questions: Questions | None = None,
        *,
        learns: bool = False,
        starts: Mapping[str, tuple[float, float]] | None = None,
    ) -> None:
        self.constants = constants
        self.questions = questions or unknown(constants)
        self.learns = learns
        self._starts = starts or {}

    def newcomer(self) -> Person:
        """Give a person of whom nothing is known."""
        return Person(Part(0.0, self.constants.person))

    def predict(self, person: Person, seen: Seen) -> float:
        """Give the chance that what is seen will look right, 0..1."""
        known = sigmoid(self.foresee(person, seen))
        return seen.guess + (1 - seen.guess - seen.slip) * known

    def foresee(self, person: Person, seen: Seen) -> float:
        """Give the log-odds of knowing, shrunk by how unsure they are."""
        eta, variance = self._eta(person, seen)
        return eta / sqrt(1 + SPREAD * variance)

    def update(self, person: Person, seen: Seen) -> None:
        """Let an observation change what is known of a person."""
        self._grow(person, seen)
        if seen.outcome is not None:
            self._compare(person, seen, seen.outcome)
        if seen.practised:
            self._practise(person, seen)

    def skill(self, person: Person, code: str) -> Trace:
        """Give what is known of a person's competency, noted from now on."""
        found = person.skills.get(code)
        if found is None:
            found = person.skills[code] = self.beginning(code)
        return found

    def beginning(self, code: str) -> Trace:
        """Give where everybody begins in a competency."""
        mean, variance = self._starts.get(code, (0.0, self.constants.skill))
        return Trace(mean, variance)

    def difficulty(self, code: str) -> Part:
        """Give how hard a competency is."""
        return self.questions.competencies.get(code) or Part(
            0.0, self.constants.competency
        )

    def spread(self, code: str) -> float:
        """Give how much the questions of a competency differ, a variance."""
        return self.questions.spreads.get(code, self.constants.question)

    def forgotten(self, trace: Trace, at: float) -> float:
        """Give what of a competency is forgotten at a moment, in log-odds, >= 0."""
        return self.constants.forgetting * log1p(trace.days(at) / self.constants.pace)

    def variance(self, code: str, trace: Trace, at: float) -> float:
        """Give how unsure a competency is; it grows up to where it began."""
        most = self._starts.get(code, (0.0, self.constants.skill))[1]
        grown = self.constants.drift * trace.days(at)
        return trace.variance + min(grown, max(0.0, most - trace.variance))

    def _eta(self, person: Person, seen: Seen) -> tuple[float, float]:
        """Give the log-odds and their variance; changes nothing."""
        c, share = self.constants, 1 / len(seen.competencies)
        base = self.questions.mean
        eta = base.mean + person.general.mean
        variance = base.variance + person.general.variance
        for code in seen.competencies:
            trace = person.skills.get(code) or self.beginning(code)
            hard = self.difficulty(code)
            eta += share * (trace.mean - self.forgotten(trace, seen.day) - hard.mean)
            grown = self.variance(code, trace, seen.day)
            variance += share * share * (grown + hard.variance)
        if seen.item:
            item = self.questions.items.get(seen.item)
            eta -= item.mean if item else 0.0
            variance += item.variance if item else c.question
            met = person.met.get(seen.item)
            if met:
                eta += met.mean - c.losing * log1p(met.days(seen.day) / c.pace)
            variance += met.variance if met else c.familiarity
        return eta, variance

    def _grow(self, person: Person, seen: Seen) -> None:
        for code in seen.competencies:
            trace = self.skill(person, code)
            trace.variance = self.variance(code, trace, seen.day)
        if seen.item and seen.item not in person.met:
            person.met[seen.item] = Trace(0.0, self.constants.familiarity)

    def _compare(self, person: Person, seen: Seen, outcome: float) -> None:
        """Move every part by its share of the surprise.

        What is expected is averaged over all that eta may be, as it is in a forecast:
        else who is little known would be expected to be surer than he is, and every
        answer would pull him down (``docs/decisions/0028``). A weight w counts as w
        such answers at once; w = 1 leaves the factor 1.
        """
        eta, variance = self._eta(person, seen)
        shrunk = 1 / sqrt(1 + SPREAD * variance)
        known = sigmoid(shrunk * eta)
        span = 1 - seen.guess - seen.slip
        likely = min(max(seen.guess + span * known, SMALLEST), 1 - SMALLEST)
        slope = span * shrunk * known * (1 - known)
        spread = likely * (1 - likely)
        curve = slope * slope / spread
        factor = seen.weight / (1 + (seen.weight - 1) * variance * curve)
        score = (outcome - likely) * slope / spread
        for part, coefficient in self._parts(person, seen):
            part.mean += coefficient * part.variance * factor * score
            part.variance -= (coefficient * part.variance) ** 2 * factor * curve

    def _parts(self, person: Person, seen: Seen) -> list[tuple[Part, float]]:
        share = 1 / len(seen.competencies)
        parts: list[tuple[Part, float]] = [(person.general, 1.0)]
        parts += [(person.skills[code], share) for code in seen.competencies]
        if seen.item:
            parts.append((person.met[seen.item], 1.0))
        if self.learns:
            parts += self._hard(seen, share)
        return parts

    def _hard(self, seen: Seen, share: float) -> list[tuple[Part, float]]:
        """Give the parts of the questions' side, noted from now on."""
        c, q = self.constants, self.questions
        parts = [(q.mean, 1.0)]
        for code in seen.competencies:
            hard = q.competencies.setdefault(code, Part(0.0, c.competency))
            parts.append((hard, -share))
        if seen.item:
            parts.append((q.items.setdefault(seen.item, Part(0.0, c.question)), -1.0))
        return parts

    def _practise(self, person: Person, seen: Seen) -> None:
        """Let what was done teach, and note when it was."""
        c = self.constants
        gain, met = self._gains(seen)
        for code in seen.competencies:
            trace = person.skills[code]
            trace.mean += gain / (1 + trace.count)
            trace.variance += c.skill_noise
            _note(trace, seen.day)
        if seen.item:
            trace = person.met[seen.item]
            trace.mean += met / (1 + trace.count)
            trace.variance += c.familiarity_noise
            _note(trace, seen.day)
        person.general.variance += c.person_noise

    def _gains(self, seen: Seen) -> tuple[float, float]:
        c = self.constants
        if seen.outcome is None:
            return c.gain_read, c.met_read
        if not seen.taught:
            return 0.0, 0.0
        right = seen.outcome
        gain = right * c.gain_right + (1 - right) * c.gain_wrong
        return gain, right * c.met_right + (1 - right) * c.met_wrong


def _note(trace: Trace, day: float) -> None:
    trace.count += 1
    trace.last = day if trace.last is None else max(trace.last, day)


def unknown(constants: Constants = DEFAULTS) -> Questions:
    """Give questions of which nothing is known."""
    return Questions(Part(constants.mean, constants.mean_variance))


def replayed(ledger: Ledger, seen: Sequence[Seen]) -> Person:
    """Give what is known of a person after all that was seen, oldest first."""
    person = ledger.newcomer()
    for each in seen:
        ledger.update(person, each)
    return person
