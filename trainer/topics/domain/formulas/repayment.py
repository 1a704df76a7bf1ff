"""The arithmetic of repaying a loan month by month.

Terms:
    equal payment (等额本息): the same payment every month.
    equal principal (等额本金): the same principal every month, interest falls.

``P`` principal in yuan, ``i`` monthly rate = annual percent / 1200, ``n`` months:
payment = P i (1+i)^n / ((1+i)^n - 1); interest of month k with equal principal
= (P - P (k-1)/n) i. Functions give unrounded amounts unless they say otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from decimal import localcontext
from enum import StrEnum

from trainer.core.wording import N_
from trainer.topics.domain.formulas.amounts import cent

MONTHS = 12
_DIGITS = 40


class Method(StrEnum):
    """How a loan is repaid."""

    EQUAL_PAYMENT = "equal-payment"
    EQUAL_PRINCIPAL = "equal-principal"

    @property
    def label(self) -> str:
        """The word on the page."""
        return N_("等额本息") if self is Method.EQUAL_PAYMENT else N_("等额本金")


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is due in one month, in yuan, rounded to the cent."""

    principal: Decimal
    interest: Decimal


def monthly_rate(annual: Decimal) -> Decimal:
    """Turn percent a year into a monthly rate."""
    return annual / (100 * MONTHS)


def payment(principal: Decimal, annual: Decimal, months: int) -> Decimal:
    """Monthly equal payment."""
    with localcontext(prec=_DIGITS):
        return principal * _share(annual, months)


def principal_for(monthly: Decimal, annual: Decimal, months: int) -> Decimal:
    """Principal that a monthly equal payment repays."""
    with localcontext(prec=_DIGITS):
        return monthly / _share(annual, months)


def equal_payment_interest(principal: Decimal, annual: Decimal, months: int) -> Decimal:
    """Total interest with equal payments."""
    with localcontext(prec=_DIGITS):
        return payment(principal, annual, months) * months - principal


def equal_principal_interest(
    principal: Decimal, annual: Decimal, months: int
) -> Decimal:
    """Total interest with equal principal: P i (n+1) / 2."""
    with localcontext(prec=_DIGITS):
        return principal * monthly_rate(annual) * (months + 1) / 2


def schedule(
    principal: Decimal, rates: Sequence[Decimal], method: Method
) -> list[Instalment]:
    """Lay out all instalments, each rounded to the cent; the last settles the rest.

    Args:
        principal: Amount lent, in yuan.
        rates: Percent a year of every month, first to last; where it changes, the
            equal payment is set anew for what is left of principal and months.
        method: How the loan is repaid.
    """
    balance = principal
    monthly = Decimal(0)
    laid: list[Instalment] = []
    for month, annual in enumerate(rates):
        left = len(rates) - month
        interest = cent(balance * monthly_rate(annual))
        if method is Method.EQUAL_PRINCIPAL:
            part = cent(principal / len(rates))
        else:
            if month == 0 or annual != rates[month - 1]:
                monthly = cent(payment(balance, annual, left))
            part = monthly - interest
        part = balance if left == 1 else min(part, balance)
        laid.append(Instalment(part, interest))
        balance -= part
    return laid


def _share(annual: Decimal, months: int) -> Decimal:
    """Equal payment of one yuan."""
    rate = monthly_rate(annual)
    if not rate:
        return Decimal(1) / months
    growth = (1 + rate) ** months
    return rate * growth / (growth - 1)
