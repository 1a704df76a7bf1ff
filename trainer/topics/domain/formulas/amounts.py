"""Rounding and writing of amounts and rates."""

from __future__ import annotations

from decimal import ROUND_HALF_UP
from decimal import Decimal

from trainer.core.wording import N_

CENT = Decimal("0.01")
"""Smallest amount of money, in yuan."""

_RATE_DECIMALS = 2


def cent(amount: Decimal) -> Decimal:
    """Round half up to the cent."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def yuan(amount: Decimal) -> str:
    """Write an amount: ``4,270.16 元``."""
    return N_("{amount:,.2f} 元", amount=cent(amount))


def percent(rate: Decimal) -> str:
    """Write a rate with at least two decimals: ``2.60%``, ``3.075%``."""
    exponent = rate.normalize().as_tuple().exponent
    decimals = max(_RATE_DECIMALS, -exponent if isinstance(exponent, int) else 0)
    return f"{rate:.{decimals}f}%"
