"""What a row means for one person, given what holds of him today."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta

from trainer.core.wording import N_
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.accounts import masked
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role
from trainer.people.domain.roster.entries import Entry
from trainer.people.domain.roster.entries import Problem
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.known import at_work_or_next
from trainer.people.domain.roster.reading import OPEN
from trainer.people.domain.roster.reading import PRESENT
from trainer.people.domain.roster.reading import Intent
from trainer.people.domain.roster.resolving import Meant
from trainer.people.domain.roster.resolving import Resolver
from trainer.people.domain.roster.saying import differences
from trainer.people.domain.roster.saying import stay
from trainer.people.domain.roster.steps import Change
from trainer.people.domain.roster.steps import End
from trainer.people.domain.roster.steps import Kind
from trainer.people.domain.roster.steps import Move
from trainer.people.domain.roster.steps import Planned
from trainer.people.domain.roster.steps import Send
from trainer.people.domain.roster.steps import Step
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Placement
from trainer.people.domain.secondments import Secondment
from trainer.people.domain.secondments import overlap

GIVEN = frozenset({Role.CLERK, Role.MENTOR})
"""Roles a roster may give and take; the others are given one by one, with scope."""

DAY = timedelta(days=1)


class CannotError(Exception):
    """The row cannot be done; carries the problem."""

    def __init__(self, field: Field, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(field, message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What holds for every row: the day, who acts (key), how places are found."""

    on: date
    by: int
    resolver: Resolver


def decide(entry: Entry, found: tuple[Problem, ...], given: Circumstances) -> Planned:
    """Plan one row.

    Args:
        entry: The row.
        found: What was wrong with it so far; then the rest is still looked at.
        given: What holds for every row.
    """
    person = given.resolver.known.person(entry.login)
    held = given.resolver.known.held.get(person.id, ()) if person else ()
    row = _Decision(entry, given, person, held)
    problems = [*found, *row.problems]
    try:
        planned = row.planned()
    except CannotError as error:
        problems.append(error.problem)
        planned = row.shown(Kind.WRONG)
    if not problems:
        return planned
    told = {problem.field: problem for problem in reversed(problems)}
    if Field.SPAN in told:
        told.pop(Field.BEGINS, None)  # it follows from the other
    return replace(
        row.shown(Kind.WRONG), problems=tuple(told[f] for f in Field if f in told)
    )


class _Decision:
    """One row, and the person it speaks of."""

    def __init__(
        self,
        entry: Entry,
        given: Circumstances,
        person: Person | None,
        held: Sequence[Secondment],
    ) -> None:
        self._entry = entry
        self._given = given
        self._person = person
        self._held = held
        self._now = self._concerned()
        self._leaves = entry.intent is Intent.LEAVE or entry.gone_on is not None
        self.problems: list[Problem] = []
        self._meant = Meant()
        if not self._leaves:
            self._meant, self.problems = given.resolver.meant(entry, self._now)

    def planned(self) -> Planned:
        if self._leaves:
            return self._leaving()
        if self._person is None:
            return self._new()
        if self._now is not None and self._is_open(self._now):
            return self._present(self._person, self._now)
        return self._absent(self._person)

    def shown(self, kind: Kind) -> Planned:
        """Give what is always shown of a row."""
        entry, person = self._entry, self._person
        name = entry.name or (person.name if person else "")
        login = person.login if person else entry.login
        key = person.id if person else 0
        return Planned(
            number=entry.number, kind=kind, login=login, name=name, person=key
        )

    def _is_open(self, secondment: Secondment) -> bool:
        return secondment.ends_on is None or secondment.ends_on > self._given.on

    def _concerned(self) -> Secondment | None:
        """Find the secondment that is meant: by its first day, else today's."""
        for secondment in self._held:
            begins = secondment.placement.begins_on
            if self._is_open(secondment) and begins == self._entry.begins:
                return secondment
        return at_work_or_next(self._held, self._given.on)

    def _new(self) -> Planned:
        entry = self._entry
        if entry.intent in {Intent.MOVE, Intent.RETURN}:
            raise CannotError(
                Field.LOGIN,
                N_("没有这个工号；新人员请把状态写成“{word}”", word=PRESENT),
            )
        if not entry.name:
            raise CannotError(Field.NAME, N_("新人员要写姓名"))
        placement = self._placement(None, entry.begins)
        account = Account(login=entry.login, name=entry.name, roles=frozenset())
        account = self._told(replace(account, roles=frozenset({Role.CLERK})))
        says = (N_("新建账号"), stay(placement, self._given.resolver))
        planned = self.shown(Kind.NEW)
        return replace(planned, account=account, step=Send(placement), says=says)

    def _present(self, person: Person, now: Secondment) -> Planned:
        """Plan for somebody who is here, or will come."""
        old, entry = now.placement, self._entry
        meant = self._meant
        elsewhere = meant.organisation not in {
            None,
            old.organisation,
        } or meant.site not in {None, old.site}
        same_day = entry.begins == old.begins_on
        if not elsewhere and not same_day and entry.intent is Intent.MOVE:
            raise CannotError(Field.STATUS, N_("写了“调动”，但网点和派驻银行都没有变"))
        if person.active and not same_day and entry.intent is Intent.RETURN:
            raise CannotError(Field.STATUS, N_("此人现在就在岗；不用写“回归”"))
        returns = entry.intent is Intent.RETURN and not person.active
        account = self._told(replace(person.account(), active=person.active or returns))
        if elsewhere:
            move = self._move(now)
            says = self._moving(move.placement, now)
            return self._done(person, account, move, Kind.MOVING, says)
        step = self._change(now)
        says = differences(old, step.placement, self._given.resolver) if step else ()
        kind = Kind.RETURNING if returns else Kind.CHANGED
        return self._done(person, account, step, kind, says)

    def _absent(self, person: Person) -> Planned:
        """Plan for somebody who has left, or whom nobody has sent yet."""
        entry, last = self._entry, self._now
        account = person.account()
        over = last is not None and entry.begins == last.placement.begins_on
        says_where = self._meant.site is not None or entry.begins is not None
        if over and entry.intent is not Intent.RETURN:
            return self.shown(Kind.UNCHANGED)  # the row of a time that is past
        if not says_where and entry.intent is not Intent.RETURN:
            return self._done(person, self._told(account), None, Kind.CHANGED, ())
        if last and last.ends_on and entry.begins and entry.begins < last.ends_on:
            day = last.ends_on - DAY
            raise CannotError(
                Field.BEGINS, N_("上次任职到 {day} 才结束；请写回来后的第一天", day=day)
            )
        before = last.placement if last else None
        begins = entry.begins or (self._given.on if last else None)
        placement = self._placement(before, begins)
        self._must_fit(placement, None, None)
        account = self._told(replace(account, active=True))
        says = (stay(placement, self._given.resolver),)
        returns = last is not None or not person.active
        kind = Kind.RETURNING if returns else Kind.CHANGED
        return self._done(person, account, Send(placement), kind, says)

    def _leaving(self) -> Planned:
        person, now = self._person, self._now
        if person is None:
            raise CannotError(Field.LOGIN, N_("没有这个工号；没来过的人不用写离开"))
        if person.id == self._given.by:
            raise CannotError(Field.LOGIN, N_("不能让自己离开；请由另一位管理员操作"))
        if self._entry.intent in {Intent.MOVE, Intent.RETURN}:
            raise CannotError(
                Field.STATUS, N_("又写离开日期又写调动或回归；请只留一样")
            )
        if now is None:
            raise CannotError(Field.LOGIN, N_("此人没有任职记录；停用账号请到账号页"))
        until, on = self._entry.until, self._given.on
        over = until if until and until <= on + DAY else None
        gone = now.ends_on if not self._is_open(now) else None
        gone = gone or self._entry.gone_on or over or now.ends_on
        if gone is None:
            raise CannotError(Field.LEFT_ON, N_("请写离开日期（最后一个在岗的日子）"))
        if gone <= now.placement.begins_on:
            raise CannotError(
                Field.LEFT_ON, N_("离开日期早于到岗日期；还没到岗的请在人员页取消")
            )
        return self._ended(person, now, gone)

    def _ended(self, person: Person, now: Secondment, gone: date) -> Planned:
        """End a secondment; an account is closed once its last day is over."""
        over = gone <= self._given.on and person.active
        account = replace(person.account(), active=False) if over else person.account()
        reason = self._entry.reason or "派驻结束"
        step = End(now.id, gone, reason) if gone != now.ends_on else None
        says = (
            [N_("最后在岗日 {gone}（{reason}）", gone=gone - DAY, reason=reason)]
            if step
            else []
        )
        return self._done(person, account, step, Kind.LEAVING, tuple(says))

    def _move(self, now: Secondment) -> Move | Send:
        begins = self._entry.begins or self._given.on
        if begins <= now.placement.begins_on:
            site = self._name_of_site(now.placement.site)
            raise CannotError(
                Field.BEGINS,
                N_(
                    "此人 {begins} 起在{site}；调动请把派驻开始写成到新网点的第一天",
                    begins=now.placement.begins_on,
                    site=site,
                ),
            )
        placement = self._placement(now.placement, begins)
        self._must_fit(placement, None, now)
        if now.ends_on is not None and now.ends_on <= begins:
            return Send(placement)  # the old one ends by itself
        return Move(now.id, placement)

    def _moving(self, placement: Placement, now: Secondment) -> tuple[str, ...]:
        site = self._name_of_site(now.placement.site)
        ends = min(now.ends_on or placement.begins_on, placement.begins_on)
        there = stay(placement, self._given.resolver)
        return (N_("{site}到 {ends} 为止", site=site, ends=ends - DAY), there)

    def _name_of_site(self, key: int) -> str:
        known = self._given.resolver.known.sites.get(key)
        return known.name if known else N_("原网点")

    def _change(self, now: Secondment) -> Change | None:
        old, begins = now.placement, self._entry.begins
        first = old.begins_on if self._goes_on(old) else begins
        placement = self._placement(old, first)
        if placement == old:
            return None
        if now.ends_on is not None and now.ends_on <= placement.begins_on:
            raise CannotError(Field.BEGINS, N_("第一天晚于已办的离开日期；请核对"))
        self._must_fit(placement, now.ends_on, now)
        return Change(now.id, placement)

    def _goes_on(self, old: Placement) -> bool:
        """Tell whether a later time at the same place only prolongs what there is."""
        begins, on = self._entry.begins, self._given.on
        if begins is None or old.planned_to is None or old.begins_on > on:
            return False
        return begins >= old.planned_to or begins > on

    def _placement(self, old: Placement | None, begins: date | None) -> Placement:
        """Join what the row says with what holds."""
        meant, entry = self._meant, self._entry
        centre = self._given.resolver.known.centre()
        site = meant.site or (old.site if old else None)
        sender = meant.organisation or (
            old.organisation if old else meant.home or (centre.id if centre else None)
        )
        begins = begins or (old.begins_on if old else None)
        if not (site and sender and begins):
            raise CannotError(*_missing(site, sender))
        until = (
            (old.planned_to if old else None) if entry.until is None else entry.until
        )
        placement = Placement(
            organisation=sender,
            site=site,
            begins_on=begins,
            planned_to=None if until == OPEN else until,
            post=meant.post or (old.post if old else ""),
            reason=entry.reason or (old.reason if old else ""),
            arrangement=self._arrangement(old, site),
        )
        if placement.planned_to and placement.planned_to <= begins:
            raise CannotError(Field.LAST_DAY, N_("派驻截止早于派驻开始；请核对"))
        return placement

    def _arrangement(self, old: Placement | None, site: int) -> Arrangement:
        """Keep what the site has arranged; a seat and a mentor stay at their site."""
        meant = self._meant
        held = old.arrangement if old and old.site == site else Arrangement()
        lines = old.arrangement.lines if old else frozenset()
        return Arrangement(
            seat=meant.seat or held.seat,
            mentor=meant.mentor or held.mentor,
            successor=meant.successor or held.successor,
            lines=lines if meant.lines is None else meant.lines,
        )

    def _must_fit(
        self, placement: Placement, ends: date | None, now: Secondment | None
    ) -> None:
        """Check the days against the person's other secondments."""
        own = (placement.begins_on, ends)
        for other in self._held:
            days = (other.placement.begins_on, other.ends_on)
            if other is not now and overlap(own, days):
                raise CannotError(
                    Field.BEGINS, N_("此人这段时间已在别处任职；请核对日期")
                )

    def _told(self, account: Account) -> Account:
        """Give the account as the row says it shall be."""
        entry = self._entry
        roles = account.roles if entry.roles is None else self._roles(account.roles)
        return replace(
            account,
            name=entry.name or account.name,
            phone=entry.phone or account.phone,
            roles=roles,
        )

    def _roles(self, held: frozenset[Role]) -> frozenset[Role]:
        told = self._entry.roles or frozenset()
        if high := sorted(told - GIVEN - held):
            raise CannotError(
                Field.ROLE,
                N_(
                    "“{role}”不能从花名册授予；请到账号页单独设置",
                    role=ROLE_NAMES[high[0]],
                ),
            )
        return (held - GIVEN) | (told & GIVEN) | (told & held)

    def _done(
        self,
        person: Person,
        account: Account,
        step: Step | None,
        kind: Kind,
        says: tuple[str, ...],
    ) -> Planned:
        changed = account != person.account()
        told = (*says, *_account_says(person, account))
        if not changed and step is None:
            return self.shown(Kind.UNCHANGED)
        return replace(
            self.shown(kind), account=account if changed else None, step=step, says=told
        )


def _missing(site: int | None, sender: int | None) -> tuple[Field, str]:
    if not site:
        return Field.DEPARTMENT, N_("要写到哪个网点（部门）")
    if not sender:
        return Field.BANK, N_("要写派驻银行；本中心的人写中心名称")
    return Field.BEGINS, N_("要写派驻开始（到岗日期）")


def _account_says(person: Person, account: Account) -> Iterator[str]:
    if person.active != account.active:
        yield N_("启用账号") if account.active else N_("停用账号")
    if person.name != account.name:
        yield N_("姓名 {old} → {new}", old=person.name, new=account.name)
    if person.phone != account.phone:
        yield N_("手机 → {phone}", phone=masked(account.phone))
    if person.roles != account.roles:
        roles = [ROLE_NAMES[role] for role in Role if role in account.roles]
        yield N_("角色 → {roles}", roles=roles)
