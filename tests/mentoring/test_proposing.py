"""Who could train somebody, and in which order."""

from __future__ import annotations

from trainer.mentoring.domain.proposing import MOST_NEWCOMERS
from trainer.mentoring.domain.proposing import Mentor
from trainer.mentoring.domain.proposing import proposals

NAMES = {"withdraw": "提取", "loan": "贷款"}
EAST, WEST, NEWCOMER = 1, 2, 99


def make_mentor(person: int, *lines: str, **more: object) -> Mentor:
    given = {
        "login": f"m{person}",
        "name": f"老师{person}",
        "site": EAST,
        "site_name": "城东",
        "newcomers": (),
        "trained": 0,
        "alone": 0,
        **more,
    }
    return Mentor(person=person, current=frozenset(lines), **given)  # type: ignore[arg-type]  # by name


def order(*mentors: Mentor, lines: tuple[str, ...] = ("withdraw",)) -> list[int]:
    found = proposals(NEWCOMER, EAST, lines, mentors, NAMES)
    return [each.mentor.person for each in found]


def test_who_is_not_current_is_not_proposed() -> None:
    assert order(
        make_mentor(1), make_mentor(2, "loan"), make_mentor(3, "withdraw")
    ) == [3]


def test_who_has_no_room_is_not_proposed_and_nobody_for_himself() -> None:
    full = make_mentor(1, "withdraw", newcomers=("某",) * MOST_NEWCOMERS)
    assert order(full, make_mentor(NEWCOMER, "withdraw")) == []


def test_lines_come_before_the_site_and_the_site_before_the_load() -> None:
    both = make_mentor(1, "withdraw", "loan", site=WEST, newcomers=("某", "另"))
    busy = make_mentor(2, "withdraw", newcomers=("某",))
    free = make_mentor(3, "withdraw")
    far = make_mentor(4, "withdraw", site=WEST)
    assert order(far, busy, free, both, lines=("withdraw", "loan")) == [1, 3, 2, 4]


def test_earlier_results_order_nobody() -> None:
    lucky = make_mentor(2, "withdraw", trained=9, alone=9)
    assert order(lucky, make_mentor(1, "withdraw", trained=9)) == [1, 2]


def test_without_lines_anybody_current_will_do() -> None:
    assert order(make_mentor(1), make_mentor(2, "loan"), lines=()) == [2]


def test_every_place_is_explained() -> None:
    far = make_mentor(
        *(1, "withdraw"),
        site=WEST,
        site_name="城西",
        newcomers=("某",),
        trained=4,
        alone=3,
    )
    (found,) = proposals(NEWCOMER, EAST, ("withdraw", "loan"), [far], NAMES)
    assert [str(each) for each in found.reasons] == [
        "提取：现行有效",
        "不能带：贷款",
        "在别的网点：城西",
        "现在带 1 人，最多 3 人",
        "以前带过 4 人，其中 3 人已独立",
    ]
