"""The formulas as a clerk runs them: what is typed, on which day, what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.topics.domain.formulas import FORMULAS
from trainer.topics.domain.formulas.formula import InputMistake
from trainer.topics.domain.formulas.formula import Outcome
from trainer.topics.domain.formulas.formula import Refusal
from trainer.topics.domain.formulas.formula import Row
from trainer.topics.domain.formulas.inputs import InputKind

TODAY = date(2026, 9, 20)
LOAN = {"principal": "100万", "years": "30", "home": "first"}
QUOTA = {
    "applicants": "single",
    "balance": "4万",
    "family_income": "2万",
    "years": "30",
    "home": "first",
}
COUPLE = {"applicants": "couple", "family_income": "9000", "years": "20"}
REPAID = {
    **LOAN,
    "method": "equal-payment",
    "lent_on": "2025-06-01",
    "first_due_on": "2025-07-20",
}
DEPOSIT = {"base": "10000", "unit_ratio": "12", "own_ratio": "12"}
GOOD = {
    "loan-instalment": LOAN,
    "total-interest": LOAN,
    "loan-quota": QUOTA,
    "sealed-months": {"sealed_on": "2025-08-01"},
    "repaid-last-twelve-months": REPAID,
    "monthly-deposit": DEPOSIT,
}


def ran(code: str, written: Mapping[str, str], on: date = TODAY) -> Outcome:
    outcome = FORMULAS[code].run(written, on)
    assert isinstance(outcome, Outcome), outcome
    return outcome


def refused(
    code: str, written: Mapping[str, str], on: date = TODAY
) -> tuple[InputMistake, ...]:
    refusal = FORMULAS[code].run(written, on)
    assert isinstance(refusal, Refusal), refusal
    return refusal.mistakes


def row(outcome: Outcome, label: str) -> Row:
    (found,) = (one for one in outcome.rows if one.label == label)
    return found


def test_the_codes_are_those_that_articles_name() -> None:
    assert set(FORMULAS) == set(GOOD)


@pytest.mark.parametrize("code", GOOD)
def test_every_formula_explains_itself_and_names_its_sources(code: str) -> None:
    outcome = ran(code, GOOD[code])
    assert outcome.headline
    assert outcome.rows
    assert outcome.steps
    assert outcome.sources
    assert all(v.summary for s in FORMULAS[code].parameters for v in s.versions)


@pytest.mark.parametrize("code", GOOD)
def test_the_day_before_the_first_version_is_refused(code: str) -> None:
    first = FORMULAS[code].first_day
    assert first is not None
    written = {
        **GOOD[code],
        "sealed_on": str(first),
        "lent_on": str(first),
        "first_due_on": str(first + timedelta(20)),
    }
    ran(code, written, first)
    (mistake,) = refused(code, written, first - timedelta(1))
    assert mistake.name == ""
    assert f"从 {first} 起才有数据" in mistake.message
    assert "业务日期" in mistake.message


@pytest.mark.parametrize("code", GOOD)
def test_versions_are_in_order_and_defaults_are_accepted(code: str) -> None:
    for series in FORMULAS[code].parameters:
        starts = [version.effective_from for version in series.versions]
        assert starts == sorted(set(starts))
    for asked in FORMULAS[code].inputs:
        if asked.default:
            asked.read(asked.default)


@pytest.mark.parametrize("code", GOOD)
def test_nothing_typed_is_a_mistake_for_each_required_input(code: str) -> None:
    required = [asked.name for asked in FORMULAS[code].inputs if asked.required]
    assert [mistake.name for mistake in refused(code, {})] == required


@pytest.mark.parametrize(
    ("on", "years", "home", "rate"),
    [
        ("2022-09-30", "6", "first", "3.25%"),
        ("2022-10-01", "5", "first", "2.60%"),
        ("2022-10-01", "6", "second", "3.575%"),
        ("2024-05-17", "6", "first", "3.10%"),
        ("2024-05-18", "5", "second", "2.775%"),
        ("2025-05-07", "6", "first", "2.85%"),
        ("2025-05-08", "5", "first", "2.10%"),
        ("2025-05-08", "6", "second", "3.075%"),
    ],
)
def test_the_rate_is_the_one_of_the_day_the_home_and_the_term(
    on: str, years: str, home: str, rate: str
) -> None:
    outcome = ran(
        "loan-instalment",
        {"principal": "50万", "years": years, "home": home},
        date.fromisoformat(on),
    )
    assert row(outcome, "年利率").value == rate


def test_instalments_of_both_methods() -> None:
    outcome = ran("loan-instalment", LOAN)
    assert outcome.value == Decimal("4003.40")
    # 1,000,000 / 360 = 2,777.78; interest of the first month 2,166.67; falls by 6.02.
    assert row(outcome, "等额本金：首月").value == "4,944.44 元"
    assert row(outcome, "等额本金：每月递减").value == "6.02 元"
    assert row(outcome, "等额本金：末月").value == "2,783.80 元"


def test_a_typed_rate_takes_the_place_of_the_table() -> None:
    outcome = ran("loan-instalment", {**LOAN, "rate": "3.1"})
    assert outcome.value == Decimal("4270.16")
    assert outcome.sources == ()


def test_the_rate_of_a_second_home_is_said_to_be_a_floor() -> None:
    outcome = ran("loan-instalment", {**LOAN, "home": "second"})
    assert outcome.value == Decimal("4256.60")
    assert any("下限" in warning for warning in outcome.warnings)
    assert outcome.sources[0].cite == "loan-rates#second-home"
    low = ran("loan-instalment", {**LOAN, "home": "second", "rate": "2.6"})
    assert any("低于 2026-09-20 第二套的下限 3.075%" in w for w in low.warnings)


def test_rates_known_from_memory_only_are_marked() -> None:
    outcome = ran("loan-instalment", LOAN, date(2020, 1, 1))
    assert outcome.sources[0].is_unverified
    assert any("待核实" in warning for warning in outcome.warnings)
    assert not ran("loan-instalment", LOAN).sources[0].is_unverified


def test_total_interest_of_both_methods() -> None:
    outcome = ran("total-interest", LOAN)
    # Equal principal: 1,000,000 x .026 / 12 x 361 / 2.
    assert row(outcome, "等额本金：总利息").value == "391,083.33 元"
    assert outcome.value == Decimal("441222.96")
    assert "相差 50,139.63 元" in outcome.headline


@pytest.mark.parametrize(
    ("changed", "value", "deciding"),
    [
        ({"balance": "2万"}, "400000", ["余额倍数"]),
        ({"balance": "8000"}, "200000", ["余额倍数"]),
        ({"balance": "4万"}, "600000", ["最高限额"]),
        ({"balance": "3万"}, "600000", ["余额倍数", "最高限额"]),
        # 5,000 x 40 % = 2,000 a month; 2,000 / 4,003.40 x 1,000,000 = 499,575.
        ({"family_income": "5000"}, "499575.72", ["还款能力"]),
        ({"family_income": "0"}, "0", ["还款能力"]),
        # 40,000 and 10,000 for the empty account: exactly the cap of a couple.
        (
            {"applicants": "couple", "spouse_balance": "0"},
            "1000000",
            ["余额倍数", "最高限额"],
        ),
        ({"applicants": "couple", "spouse_balance": "5万"}, "1000000", ["最高限额"]),
    ],
)
def test_the_lowest_limit_decides_the_quota(
    changed: dict[str, str], value: str, deciding: list[str]
) -> None:
    outcome = ran("loan-quota", {**QUOTA, **changed})
    assert outcome.value == Decimal(value)
    assert [one.label for one in outcome.rows if one.decides] == deciding
    assert any("虚构" in warning for warning in outcome.warnings)


@pytest.mark.parametrize(
    ("changed", "value", "ability"),
    [
        ({"balance": "45000", "family_income": "8000"}, 600_000, 799_321),
        ({**COUPLE, "balance": "8000", "spouse_balance": "1500"}, 400_000, 673_163),
        ({**COUPLE, "balance": "40000", "spouse_balance": "25000"}, 673_163, 673_163),
    ],
)
def test_the_examples_of_the_article_sample_loan_quota(
    changed: dict[str, str], value: int, ability: int
) -> None:
    outcome = ran("loan-quota", {**QUOTA, **changed})
    # The article drops what is below one yuan.
    assert int(outcome.value) == value
    assert row(outcome, "还款能力").value.startswith(f"{ability:,}.")


def test_a_couple_must_say_what_the_spouse_has() -> None:
    (mistake,) = refused("loan-quota", {**QUOTA, "applicants": "couple"})
    assert mistake.name == "spouse_balance"
    assert "填 0" in mistake.message


def test_the_instalment_of_an_affordable_quota_is_affordable() -> None:
    outcome = ran("loan-quota", {**QUOTA, "family_income": "5000"})
    loan = {**LOAN, "principal": str(outcome.value)}
    assert ran("loan-instalment", loan).value == Decimal("2000.00")


@pytest.mark.parametrize(
    ("on", "months", "words"),
    [
        ("2026-01-28", 5, "不满 6 个月，2026-02-01 才满"),
        ("2026-01-31", 5, "不满 6 个月"),
        ("2026-02-01", 6, "已满 6 个月"),
        ("2025-08-01", 0, "不满 6 个月"),
    ],
)
def test_sealed_months(on: str, months: int, words: str) -> None:
    outcome = ran("sealed-months", {"sealed_on": "2025-08-01"}, date.fromisoformat(on))
    assert outcome.value == months
    assert words in outcome.headline


def test_sealing_after_the_business_day_is_refused() -> None:
    (mistake,) = refused("sealed-months", {"sealed_on": "2026-09-21"})
    assert mistake.name == "sealed_on"
    assert "晚于业务日期 2026-09-20" in mistake.message


@pytest.mark.parametrize(
    ("on", "periods", "value"),
    [
        ("2025-07-19", 0, "0"),
        ("2025-07-20", 1, "4003.40"),
        ("2026-06-20", 12, "48040.80"),
        ("2026-09-20", 12, "48040.80"),
    ],
)
def test_what_was_due_in_the_last_twelve_months(
    on: str, periods: int, value: str
) -> None:
    outcome = ran("repaid-last-twelve-months", REPAID, date.fromisoformat(on))
    assert outcome.value == Decimal(value)
    assert f"（{periods} 期）" in outcome.headline


def test_equal_principal_in_the_last_twelve_months_by_hand() -> None:
    # The first year of 1,200,000 over 10 years at 3 %: 12 x 10,000 of principal and
    # 3,000 + 2,975 + ... + 2,725 = 34,350 of interest.
    written = {
        **REPAID,
        "principal": "120万",
        "years": "10",
        "rate": "3",
        "method": "equal-principal",
    }
    outcome = ran("repaid-last-twelve-months", written, date(2026, 6, 20))
    assert outcome.value == 154_350
    assert row(outcome, "剩余本金").value == "1,080,000.00 元"


def test_a_loan_takes_the_rate_of_each_first_of_january() -> None:
    # Lent at 2.85; cut to 2.60 on 2025-05-08, which reaches it on 2026-01-01:
    # eleven times 4,135.57, then 4,007.70 (computed apart, in floating point).
    written = {**REPAID, "lent_on": "2024-10-15", "first_due_on": "2024-11-20"}
    outcome = ran("repaid-last-twelve-months", written, date(2026, 1, 31))
    assert outcome.value == 11 * Decimal("4135.57") + Decimal("4007.70")
    assert row(outcome, "年利率").value == "2.85%、2.60%"
    assert any("待核实" in warning for warning in outcome.warnings)


def test_a_loan_of_one_year_keeps_its_rate_and_a_year_later_nothing_is_due() -> None:
    written = {
        **REPAID,
        "years": "1",
        "lent_on": "2024-04-15",
        "first_due_on": "2024-05-20",
    }
    outcome = ran("repaid-last-twelve-months", written, date(2025, 4, 20))
    assert row(outcome, "年利率").value == "2.60%"
    assert row(outcome, "剩余本金").value == "0.00 元"
    assert (
        "（1 期）"
        in ran("repaid-last-twelve-months", written, date(2026, 4, 19)).headline
    )
    assert (
        "（0 期）"
        in ran("repaid-last-twelve-months", written, date(2026, 4, 20)).headline
    )


def test_month_ends_never_make_a_thirteenth_instalment() -> None:
    written = {**REPAID, "lent_on": "2023-01-31", "first_due_on": "2023-03-31"}
    outcome = ran("repaid-last-twelve-months", written, date(2025, 2, 28))
    assert "（12 期）" in outcome.headline


@pytest.mark.parametrize(
    ("changed", "name", "words"),
    [
        ({"lent_on": "2026-09-21"}, "lent_on", "晚于业务日期"),
        ({"first_due_on": "2025-06-01"}, "first_due_on", "放款日之后"),
        ({"first_due_on": "2025-09-01"}, "first_due_on", "最晚 2025-08-02"),
        (
            {"lent_on": "2015-08-25", "first_due_on": "2015-09-20"},
            "rate",
            "请填写执行年利率",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused(
    changed: dict[str, str], name: str, words: str
) -> None:
    (mistake,) = refused("repaid-last-twelve-months", {**REPAID, **changed})
    assert mistake.name == name
    assert words in mistake.message


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ({}, "2400"),
        ({"own_ratio": "5"}, "1700"),
        # 8,333.25 x 5 % = 416.6625, each side rounded to 416.66.
        ({"base": "8333.25", "unit_ratio": "5", "own_ratio": "5"}, "833.32"),
        # Of the article sample-city-limits.
        ({"base": "9563", "unit_ratio": "7", "own_ratio": "7"}, "1338.82"),
        ({"base_ceiling": "9000"}, "2160"),
        ({"base_floor": "11000"}, "2640"),
        ({"base_floor": "2000", "base_ceiling": "30000"}, "2400"),
    ],
)
def test_monthly_deposit(changed: dict[str, str], value: str) -> None:
    assert ran("monthly-deposit", {**DEPOSIT, **changed}).value == Decimal(value)


def test_a_ratio_above_the_ceiling_is_refused_and_one_below_the_floor_is_warned() -> (
    None
):
    (mistake,) = refused("monthly-deposit", {**DEPOSIT, "own_ratio": "12.5"})
    assert mistake.name == "own_ratio"
    assert "超过上限 12.00%" in mistake.message
    outcome = ran("monthly-deposit", {**DEPOSIT, "unit_ratio": "3"})
    assert any("须经批准" in warning for warning in outcome.warnings)


def test_bounds_of_the_base_the_wrong_way_round_are_refused() -> None:
    written = {**DEPOSIT, "base_floor": "9000", "base_ceiling": "2000"}
    assert [m.name for m in refused("monthly-deposit", written)] == ["base_floor"]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_whatever_is_typed_gives_an_outcome_or_sentences(data: st.DataObject) -> None:
    formula = FORMULAS[data.draw(st.sampled_from(sorted(FORMULAS)))]
    written = {}
    for asked in formula.inputs:
        values = st.sampled_from(["1", "12", "30", "5000", "50万", "9" * 20, "-1", "x"])
        if asked.kind is InputKind.CHOICE:
            values = st.sampled_from([choice.value for choice in asked.choices])
        if asked.kind is InputKind.DAY:
            values = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(str)
        written[asked.name] = data.draw(values)
    result = formula.run(written, data.draw(st.dates()))
    if isinstance(result, Refusal):
        assert result.mistakes
        assert all(mistake.message for mistake in result.mistakes)
    else:
        assert result.headline
