"""What is believed of a person's competency on a day, with its uncertainty.

For the case mix of a competency (questions spread around its difficulty with some
variance) the share of cases handled correctly is ``pi = sigmoid(k e)`` with e Gaussian
and k = 1 / sqrt(1 + SPREAD variance). What a person knows by having met one question is
not in it: knowing a question by heart is no competence.

Time alone never raises a figure: forgetting lowers the mean, and variance that grows
with time counts only where it lowers the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from trainer.competence.domain.chances import BAND
from trainer.competence.domain.chances import SPREAD
from trainer.competence.domain.chances import averaged
from trainer.competence.domain.chances import logit
from trainer.competence.domain.chances import normal
from trainer.competence.domain.chances import sigmoid
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The sum an estimate is, in log-odds.

    Attributes:
        base: Where an unknown person stands.
        general: What is added for this person.
        skill: What is added for this competency.
        difficulty: What the competency takes away.
        forgotten: What time has taken away, >= 0.
        days: Days without practice; None when there was none.
    """

    base: float
    general: float
    skill: float
    difficulty: float
    forgotten: float
    days: float | None

    @property
    def total(self) -> float:
        """The sum."""
        return self.base + self.general + self.skill - self.difficulty - self.forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What is believed of one person and competency at one moment.

    Attributes:
        code: The competency.
        account: What the mean is the sum of.
        sure: Variance when last practised.
        grown: Variance now, >= ``sure``.
        scale: k, above 0 and at most 1: what the mix of cases does to log-odds.
        count: Observations of it.
    """

    code: str
    account: Account
    sure: float
    grown: float
    scale: float
    count: int

    @property
    def expected(self) -> float:
        """Expected share of cases handled correctly, 0..1: the figure that is shown."""
        k, mean = self.scale, self.account.total
        return averaged(k * mean, k * k * self._variance(mean))

    @property
    def band(self) -> tuple[float, float]:
        """Give the 80 % interval of the share."""
        return self.within(BAND)

    def within(self, deviations: float) -> tuple[float, float]:
        """Give the interval of the share so many standard deviations either side."""
        mean, reach = self.account.total, deviations * sqrt(self.grown)
        return sigmoid(self.scale * (mean - reach)), sigmoid(
            self.scale * (mean + reach)
        )

    def at_least(self, share: float) -> float:
        """Give the probability that the share is at least this, 0 < share < 1."""
        over = self.account.total - logit(share) / self.scale
        return normal(over / sqrt(self._variance(over)))

    def _variance(self, over: float) -> float:
        return self.grown if over > 0 else self.sure


def estimate(ledger: Ledger, person: Person, code: str, at: float) -> Estimate:
    """Give what is believed of a person's competency at a moment, in days."""
    trace = person.skills.get(code)
    there = trace or ledger.beginning(code)
    account = Account(
        base=ledger.questions.mean.mean,
        general=person.general.mean,
        skill=there.mean,
        difficulty=ledger.difficulty(code).mean,
        forgotten=ledger.forgotten(there, at),
        days=there.days(at) if trace and trace.last is not None else None,
    )
    general = person.general.variance
    return Estimate(
        code=code,
        account=account,
        sure=general + there.variance,
        grown=general + ledger.variance(code, there, at),
        scale=1 / sqrt(1 + SPREAD * ledger.spread(code)),
        count=there.count,
    )
