"""What the ledger costs, and how honest it is: ``python -m bench.competence``.

Rebuilding 2,000 people of 1,000 facts each, person after person as the site does it,
beside a plain loop in the same run, taking turns: the same arithmetic on a handful of
numbers that are written out, without people, competencies or questions to look up; it
knows no way to be less than that. Times are those of the processor. Memory is what all rebuilt people together take, as
tracemalloc counts it, from a tenth of them.

Then made-up worlds (``trainer competence synthetic``): how often the 90 % interval
holds the true share, in worlds as the model believes them to be and in others.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Iterator
from math import exp
from math import log1p
from math import pi
from math import sqrt
from random import Random
from statistics import fmean

from bench.measure import Limit
from bench.measure import percentile
from bench.measure import report
from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.evaluation.honesty import honesty
from trainer.competence.domain.evaluation.synthetic import Recipe
from trainer.competence.domain.evaluation.synthetic import Shape
from trainer.competence.domain.evaluation.synthetic import made_up
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Seen
from trainer.competence.domain.ledger import replayed

FACTS = 1000
SKILLS, ITEMS = 36, 30
"""Competencies as the framework has them, and questions of each."""

LIMIT = 50.0
"""Microseconds of an update."""

FAR = 3.0
"""Percentage points that the share of intervals holding the truth may be from 90."""

SEEDS = range(20)


def history(person: int) -> list[Seen]:
    """Give the facts of a person: four years, some competencies more than others."""
    random = Random(person)  # noqa: S311  (no secret)
    day, found = 0.0, []
    for _ in range(FACTS):
        day += random.expovariate(1 / 1.5)
        skill = min(int(random.expovariate(1 / 9)), SKILLS - 1)
        found.append(
            Seen(
                competencies=(f"P{skill}",),
                item=f"bank{skill}#q{random.randrange(ITEMS)}",
                day=day,
                outcome=float(random.random() < 0.75),
                guess=0.22,
                slip=0.04,
            )
        )
    return found


def plain(seen: list[Seen]) -> float:
    """Update three numbers and their variances by each fact, and nothing else."""
    c, last = DEFAULTS, 0.0
    general, skill, met = 0.0, 0.0, 0.0
    v_general, v_skill, v_met = c.person, c.skill, c.familiarity
    for n, each in enumerate(seen):
        lost = c.forgetting * log1p((each.day - last) / c.pace)
        eta = c.mean + general + skill + met - lost
        variance = v_general + v_skill + v_met
        shrunk = 1 / sqrt(1 + pi / 8 * variance)
        known = 1 / (1 + exp(-shrunk * eta))
        span = 1 - each.guess - each.slip
        likely = each.guess + span * known
        slope = span * shrunk * known * (1 - known)
        spread = likely * (1 - likely)
        score = ((each.outcome or 0.0) - likely) * slope / spread
        curve = slope * slope / spread
        general += v_general * score
        skill += v_skill * score + c.gain_right / (1 + n)
        met += v_met * score + c.met_right / (1 + n)
        v_general += c.person_noise - v_general * v_general * curve
        v_skill += c.skill_noise - v_skill * v_skill * curve
        v_met += c.familiarity_noise - v_met * v_met * curve
        last = each.day
    return general + skill + met


def rebuild(people: int) -> Iterator[Limit]:
    """Rebuild everybody, both ways."""
    ledger = Ledger()
    ours, theirs = [], []
    for person in range(people):
        seen = history(person)
        start = time.process_time()
        replayed(ledger, seen)
        between = time.process_time()
        plain(seen)
        ours.append(between - start)
        theirs.append(time.process_time() - between)
    each = 1e6 / FACTS
    yield Limit(f"重算 {people:,} 人（秒）", sum(ours))
    yield Limit("更新一次，中位（微秒）", percentile(ours, 50) * each, most=LIMIT)
    yield Limit("更新一次，最慢的人 p95", percentile(ours, 95) * each, most=LIMIT)
    yield Limit("只有算式的循环（微秒）", percentile(theirs, 50) * each)
    yield Limit("我们 / 只有算式", sum(ours) / sum(theirs))
    yield Limit("全部的人在内存里（MiB）", memory(ledger, people))


def memory(ledger: Ledger, people: int) -> float:
    """Give the MiB of all rebuilt people, from a tenth of them."""
    some = max(1, people // 10)
    tracemalloc.start()
    kept = [replayed(ledger, history(person)) for person in range(some)]
    there = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return there / 2**20 * people / len(kept)


def worlds(shape: Shape) -> Iterator[Limit]:
    """Compare intervals with the truth, in percent; a limit only for the own world."""
    for people, answers in ((50, 15), (50, 60), (100, 40)):
        recipe = Recipe(people=people, answers=answers, shape=shape)
        found = [honesty(made_up(recipe, seed)) for seed in SEEDS]
        name = f"{people} 人 × {answers} 次"
        covered = 100 * fmean(each.covered for each in found)
        most = FAR if shape is Shape.MODEL else None
        yield Limit(f"{name}：含真值", covered)
        yield Limit(f"{name}：与 90 相差", abs(covered - 90), most=most)
        yield Limit(f"{name}：平均偏差", 100 * fmean(each.bias for each in found))
        yield Limit(f"{name}：均方根误差", 100 * fmean(each.error for each in found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    count = parser.parse_args().people
    report(f"能力账本（每人 {FACTS:,} 条记录）", rebuild(count))
    report("90% 区间（%），与模型的设想一致的世界", worlds(Shape.MODEL))
    report("90% 区间（%），与模型的设想不一致的世界", worlds(Shape.OTHER))
