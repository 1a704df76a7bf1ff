"""Items by line, business and step, and those about an article."""

from __future__ import annotations

import pytest

from tests.checklists.lists import AGENT
from tests.checklists.lists import PARENTS
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from trainer.checklists.domain.browsing import About
from trainer.checklists.domain.browsing import ItemFilter
from trainer.checklists.domain.browsing import Tally
from trainer.checklists.domain.browsing import branches
from trainer.checklists.domain.browsing import by_step
from trainer.checklists.domain.browsing import in_steps
from trainer.checklists.domain.browsing import laid_out
from trainer.checklists.domain.browsing import worst_first
from trainer.checklists.domain.checklist import parse
from trainer.checklists.domain.listing import kept
from trainer.checklists.domain.listing import read_back
from trainer.checklists.domain.tips import Tip
from trainer.topics.domain.lines import Business
from trainer.topics.domain.lines import Line
from trainer.topics.domain.lines import Step
from trainer.topics.domain.lines import Topics

RENT = Business("withdraw.rent", "租房提取")
PURCHASE = Business("withdraw.purchase", "购房提取")
QUOTA = Business("loan.quota", "可贷额度")
SPINE = Topics(
    lines=(
        Line("withdraw", "提取", "desk", (PURCHASE, RENT)),
        Line("loan", "贷款", "desk", (QUOTA,)),
    ),
    steps=(Step("receive", "受理", ""), Step("verify", "核验", "")),
)


def tips(*items: str) -> list[Tip]:
    found = parse(checklist(*items)).checklist
    assert found is not None
    return [Tip("list", 1, each) for each in read_back(kept(found.items))]


BOTH = tips(PARENTS, AGENT)
LOAN = item("quota", business="[loan.quota]", severity="ban", step="receive")


def ids(found: list[Tip]) -> list[str]:
    return [tip.item.id for tip in found]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ItemFilter(), ["parents-home", "agent-without-mandate"]),
        (ItemFilter(line="loan"), []),
        (ItemFilter(business="withdraw.purchase"), ["agent-without-mandate"]),
        (ItemFilter(step="verify"), ["parents-home"]),
        (ItemFilter(severity="risk"), ["agent-without-mandate"]),
        (ItemFilter(cause="property"), ["parents-home"]),
        (ItemFilter(words="公证 委托书"), ["agent-without-mandate"]),
        (ItemFilter(words="父母 公证"), []),
    ],
)
def test_a_filter_narrows(wanted: ItemFilter, found: list[str]) -> None:
    assert ids([tip for tip in BOTH if wanted.fits(tip.item)]) == found


def test_an_empty_filter_knows_that_it_is() -> None:
    assert ItemFilter(part=3).is_empty
    assert not ItemFilter(article="rent").is_empty


def test_lines_and_businesses_are_counted_and_the_empty_ones_left_out() -> None:
    [withdraw] = branches(BOTH, SPINE)
    assert withdraw.line == Tally("withdraw", "提取", 2)
    assert withdraw.businesses == (
        Tally("withdraw.purchase", "购房提取", 1),
        Tally("withdraw.rent", "租房提取", 2),
    )
    assert by_step(BOTH, SPINE) == (
        Tally("receive", "受理", 1),
        Tally("verify", "核验", 1),
    )


def test_many_items_stand_by_business_and_step_the_worst_first() -> None:
    worse = item("worse", severity="ban")
    found = laid_out(tips(LOAN, PARENTS, worse, AGENT), ItemFilter(), SPINE)
    assert [(place.business, place.step, tip.item.id) for place, tip in found] == [
        ("withdraw.purchase", "receive", "agent-without-mandate"),
        ("withdraw.rent", "verify", "worse"),
        ("withdraw.rent", "verify", "parents-home"),
        ("loan.quota", "receive", "quota"),
    ]


def test_an_item_stands_under_the_business_that_was_asked_for() -> None:
    [(place, _)] = laid_out(tips(AGENT), ItemFilter(business="withdraw.rent"), SPINE)
    assert place.business == "withdraw.rent"


def test_a_code_nobody_knows_comes_last() -> None:
    strange = item("strange", business="[withdraw.gone]", step="gone")
    found = laid_out(tips(strange, PARENTS), ItemFilter(), SPINE)
    assert [tip.item.id for _, tip in found] == ["parents-home", "strange"]


def test_one_list_is_read_step_by_step_in_its_own_order() -> None:
    items = [tip.item for tip in tips(PARENTS, AGENT, item("also"))]
    assert [
        (step, [i.id for i in found]) for step, found in in_steps(items, SPINE)
    ] == [
        ("receive", ["agent-without-mandate"]),
        ("verify", ["parents-home", "also"]),
    ]


def test_of_an_article_the_worst_come_first_then_what_rests_on_it() -> None:
    about = About("withdrawal-by-agent", ("withdraw.rent",))
    beside = item("beside", severity="risk")
    found = worst_first(tips(LOAN, PARENTS, beside, AGENT), about)
    assert ids(found) == ["agent-without-mandate", "beside", "parents-home"]
