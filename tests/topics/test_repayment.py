"""The arithmetic of loans and of calendar months."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.topics.domain.formulas import repayment
from trainer.topics.domain.formulas.amounts import cent
from trainer.topics.domain.formulas.amounts import percent
from trainer.topics.domain.formulas.amounts import yuan
from trainer.topics.domain.formulas.calendar_months import full_months
from trainer.topics.domain.formulas.calendar_months import months_after
from trainer.topics.domain.formulas.repayment import Method

MILLION = Decimal(1_000_000)
amounts = st.integers(1000, 10_000_000).map(Decimal)
annual = st.decimals(Decimal("0.1"), Decimal(12), places=3)
years = st.integers(1, 30)
days = st.dates(date(1991, 1, 1), date(2099, 12, 31))
few = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize(
    ("principal", "rate", "months", "expected"),
    [
        (MILLION, "3.10", 360, "4270.16"),
        (MILLION, "2.85", 360, "4135.57"),
        (MILLION, "2.60", 360, "4003.40"),
        (MILLION, "3.075", 360, "4256.60"),
        (Decimal(500_000), "2.60", 240, "2673.94"),
        (Decimal(1200), "12", 1, "1212.00"),
        (Decimal(1200), "0", 12, "100.00"),
    ],
)
def test_published_equal_payments(
    principal: Decimal, rate: str, months: int, expected: str
) -> None:
    assert cent(repayment.payment(principal, Decimal(rate), months)) == Decimal(
        expected
    )


def test_the_rate_cuts_save_what_the_headlines_said() -> None:
    before, then, now = (
        repayment.equal_payment_interest(MILLION, Decimal(rate), 360)
        for rate in ("3.10", "2.85", "2.60")
    )
    assert round(before - then) == 48_452
    assert round(then - now) == 47_584
    monthly = [repayment.payment(MILLION, Decimal(r), 360) for r in ("2.85", "2.60")]
    assert cent(monthly[0] - monthly[1]) == Decimal("132.18")


def test_equal_principal_by_hand() -> None:
    # 12,000 at 1 % a month over 12 months: 1,000 and 120, 110, ... 10 of interest.
    laid = repayment.schedule(
        Decimal(12_000), [Decimal(12)] * 12, Method.EQUAL_PRINCIPAL
    )
    assert [one.interest for one in laid] == [Decimal(10 * k) for k in range(12, 0, -1)]
    assert {one.principal for one in laid} == {Decimal(1000)}
    total = repayment.equal_principal_interest(Decimal(12_000), Decimal(12), 12)
    assert total == 780


def test_a_new_rate_sets_the_equal_payment_anew_for_the_rest() -> None:
    # 10,000 over 2 months. At 12 %: 5,075.12 = 100.00 interest + 4,975.12.
    # The rest of 5,024.88 at 6 % for one month: 25.12 of interest.
    laid = repayment.schedule(
        Decimal(10_000), [Decimal(12), Decimal(6)], Method.EQUAL_PAYMENT
    )
    assert [(str(one.principal), str(one.interest)) for one in laid] == [
        ("4975.12", "100.00"),
        ("5024.88", "25.12"),
    ]


def test_a_payment_rounded_up_ends_a_small_loan_early_and_never_overpays() -> None:
    # 10.2861 a month rounded to 10.29: the surplus grows to more than a payment.
    laid = repayment.schedule(Decimal(1000), [Decimal(12)] * 360, Method.EQUAL_PAYMENT)
    assert sum(one.principal for one in laid) == 1000
    assert min(one.principal for one in laid) == 0


@few
@given(amounts, annual, years)
def test_equal_payments_return_the_principal_and_cost_more_than_equal_principal(
    principal: Decimal, rate: Decimal, term: int
) -> None:
    months = term * 12
    even = repayment.equal_payment_interest(principal, rate, months)
    falling = repayment.equal_principal_interest(principal, rate, months)
    assert repayment.payment(principal, rate, months) * months >= principal
    assert 0 < falling <= even


@few
@given(amounts, annual, annual, years)
def test_a_higher_rate_costs_more(
    principal: Decimal, one: Decimal, other: Decimal, term: int
) -> None:
    low, high = sorted((one, other))
    months = term * 12
    for cost in (
        repayment.payment,
        repayment.equal_payment_interest,
        repayment.equal_principal_interest,
    ):
        assert cost(principal, low, months) <= cost(principal, high, months)


@few
@given(amounts, annual, years)
def test_the_principal_for_a_payment_is_the_one_it_repays(
    principal: Decimal, rate: Decimal, term: int
) -> None:
    monthly = repayment.payment(principal, rate, term * 12)
    assert cent(repayment.principal_for(monthly, rate, term * 12)) == principal


@settings(max_examples=25, deadline=None)
@given(amounts, annual, annual, years, st.sampled_from(Method))
def test_a_schedule_returns_exactly_the_principal(
    principal: Decimal, early: Decimal, late: Decimal, term: int, method: Method
) -> None:
    rates = [early] * (term * 4) + [late] * (term * 8)
    laid = repayment.schedule(principal, rates, method)
    assert len(laid) == len(rates)
    assert sum(one.principal for one in laid) == principal
    assert all(one.principal >= 0 and one.interest >= 0 for one in laid)


@settings(max_examples=25, deadline=None)
@given(amounts, annual, years)
def test_a_schedule_costs_what_the_formula_says_but_for_the_rounding(
    principal: Decimal, rate: Decimal, term: int
) -> None:
    months = term * 12
    for method, cost in (
        (Method.EQUAL_PAYMENT, repayment.equal_payment_interest),
        (Method.EQUAL_PRINCIPAL, repayment.equal_principal_interest),
    ):
        laid = repayment.schedule(principal, [rate] * months, method)
        interest = sum(one.interest for one in laid)
        # Half a cent a month, carried with interest for at most 30 years at 12 %.
        assert abs(interest - cost(principal, rate, months)) < Decimal(20)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-08-01", "2026-01-28", 5),
        ("2025-08-01", "2026-01-31", 5),
        ("2025-08-01", "2026-02-01", 6),
        ("2025-08-31", "2025-09-29", 0),
        ("2025-08-31", "2025-09-30", 1),
        ("2025-08-31", "2026-02-27", 5),
        ("2025-08-31", "2026-02-28", 6),
        ("2023-08-31", "2024-02-28", 5),
        ("2023-08-31", "2024-02-29", 6),
        ("2024-02-29", "2025-02-28", 12),
        ("2025-02-28", "2025-03-28", 1),
        ("2026-01-01", "2026-01-01", 0),
        ("2026-02-01", "2026-01-01", 0),
    ],
)
def test_full_months(start: str, end: str, months: int) -> None:
    assert full_months(date.fromisoformat(start), date.fromisoformat(end)) == months


@few
@given(days, st.integers(0, 4000), st.integers(0, 400))
def test_more_days_never_make_fewer_months(start: date, after: int, more: int) -> None:
    end = start + timedelta(after)
    assert full_months(start, end) <= full_months(start, end + timedelta(more))


@few
@given(days, st.integers(0, 360))
def test_a_month_is_full_on_its_day_and_not_before(start: date, months: int) -> None:
    day = months_after(start, months)
    assert full_months(start, day) == months
    if months:
        assert full_months(start, day - timedelta(1)) == months - 1


def test_amounts_are_rounded_half_up_and_written_with_their_unit() -> None:
    assert yuan(Decimal("4270.155")) == "4,270.16 元"
    assert cent(Decimal("0.005")) == Decimal("0.01")
    assert [percent(Decimal(r)) for r in ("2.6", "3.075", "12", "10")] == [
        "2.60%",
        "3.075%",
        "12.00%",
        "10.00%",
    ]
