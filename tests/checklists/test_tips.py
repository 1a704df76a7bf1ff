"""Which few items a clerk sees at a step."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.checklists.lists import HEADER
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from trainer.checklists.domain.checklist import Severity
from trainer.checklists.domain.checklist import parse
from trainer.checklists.domain.listing import kept
from trainer.checklists.domain.listing import read_back
from trainer.checklists.domain.situation import Aspect
from trainer.checklists.domain.situation import Situation
from trainer.checklists.domain.tips import MOST
from trainer.checklists.domain.tips import Standing
from trainer.checklists.domain.tips import Tip
from trainer.checklists.domain.tips import at_step
from trainer.checklists.domain.tips import chosen

NOTHING = Situation()
NOBODY = Standing()


def tips(*items: str) -> list[Tip]:
    parsed = parse(HEADER + "".join(items)).checklist
    assert parsed is not None
    return [Tip("list", 7, each) for each in read_back(kept(parsed.items))]


LISTED = tips(item("some"))[0].item


def ids(found: list[Tip]) -> list[str]:
    return [tip.item.id for tip in found]


def test_the_worst_come_first_and_equals_keep_their_order() -> None:
    found = tips(
        item("hint", severity="tip"),
        item("first", severity="error"),
        item("ban", severity="ban"),
        item("second", severity="error"),
        item("risk", severity="risk"),
    )
    order = ids(chosen(found, NOTHING, NOBODY))
    assert order == ["ban", "risk", "first", "second", "hint"]


def test_what_contradicts_the_case_is_left_out_and_what_fits_comes_first() -> None:
    found = tips(
        item("always"),
        item("heirs", when="{person: [heir]}"),
        item("agents", when="{person: [agent]}"),
    )
    case = Situation(codes={Aspect.PERSON: "agent"})
    assert ids(chosen(found, case, NOBODY)) == ["agents", "always"]
    assert ids(chosen(found, NOTHING, NOBODY)) == ["always", "heirs", "agents"]


def test_a_clerk_sees_first_what_he_lately_got_wrong() -> None:
    found = tips(
        item("other", cites="[loan-rates#rates]", competency="F1"),
        item("near", cites="[loan-rates#rates]", competency="P5"),
        item("same", cites="[rent-withdrawal#conditions]", competency="P5"),
    )
    standing = Standing(
        clauses=frozenset({("rent-withdrawal", "conditions")}),
        competencies=frozenset({"P5"}),
    )
    assert ids(chosen(found, NOTHING, standing)) == ["same", "near", "other"]


def test_weak_points_count_less_than_a_prohibition() -> None:
    found = tips(
        item("weak", severity="tip", competency="P6"), item("ban", severity="ban")
    )
    standing = Standing(weakness={"P6": 1.0})
    assert ids(chosen(found, NOTHING, standing)) == ["ban", "weak"]


def test_only_the_business_and_the_step_asked_for() -> None:
    found = tips(item("here"), item("later", step="review"))
    assert ids(at_step(found, "withdraw.rent", "verify")) == ["here"]
    assert ids(at_step(found, "withdraw.rent", "")) == ["here", "later"]
    assert at_step(found, "loan.rate", "verify") == []


@given(
    st.lists(st.sampled_from(["tip", "error", "risk", "ban"]), min_size=1, max_size=12),
    st.integers(1, MOST),
)
def test_never_more_than_asked_and_never_a_milder_one_instead(
    severities: list[str], most: int
) -> None:
    found = [
        Tip("list", 7, replace(LISTED, id=f"i{n}", severity=Severity(told)))
        for n, told in enumerate(severities)
    ]
    few = chosen(found, NOTHING, NOBODY, most)
    assert len(few) == min(most, len(found))
    left = [tip for tip in found if tip not in few]
    mildest = min(tip.item.severity.rank for tip in few)
    assert all(tip.item.severity.rank <= mildest for tip in left)


def test_the_example_of_the_format_is_read() -> None:
    assert parse(checklist()).checklist is not None
