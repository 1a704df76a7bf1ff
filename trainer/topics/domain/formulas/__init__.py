"""Calculations that run beside an answer (试算); pure.

A formula reads what was typed, takes the parameters in force on the business day
from the tables that live here and nowhere else, and explains its result in
Chinese. Articles name formulas by code.

Amounts are ``Decimal`` yuan, rounded half up to the cent (0.01 yuan) at the end;
rates are percent a year; days are the centre's calendar.
"""

from __future__ import annotations

from collections.abc import Mapping

from trainer.topics.domain.formulas.deposit import MONTHLY_DEPOSIT
from trainer.topics.domain.formulas.formula import Formula
from trainer.topics.domain.formulas.loans import INSTALMENT
from trainer.topics.domain.formulas.loans import TOTAL_INTEREST
from trainer.topics.domain.formulas.quota import QUOTA
from trainer.topics.domain.formulas.repaid import REPAID
from trainer.topics.domain.formulas.sealed import SEALED_MONTHS

FORMULAS: Mapping[str, Formula] = {
    formula.code: formula
    for formula in (
        INSTALMENT,
        TOTAL_INTEREST,
        QUOTA,
        SEALED_MONTHS,
        REPAID,
        MONTHLY_DEPOSIT,
    )
}
"""All formulas by code."""
