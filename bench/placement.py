"""Questions a placement test needs: ``python -m bench.placement [--people 200]``.

Made-up people, each with a true part of his own, one of each competency and true
difficulties of the questions, drawn as the model believes them to be, take the test of
a business line over the questions of the starter pack: competencies, chances to guess
and numbers of questions are theirs. Each takes it twice, with the same truth and the
same luck at each question: once as the rule chooses, once in an order by chance. Counted
is until the mean standard error is so small, 0.7 being what the test stops at, with all
questions there are and no other end; "inf" is that they were not enough.

Twice, too, how hard questions are: unknown, as on the first day, and known, as after a
calibration on many answers. Then what comes of a test that ends at its usual number:
how many competencies it decides, and how many of those wrongly.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from math import sqrt
from pathlib import Path
from random import Random
from statistics import fmean

from bench.measure import Limit
from bench.measure import percentile
from bench.measure import report
from trainer.competence.domain.chances import SPREAD
from trainer.competence.domain.chances import sigmoid
from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Part
from trainer.competence.domain.ledger import Questions
from trainer.competence.domain.ledger import Seen
from trainer.competence.domain.ledger import unknown
from trainer.competence.domain.placement import PRECISE
from trainer.competence.domain.placement import USUAL_ITEMS
from trainer.competence.domain.placement import Candidate
from trainer.competence.domain.placement import error
from trainer.competence.domain.placement import next_question
from trainer.competence.domain.placement import placing
from trainer.competence.domain.records import Judge
from trainer.competence.domain.records import Record
from trainer.competence.domain.records import Tally
from trainer.competence.domain.records import standing_of
from trainer.competence.domain.reliability import RELIABILITY
from trainer.competence.domain.sitting import SHARE
from trainer.competence.domain.sitting import Advice
from trainer.competence.domain.sitting import advice
from trainer.competence.queries import needs_of
from trainer.evidence.domain import FactKind
from trainer.quizzes.domain import bank as banks
from trainer.quizzes.domain.drawing import Candidate as Drawable
from trainer.quizzes.domain.listing import listed
from trainer.quizzes.domain.placing import of_line
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.lines import parse_topics

ROOT = Path(__file__).parents[1]
LINES = ("withdraw", "loan", "deposit")
SLIP = RELIABILITY[FactKind.QUIZ_ANSWER].slip
ERRORS = (0.8, PRECISE, 0.6)


@dataclass(frozen=True, slots=True)
class Person:
    """The truth: parts in log-odds by competency and question, and luck by question."""

    eta: Mapping[str, float]
    shares: Mapping[str, float]
    luck: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Run:
    """A test: questions until each precision, and what was said at its usual end."""

    needed: Mapping[float, float]
    error: float
    right: int
    wrong: int
    undecided: int


def pool(line: str) -> list[Candidate]:
    """Give the questions of the starter pack for a line."""
    everything: list[Drawable] = []
    guesses = {}
    for path in sorted((ROOT / "quizzes").glob("*.yaml")):
        bank = banks.parse(path.read_text("utf-8")).bank
        for question in bank.questions if bank else ():
            everything.append(Drawable(path.stem, listed(question)))
            guesses[path.stem, question.id] = question.body.guess
    content = ROOT / "content"
    topics, _ = parse_topics((content / "topics.yaml").read_text("utf-8"))
    text = (content / "competencies.yaml").read_text("utf-8")
    framework, _ = parse_competencies(text)
    if topics is None or framework is None:
        raise RuntimeError("the starter pack has both")
    there = next(each for each in topics.lines if each.code == line)
    return [
        Candidate(
            item=f"{each.bank}#{each.question.id}",
            competency=each.question.competency,
            guess=guesses[each.bank, each.question.id],
            slip=SLIP,
        )
        for each in of_line(everything, needs_of(there, framework), line)
    ]


def made(questions: Sequence[Candidate], seed: int) -> tuple[Person, Questions]:
    """Make a person and how hard questions are for him, as the model believes."""
    c, random = DEFAULTS, Random(seed)  # noqa: S311  (no secret)
    codes = sorted({each.competency for each in questions})
    general = random.gauss(0, sqrt(c.person))
    skills = {code: random.gauss(0, sqrt(c.skill)) for code in codes}
    hard = {code: random.gauss(0, sqrt(c.competency)) for code in codes}
    items = {each.item: random.gauss(0, sqrt(c.question)) for each in questions}
    known = {code: c.mean + general + skills[code] - hard[code] for code in codes}
    scale = 1 / sqrt(1 + SPREAD * c.question)
    person = Person(
        eta={e.item: known[e.competency] - items[e.item] for e in questions},
        shares={code: sigmoid(scale * known[code]) for code in codes},
        luck={each.item: random.random() for each in questions},
    )
    calibrated = Questions(
        Part(c.mean, 0.0),
        {code: Part(value, 0.0) for code, value in hard.items()},
        {item: Part(value, 0.0) for item, value in items.items()},
    )
    return person, calibrated


def answered(person: Person, question: Candidate) -> Seen:
    """Let a person answer."""
    span = 1 - question.guess - question.slip
    chance = question.guess + span * sigmoid(person.eta[question.item])
    return Seen(
        competencies=(question.competency,),
        item=question.item,
        day=0.0,
        outcome=float(person.luck[question.item] < chance),
        guess=question.guess,
        slip=question.slip,
    )


def taken(
    person: Person,
    questions: Sequence[Candidate],
    ledger: Ledger,
    seed: str,
    *,
    adaptive: bool,
) -> Run:
    """Take the test to its last question; note where it was precise."""
    record = Record(ledger.newcomer())
    codes = {each.competency for each in questions}
    left, count = list(questions), 0
    needed = dict.fromkeys(ERRORS, inf)
    Random(seed).shuffle(left)  # noqa: S311  (no secret)
    usual: tuple[float, list[bool | None]] = (0.0, [])
    while left:
        chosen = next_question(ledger, record.person, left, f"{seed}/{count}")
        each = chosen if adaptive and chosen else left[0]
        left.remove(each)
        ledger.update(record.person, answered(person, each))
        record.tallies.setdefault(each.competency, Tally()).count += 1
        count += 1
        now = error(ledger, record.person, codes, 0.0)
        needed |= {e: min(needed[e], count) for e in ERRORS if now <= e}
        if count == USUAL_ITEMS:
            usual = (now, said(person, record, ledger))
        if count >= USUAL_ITEMS and now <= min(ERRORS):
            break
    verdicts = usual[1]
    return Run(
        needed,
        usual[0],
        verdicts.count(True),
        verdicts.count(False),
        verdicts.count(None),
    )


def said(person: Person, record: Record, ledger: Ledger) -> list[bool | None]:
    """Tell for each competency whether what is said is so; None where nothing is."""
    found: list[bool | None] = []
    for code, share in person.shares.items():
        told = advice(standing_of(record, code, Judge(ledger, ()), 0.0))
        if told in {Advice.SKIP, Advice.LEARN}:
            found.append((told is Advice.SKIP) == (share >= SHARE))
        else:
            found.append(None)
    return found


def measured(line: str, people: int, *, calibrated: bool) -> Iterator[Limit]:
    """Let people take the test of a line both ways."""
    questions = pool(line)
    runs: dict[bool, list[Run]] = {True: [], False: []}
    for number in range(people):
        person, known = made(questions, number)
        facts = known if calibrated else unknown(DEFAULTS)
        ledger = Ledger(placing(DEFAULTS), facts)
        for adaptive, found in runs.items():
            found.append(
                taken(person, questions, ledger, f"{number}", adaptive=adaptive)
            )
    yield Limit("题数", len(questions))
    for adaptive, found in runs.items():
        how = "按答案挑" if adaptive else "随机次序"
        told = sum(run.right + run.wrong for run in found)
        everything = told + sum(run.undecided for run in found)
        for wanted in ERRORS:
            needed = [run.needed[wanted] for run in found]
            yield Limit(f"{how}：到 {wanted} 的题数，中位", percentile(needed, 50))
            yield Limit(f"{how}：到 {wanted} 的题数，p90", percentile(needed, 90))
        yield Limit(f"{how}：{USUAL_ITEMS} 题后误差", fmean(r.error for r in found))
        yield Limit(f"{how}：说得准的能力项（%）", 100 * told / everything)
        yield Limit(f"{how}：其中说错（%）", 100 * sum(r.wrong for r in found) / told)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    count = parser.parse_args().people
    for line in LINES:
        for known in (False, True):
            how = "题目难度已知" if known else "题目难度未知"
            report(f"摸底测验：{line}，{how}", measured(line, count, calibrated=known))
