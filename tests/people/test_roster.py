"""Rosters brought in: new, changed, moving, returning, leaving; and taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta
from itertools import repeat
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.databases import statements
from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import SETUP
from tests.factories import SUPERVISOR
from tests.people.places import TODAY
from tests.people.places import make_person
from tests.people.rosters import NEW
from tests.people.rosters import Desk
from tests.people.rosters import kinds
from tests.people.rosters import make_desk
from tests.people.rosters import make_draft
from tests.people.rosters import problems
from trainer.audit.domain.exporting import Export
from trainer.audit.queries import entries
from trainer.core.actor import Actor
from trainer.core.actor import Scope
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.reasons import ReasonTooShortError
from trainer.kit import db
from trainer.people import queries as people
from trainer.people import service as accounts
from trainer.people.domain.accounts import Person
from trainer.people.domain.roles import Role
from trainer.people.domain.roster.commands import Correction
from trainer.people.domain.roster.drafts import KEPT
from trainer.people.domain.roster.drafts import ChangedMeanwhileError
from trainer.people.domain.roster.drafts import State
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.steps import Kind
from trainer.people.domain.secondments import Listed
from trainer.people.models import PersonRow
from trainer.people.models import RosterImportRow
from trainer.people.queries import roster as queries
from trainer.people.service import Housekeeper
from trainer.people.service import roster as service
from trainer.people.service import roster_applying as applying
from trainer.people.service.roster_undoing import CannotBeUndoneError

OLD = {**NEW, "部门": "城东管理部"}
MOVED = {**OLD, "部门": "城西管理部", "派驻开始": "2026-08-01"}
LEFT = {"工号": "w1", "状态": "离开", "离开日期": "2026-08-21", "原因": "期满"}


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return make_desk(engine)


def person(desk: Desk, login: str = "w1") -> Person:
    with db.reading(desk.engine) as session:
        found = people.person_by_login(session, login, reader=SETUP)
    assert found is not None
    return found


def history(desk: Desk, login: str = "w1") -> list[Listed]:
    key = person(desk, login).id
    with db.reading(desk.engine) as session:
        return people.history(session, key, TODAY, reader=SETUP)


def only(desk: Desk, *rows: dict[str, str]) -> Kind:
    """Give what becomes of the one row; fails when it is wrong."""
    plan = desk.plan(desk.upload(*rows))
    assert problems(plan) == []
    (kind,) = kinds(plan)
    return kind


def said(desk: Desk, *rows: dict[str, str]) -> tuple[int, Field, str]:
    """Give the one thing that is wrong."""
    (found,) = problems(desk.plan(desk.upload(*rows)))
    return found


def test_a_new_person_gets_an_account_a_place_and_a_first_password(desk: Desk) -> None:
    key = desk.upload(OLD)
    secrets = desk.confirm(key)
    made = person(desk)
    assert (made.name, made.must_change_password) == ("陈一（虚构）", True)
    assert made.roles == {Role.CLERK}
    (held,) = history(desk)
    assert (held.organisation, held.site) == ("甲银行（虚构）", "城东管理部")
    assert held.secondment.placement.planned_to == date(2027, 1, 1)
    with db.writing(desk.engine) as session:
        checked = accounts.check_password(session, "w1", secrets["w1"].password)
        assert checked.matches
        kept = session.get_one(RosterImportRow, key)
        assert secrets["w1"].password not in f"{kept.journal}{kept.content}"
        told = [(e.verb, e.detail) for e in entries(session)][-1]
    assert told == ("roster.applied", "new=1")


def test_the_same_roster_again_changes_nothing(desk: Desk) -> None:
    desk.bring(NEW, {**NEW, "工号": "w2", "带教": "w1"})
    again = desk.plan(desk.upload({**NEW, "工号": "W1"}, {**NEW, "工号": "w2"}))
    assert kinds(again) == [Kind.UNCHANGED] * 2
    with pytest.raises(TrainerError, match="没有要导入的变化"):
        desk.confirm(desk.upload(NEW))


def test_a_mentor_may_come_with_the_same_roster(desk: Desk) -> None:
    mentor = {**OLD, "工号": "w9", "姓名": "带教一（虚构）", "角色": "带教老师"}
    pupil = {**OLD, "带教": "带教一（虚构）", "接替人": "带教一（w9）"}
    desk.bring(pupil, mentor)
    arranged = history(desk)[0].secondment.placement.arrangement
    assert arranged.mentor == arranged.successor == person(desk, "w9").id


def test_nobody_is_trained_by_somebody_whose_own_row_is_wrong(desk: Desk) -> None:
    wrong = {**OLD, "工号": "w9", "派驻开始": "明天"}
    chain = [{**OLD, "工号": f"w{n}", "带教": f"w{n + 1}"} for n in range(4, 9)]
    plan = desk.plan(desk.upload(*chain, wrong))
    assert set(kinds(plan)) == {Kind.WRONG}


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"姓名": "改名（虚构）"}, "姓名 陈一（虚构） → 改名（虚构）"),
        ({"手机": "13800001234"}, "手机 → 138****1234"),
        ({"角色": "窗口人员、带教老师"}, "角色 → 窗口人员、带教老师"),
        ({"派驻截止": "2027-06-30"}, "派驻截止 2026-12-31 → 2027-06-30"),
        ({"派驻截止": "长期"}, "派驻截止 2026-12-31 → 长期"),
        ({"派驻开始": "2026-02-01"}, "派驻开始 2026-01-01 → 2026-02-01"),
        ({"窗口": "1号窗口"}, "窗口 无 → 1号窗口"),
        ({"带教": "boss"}, "带教 → boss（虚构）（boss）"),
        ({"原因": "续派"}, "原因 → 续派"),
        (
            {"派驻起止": "2027-01-01至2027-12-31"},
            "派驻截止 2026-12-31 → 2027-12-31",
        ),
    ],
)
def test_a_change_is_told_before_it_is_made(
    desk: Desk, row: dict[str, str], what: str
) -> None:
    desk.bring(OLD)
    key = desk.upload({"工号": "w1", **row})
    (planned,) = desk.plan(key).rows
    assert (planned.kind, planned.says) == (Kind.CHANGED, (what,))
    desk.confirm(key)
    assert only(desk, {"工号": "w1", **row}) is Kind.UNCHANGED


def test_an_empty_cell_leaves_things_as_they_are(desk: Desk) -> None:
    desk.bring({**NEW, "手机": "13800001234", "带教": "boss"})
    assert only(desk, dict.fromkeys(NEW, "") | {"工号": "w1", "手机": ""}) is (
        Kind.UNCHANGED
    )


def test_moving_ends_the_one_and_begins_the_other(desk: Desk) -> None:
    desk.bring({**NEW, "带教": "boss"})
    key = desk.upload(MOVED)
    (planned,) = desk.plan(key).rows
    assert planned.kind is Kind.MOVING
    assert planned.says[0] == "城东管理部到 2026-07-31 为止"
    desk.confirm(key)
    new, old = history(desk)
    assert (old.site, old.secondment.ends_on) == ("城东管理部", date(2026, 8, 1))
    assert (new.site, new.seat, new.mentor) == ("城西管理部", "", "")
    assert only(desk, {**MOVED, "状态": "调动"}) is Kind.UNCHANGED


def test_a_move_that_lies_ahead_is_known_again(desk: Desk) -> None:
    desk.bring(OLD)
    ahead = {**MOVED, "派驻开始": "2026-10-01"}
    desk.bring(ahead)
    assert only(desk, ahead) is Kind.UNCHANGED
    assert only(desk, {"工号": "w1"}) is Kind.UNCHANGED


def test_who_comes_back_is_sent_again_and_let_in_again(desk: Desk) -> None:
    desk.bring(OLD)
    desk.bring({**LEFT, "状态": "离职"})
    assert not person(desk).active
    assert only(desk, OLD) is Kind.UNCHANGED, "the row of a time that is past"
    back = {**OLD, "派驻开始": "2026-08-22", "状态": "回归"}
    assert only(desk, back) is Kind.RETURNING
    desk.bring(back)
    assert person(desk).active
    assert [held.secondment.ends_on for held in history(desk)] == [None, TODAY]
    assert only(desk, back) is Kind.UNCHANGED


def test_an_account_that_was_closed_while_at_work_is_opened_only_when_told(
    desk: Desk,
) -> None:
    desk.bring(OLD)
    closed = replace(person(desk).account(), active=False)
    with db.writing(desk.engine) as session:
        key = person(desk).id
        accounts.change_person(session, key, closed, by=SETUP, at=NOON)
    assert only(desk, OLD) is Kind.UNCHANGED
    assert only(desk, {**OLD, "状态": "回归"}) is Kind.RETURNING


def test_who_leaves_is_ended_and_never_deleted(desk: Desk) -> None:
    desk.bring(OLD)
    ahead = {**LEFT, "离开日期": "2026-09-30"}
    desk.bring(ahead)
    (held,) = history(desk)
    assert held.secondment.ends_on == date(2026, 10, 1)
    assert person(desk).active, "the last day is still to come"
    assert only(desk, ahead) is Kind.UNCHANGED
    desk.bring(LEFT)
    assert history(desk)[0].secondment.ends_on == TODAY
    assert not person(desk).active, "the last day is over"
    assert only(desk, LEFT) is Kind.UNCHANGED


def test_an_account_whose_owner_was_never_sent_is_sent(desk: Desk) -> None:
    with db.writing(desk.engine) as session:
        make_person(session, "w1")
    assert only(desk, {"工号": "w1"}) is Kind.UNCHANGED
    assert only(desk, OLD) is Kind.CHANGED
    desk.bring(OLD)
    assert len(history(desk)) == 1


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ({**OLD, "姓名": ""}, Field.NAME, "新人员要写姓名"),
        ({**OLD, "部门": ""}, Field.DEPARTMENT, "要写到哪个网点"),
        ({**OLD, "派驻开始": ""}, Field.BEGINS, "要写派驻开始"),
        ({**OLD, "部门": "示例中心"}, Field.DEPARTMENT, "没有网点"),
        ({**OLD, "部门": "城南管理部"}, Field.DEPARTMENT, "没有“城南管理部”这个网点"),
        ({**OLD, "派驻银行": "丙银行"}, Field.BANK, "没有“丙银行”这个派驻银行"),
        ({**OLD, "窗口": "9号窗口"}, Field.SEAT, "没有“9号窗口”这个窗口"),
        ({**NEW, "渠道": "热线"}, Field.CHANNEL, "渠道是窗口"),
        ({**OLD, "岗位": "柜员"}, Field.POST, "没有“柜员”这个岗位"),
        ({**OLD, "业务": "理财"}, Field.LINES, "没有“理财”这项业务"),
        ({**OLD, "带教": "某某"}, Field.MENTOR, "没有“某某”这个人"),
        ({**OLD, "带教": "w1"}, Field.MENTOR, "不能是本人"),
        ({**OLD, "接替人": "陈一（虚构）"}, Field.SUCCESSOR, "不能是本人"),
        ({**OLD, "角色": "系统管理员"}, Field.ROLE, "不能从花名册授予"),
        ({**OLD, "状态": "调动"}, Field.LOGIN, "没有这个工号"),
        ({**OLD, "状态": "离开"}, Field.LOGIN, "没有这个工号"),
        ({**OLD, "工号": "boss", "状态": "离开"}, Field.LOGIN, "不能让自己离开"),
    ],
)
def test_what_cannot_be_is_told_at_its_cell(
    desk: Desk, row: dict[str, str], field: Field, message: str
) -> None:
    number, where, told = said(desk, row)
    assert (number, where) == (2, field)
    assert message in told


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ({**MOVED, "派驻开始": "2026-01-01"}, Field.BEGINS, "到新网点的第一天"),
        ({**OLD, "派驻开始": "", "状态": "调动"}, Field.STATUS, "都没有变"),
        ({**OLD, "派驻开始": "2026-03-01", "状态": "回归"}, Field.STATUS, "就在岗"),
        ({**LEFT, "离开日期": ""}, Field.LEFT_ON, "请写离开日期"),
        ({**LEFT, "离开日期": "2025-12-01"}, Field.LEFT_ON, "早于到岗日期"),
        ({**LEFT, "状态": "调动"}, Field.STATUS, "只留一样"),
        ({"工号": "w1", "派驻截止": "2025-12-01"}, Field.LAST_DAY, "派驻截止早于"),
    ],
)
def test_what_cannot_become_of_somebody_is_told(
    desk: Desk, row: dict[str, str], field: Field, message: str
) -> None:
    desk.bring(OLD)
    _, where, told = said(desk, row)
    assert (where, message in told) == (field, True), told


def test_a_login_that_stands_twice_is_told_at_both_rows(desk: Desk) -> None:
    plan = desk.plan(desk.upload(OLD, {**OLD, "工号": "W1"}))
    assert [(n, "相同" in told) for n, _, told in problems(plan)] == [
        (2, True),
        (3, True),
    ]


def test_a_name_that_several_have_needs_a_login(desk: Desk) -> None:
    with db.writing(desk.engine) as session:
        twins = [make_person(session, login) for login in ("t1", "t2")]
        for twin in twins:
            named = replace(twin.account(), name="同名（虚构）")
            accounts.change_person(session, twin.id, named, by=SETUP, at=NOON)
    _, field, told = said(desk, {**OLD, "带教": "同名（虚构）"})
    assert (field, told) == (Field.MENTOR, "有 2 位“同名（虚构）”；请写工号")
    assert only(desk, {**OLD, "带教": "同名（t2）"}) is Kind.NEW


def test_a_role_that_is_given_elsewhere_stays(desk: Desk) -> None:
    desk.bring(OLD)
    boss = replace(person(desk).account(), roles=frozenset({Role.EDITOR, Role.CLERK}))
    with db.writing(desk.engine) as session:
        accounts.change_person(session, person(desk).id, boss, by=SETUP, at=NOON)
    desk.bring({"工号": "w1", "角色": "带教老师"})
    assert person(desk).roles == {Role.EDITOR, Role.MENTOR}


def test_places_are_made_only_when_they_are_ticked(desk: Desk) -> None:
    row = {**NEW, "部门": "示例中心/城南管理部/2号窗口", "派驻银行": "丙银行（虚构）"}
    key = desk.upload(row, {**row, "工号": "w2"})
    plan = desk.plan(key)
    assert [(offer.kind.value, offer.rows) for offer in plan.offers] == [
        ("organisation", 2),
        ("site", 2),
        ("seat", 2),
    ]
    with pytest.raises(applying.WrongRowsError, match="还有 2 行有错"):
        desk.confirm(key)
    desk.take(key)
    desk.confirm(key)
    (held,) = history(desk, "w2")
    assert (held.organisation, held.site, held.seat) == (
        *("丙银行（虚构）", "城南管理部", "2号窗口"),
    )


def test_what_was_taken_back_can_be_brought_again(desk: Desk) -> None:
    row = {**NEW, "部门": "示例中心/城南管理部/2号窗口", "派驻银行": "丙银行（虚构）"}
    for again in (False, True):
        key = desk.upload(row)
        assert [bool(offer.key) for offer in desk.plan(key).offers] == [again] * 3
        assert desk.plan(key).counts[Kind.WRONG] == 1
        desk.take(key)
        desk.confirm(key)
        assert person(desk).active
        held = history(desk)[-1]
        assert (held.organisation, held.site, held.seat) == (
            *("丙银行（虚构）", "城南管理部", "2号窗口"),
        )
        assert desk.undo(key) == ()


def test_staff_of_the_centre_need_no_bank(desk: Desk) -> None:
    desk.bring({**OLD, "派驻银行": "", "派驻截止": ""})
    assert history(desk)[0].organisation == "示例中心"


def test_only_administrators_bring_rosters(desk: Desk) -> None:
    key = desk.upload(OLD)
    for by in (CLERK, EDITOR, SUPERVISOR):
        with db.writing(desk.engine) as session:
            acts: list[Any] = [
                lambda by=by: service.upload_roster(
                    session, make_draft(OLD), by=by, at=NOON
                ),
                lambda by=by: queries.roster_import(session, key, NOON, reader=by),
                lambda by=by: queries.recent_imports(session, NOON, reader=by),
                lambda by=by: queries.known(session, [], reader=by),
                lambda by=by: service.drop_roster(session, key, by=by, at=NOON),
            ]
            for act in acts:
                with pytest.raises(DeniedError):
                    act()


def test_a_confirmation_counts_for_what_was_shown_and_nothing_else(desk: Desk) -> None:
    key = desk.upload(OLD)
    seal = desk.plan(key).seal
    with db.writing(desk.engine) as session:
        make_person(session, "w1")  # another administrator was faster
    with pytest.raises(ChangedMeanwhileError, match="再看一遍"):
        desk.confirm(key, seal=seal)
    assert desk.read(key).state is State.WAITING
    desk.confirm(key)


def test_two_who_correct_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    key = desk.upload(OLD)
    for edit, number in ((1, 2), (1, 3)):
        correction = Correction(
            edit=edit, cells={(2, Field.NAME): f"第{number}人"}, shown=(), out=()
        )
        with db.writing(desk.engine) as session:
            if number == 2:
                service.correct_roster(session, key, correction, by=desk.by, at=NOON)
                continue
            with pytest.raises(ChangedMeanwhileError, match="别人刚改过"):
                service.correct_roster(session, key, correction, by=desk.by, at=NOON)
    assert desk.plan(key).rows[0].name == "第2人"


def test_of_two_who_confirm_at_once_one_does_it(desk: Desk) -> None:
    key = desk.upload(OLD)
    start = Barrier(2)

    def act(_: int) -> str:
        start.wait()
        try:
            desk.confirm(key)
        except (TrainerError, AssertionError) as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor() as pool:
        told = sorted(pool.map(act, range(2)))
    assert told.count("done") == 1
    assert told[0] in {"NotWaitingError", "AssertionError"}
    with db.reading(desk.engine) as session:
        named = select(func.count()).where(PersonRow.login == "w1")
        assert session.scalar(named) == 1


def test_a_row_that_fails_after_all_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = desk.upload(OLD, {**OLD, "工号": "w2"})

    def refuse(*args: Any, **more: Any) -> Listed:
        if refuse.__dict__.setdefault("calls", 0):
            raise NotFoundError("网点不存在或已停用；请重新选择")
        refuse.__dict__["calls"] = 1
        return accounts.send(*args, **more)

    monkeypatch.setattr(applying, "send", refuse)
    with pytest.raises(applying.RowRefusedError, match=r"第 3 行（w2）：网点不存在"):
        desk.confirm(key)
    with db.reading(desk.engine) as session:
        assert people.person_by_login(session, "w1", reader=SETUP) is None
    assert desk.read(key).state is State.WAITING


def test_undoing_restores_everything_an_import_changed(desk: Desk) -> None:
    rows = [{**NEW, "工号": f"w{n}", "姓名": f"人{n}（虚构）"} for n in range(1, 5)]
    desk.bring(*rows)
    names = [row["工号"] for row in rows]

    def everything() -> list[object]:
        return [
            (person(desk, n).account(), [h.secondment for h in history(desk, n)])
            for n in names
        ]

    before = everything()
    key = desk.bring(
        {"工号": "w1", "姓名": "改名", "手机": "13800000000", "派驻截止": "长期"},
        {**MOVED, "工号": "w2", "姓名": "人2（虚构）"},
        {**LEFT, "工号": "w3"},
        {**LEFT, "工号": "w4", "离开日期": "2026-12-01"},
        {**NEW, "工号": "w5", "部门": "城南管理部", "派驻银行": "丙银行（虚构）"},
    )
    assert everything() != before
    assert desk.undo(key) == ()
    assert everything() == before
    assert not person(desk, "w5").active, "closed, not deleted"
    assert history(desk, "w5") == []
    with db.reading(desk.engine) as session:
        site = next(s for s in people.sites(session) if s.name == "城南管理部")
        verbs = [entry.verb for entry in entries(session)]
    assert not site.active
    assert verbs[-1] == "roster.undone"
    assert desk.read(key).state is State.UNDONE
    with pytest.raises(CannotBeUndoneError, match="已经撤销过"):
        desk.undo(key)


def test_what_somebody_changed_since_stays_and_is_told(desk: Desk) -> None:
    key = desk.bring(OLD, {**OLD, "工号": "w2"}, {**OLD, "工号": "w3"})
    with db.writing(desk.engine) as session:
        named = replace(person(desk).account(), name="后来改的（虚构）")
        accounts.change_person(session, person(desk).id, named, by=SETUP, at=NOON)
        held = history(desk, "w2")[0].secondment
        prolonged = replace(held.placement, planned_to=date(2028, 1, 1))
        accounts.change_secondment(session, held.id, prolonged, by=SETUP, at=NOON)
    kept = desk.undo(key)
    assert len(kept) == 2
    assert all("导入之后又改过，没有还原" in told for told in kept)
    assert person(desk).active
    assert history(desk, "w2")[0].secondment.placement == prolonged
    assert not person(desk, "w3").active
    assert desk.read(key).kept == kept


def test_a_place_where_others_work_by_now_stays(desk: Desk) -> None:
    south = {**OLD, "部门": "城南管理部"}
    key = desk.bring(south)
    desk.bring({**south, "工号": "w2"})
    kept = desk.undo(key)
    assert len(kept) == 1
    assert "还有人在这里任职" in kept[0]


def test_after_seven_days_nothing_of_anybody_is_left(desk: Desk) -> None:
    waiting, done = desk.upload(OLD), desk.bring({**OLD, "工号": "w2"})
    late = NOON + KEPT
    assert desk.read(waiting, late).draft is None
    assert desk.read(done, late).done == ()
    assert not desk.read(done, late).can_be_undone(late)
    with pytest.raises(CannotBeUndoneError, match="超过 7 天"):
        desk.undo(done, late)
    with db.writing(desk.engine) as session:
        early = NOON + KEPT - timedelta(seconds=1)
        assert service.wipe_old_rosters(session, at=early) == 0
        assert service.wipe_old_rosters(session, at=late) == 2
        assert service.wipe_old_rosters(session, at=late) == 0
        kept = list(session.scalars(select(RosterImportRow)))
        assert {(row.content, row.journal) for row in kept} == {(None, None)}
    with (
        db.writing(desk.engine) as session,
        pytest.raises(service.NotWaitingError, match="超过 7 天"),
    ):
        service.drop_roster(session, waiting, by=desk.by, at=late)


def test_a_site_that_is_served_wipes_by_itself(desk: Desk) -> None:
    desk.upload(OLD)
    for early, is_there in ((timedelta(seconds=1), True), (timedelta(0), False)):
        moment = NOON + KEPT - early
        with Housekeeper(desk.engine, repeat(moment).__next__):
            pass  # it works as it begins
        with db.reading(desk.engine) as session:
            (row,) = session.scalars(select(RosterImportRow))
        assert (row.content is not None) == is_there


def test_what_other_features_remove_goes_with_it(desk: Desk) -> None:
    done: list[datetime] = []

    def chore(session: Session, *, at: datetime) -> None:
        assert session.in_transaction()
        done.append(at)

    with Housekeeper(desk.engine, repeat(NOON).__next__, chore):
        pass  # it works as it begins
    assert done == [NOON]


def test_a_preview_of_many_asks_as_much_as_one_of_one(desk: Desk) -> None:
    rows = [{**OLD, "工号": f"w{n:03}", "带教": "boss"} for n in range(200)]
    asked = []
    for some in (rows[:1], rows):
        draft = make_draft(*some)
        with (
            db.reading(desk.engine) as session,
            statements(desk.engine) as seen,
        ):
            service.planned(session, draft, by=desk.by, at=NOON)
        asked.append(len(seen))
    assert asked == [4, 4]


def test_an_export_gives_each_his_own_and_banks_the_agreed_fields(desk: Desk) -> None:
    desk.bring(
        {**NEW, "手机": "13800000000", "带教": "boss"},
        {**NEW, "工号": "w2", "派驻银行": "乙银行（虚构）"},
    )
    with db.writing(desk.engine) as session:
        bank = Scope(organisations=frozenset({desk.places.bank}))
        east = Scope(sites=frozenset({desk.places.site}))
        readers = [
            make_person(session, f"s{n}", role, scope=scope).actor()
            for n, (role, scope) in enumerate(
                [
                    (Role.SUPERVISOR, bank),
                    (Role.SUPERVISOR, east),
                    (Role.MANAGER, Scope()),
                    (Role.SUPERVISOR, Scope()),
                ]
            )
        ]

    def taken(reader: Actor) -> tuple[set[str], str, tuple[str, ...]]:
        with db.reading(desk.engine) as session:
            found = queries.roster(session, TODAY, reader=reader)
        return {row[0] for row in found.rows}, str(found.rows), found.columns

    logins, words, columns = taken(readers[0])
    assert logins == {"w1"}
    assert "13800000000" not in words
    assert "boss" not in words
    assert not {"手机", "角色", "带教", "接替人", "岗位", "原因"} & set(columns)
    assert taken(readers[1])[0] == {"w1", "w2"}
    assert taken(readers[2])[0] == {"w1", "w2"}
    assert "13800000000" not in taken(readers[2])[1]
    assert taken(readers[3])[0] == set()
    logins, words, columns = taken(desk.by)
    assert logins == {"w1", "w2"}
    assert "13800000000" in words
    assert "boss（虚构）（boss）" in words


def test_an_export_needs_a_reason_that_the_audit_does_not_quote(desk: Desk) -> None:
    note = Export(what="roster", reason="核对张三", asked="csv", rows=2, digest="d")
    with db.writing(desk.engine) as session:
        for reason in ("", "  ", "看看 "):
            with pytest.raises(ReasonTooShortError, match="至少 4 个字"):
                service.record_export(
                    session, replace(note, reason=reason), by=desk.by, at=NOON
                )
        service.record_export(session, note, by=desk.by, at=NOON)
        with pytest.raises(DeniedError):
            service.record_export(session, note, by=CLERK, at=NOON)
        last = entries(session)[-1]
    assert (last.verb, last.detail) == ("export.made", "roster")
    assert "张三" not in str(last)
