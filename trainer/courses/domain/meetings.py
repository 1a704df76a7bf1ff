"""A meeting: its pack, who prepares it, who was there; pure."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime

from trainer.checklists.domain.listing import Listed
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.anonymity import must_be_anonymous
from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.publishing.domain.revision import Revision
from trainer.scenarios.domain.engine import begin
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.domain.scenario import Scenario

ITEMS = 3
"""Checklist items of a pack."""

LONGEST_CASE = 600
LONGEST_QUESTION = 200
"""Characters of the case, and of what is talked about."""


class NotPreparerError(DeniedError):
    """Somebody prepares a meeting of a site that he does not run."""

    def __init__(self) -> None:
        super().__init__(N_("例会包由网点的主管准备；请联系这个网点的主管"))


class NotCounterError(DeniedError):
    """Somebody corrects an attendance that another one has recorded."""

    def __init__(self) -> None:
        super().__init__(N_("出席由登记的人更正；请联系登记的那位主管"))


class CaseMissingError(TrainerError):
    """The pack has no case."""

    def __init__(self) -> None:
        super().__init__(N_("请写一个案例和要讨论的问题；不写群众的姓名和号码"))


class NotThreeItemsError(TrainerError):
    """There are not three different items."""

    def __init__(self) -> None:
        super().__init__(N_("请选三条不同的易错点"))


class UnknownItemError(TrainerError):
    """An item is not in force."""

    def __init__(self, item: str) -> None:
        super().__init__(N_("易错点“{item}”在例会那天没有生效；请重新选择", item=item))


class ChangedMeanwhileError(ConflictError):
    """The meeting was changed since the page was shown."""

    def __init__(self) -> None:
        super().__init__(N_("刚才有人改过；您填的都在，请对照着再保存"))


class CountedError(ConflictError):
    """A meeting whose attendance is recorded would be on another day."""

    def __init__(self) -> None:
        super().__init__(N_("出席已经登记，日期和网点不能再改；别的可以改"))


class NotThereError(TrainerError):
    """Who is ticked does not work at the site on the day."""

    def __init__(self) -> None:
        super().__init__(N_("勾选的人里有人那天不在这个网点；请按页面上的名单重新勾选"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Command: what a meeting is about.

    Attributes:
        site: Key of the site.
        on: Its day.
        scenario: Slug of the scenario.
        told: The case.
        asked: What is talked about.
        items: Addresses ``<slug>#<item>`` of three items.
        once: What the page has made up, so that the same form twice is one meeting.
        based_on: ``edit`` of the meeting when the page was shown; 0 begins one.
    """

    site: int
    on: date
    scenario: str
    told: str
    asked: str
    items: tuple[str, ...]
    once: str
    based_on: int = 0


@dataclass(frozen=True, slots=True)
class PackItem:
    """A checklist item of a pack; ``address`` is ``<slug>#<item>``."""

    address: str
    title: str
    item: Listed


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody of the site; ``came`` says that he is recorded."""

    person: int
    name: str
    came: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingListed:
    """A meeting in a list; ``came`` counts people, None before they were counted."""

    id: int
    site: str
    on: date
    title: str
    came: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting with its pack.

    Attributes:
        id: Its key.
        site: Key of the site.
        site_name: What it is called.
        on: Its day.
        revision: The text of the scenario.
        scenario: The same, opened.
        told: The case.
        asked: What is talked about.
        items: The checklist items.
        edit: How often the pack was saved.
        made_by: Who prepared it.
        counted_by: Who recorded attendance; None before.
        counted_at: When.
        counted: How often it was recorded.
        people: Who was there or could have been, by name.
    """

    id: int
    site: int
    site_name: str
    on: date
    revision: Revision
    scenario: Scenario
    told: str
    asked: str
    items: tuple[PackItem, ...]
    edit: int
    made_by: int
    counted_by: int | None
    counted_at: datetime | None
    counted: int
    people: tuple[Attendee, ...]

    @property
    def came(self) -> int:
        """How many were there."""
        return sum(each.came for each in self.people)

    def may_count(self, actor: Actor) -> bool:
        """Tell whether somebody records attendance, or corrects it."""
        return self.counted_by in {None, actor.person}

    def pack(self, once: str) -> Pack:
        """Give what a form begins with."""
        return Pack(
            site=self.site,
            on=self.on,
            scenario=self.revision.slug,
            told=self.told,
            asked=self.asked,
            items=tuple(each.address for each in self.items),
            once=once,
            based_on=self.edit,
        )


def prepares(actor: Actor, site: int) -> bool:
    """Tell who prepares the meetings of a site: whoever runs it."""
    runs = actor.scope.everybody or site in actor.scope.sites
    return actor.may(Permission.SUPERVISE) and runs


def runs_some(actor: Actor) -> bool:
    """Tell whether somebody runs any site."""
    runs = actor.scope.everybody or bool(actor.scope.sites)
    return actor.may(Permission.SUPERVISE) and runs


def opened(scenario: Scenario) -> tuple[Node, tuple[Choice, ...]]:
    """Give how a scenario begins, and what may be answered, in its first case.

    Raises:
        LookupError: it begins nowhere; no such text is published.
    """
    state = begin(scenario, scenario.case_ids[0])
    node = scenario.node(scenario.start)
    if node is None:
        raise LookupError(scenario.start)
    return node, offered(scenario, state)


def must_prepare(actor: Actor, site: int) -> None:
    """Stop here unless somebody runs a site.

    Raises:
        DeniedError: he supervises nobody.
        NotPreparerError: he does not run this one.
    """
    actor.must(Permission.SUPERVISE)
    if not prepares(actor, site):
        raise NotPreparerError


def must_be_whole(pack: Pack, known: Mapping[str, PackItem]) -> None:
    """Check a pack: three items in force, a case, and nothing of a citizen.

    Raises:
        CaseMissingError: case or question is empty.
        NotAnonymousError: one of them holds a number that may be somebody's.
        NotThreeItemsError: there are not three different items.
        UnknownItemError: one is not in force.
    """
    if not pack.told.strip() or not pack.asked.strip():
        raise CaseMissingError
    must_be_anonymous(pack.told)
    must_be_anonymous(pack.asked)
    if len(set(pack.items)) != ITEMS or len(pack.items) != ITEMS:
        raise NotThreeItemsError
    for address in pack.items:
        if address not in known:
            raise UnknownItemError(address)


def must_work_there(came: Collection[int], there: Collection[int]) -> None:
    """Check that only people of the site are ticked.

    Raises:
        NotThereError: somebody is not.
    """
    if not set(came) <= set(there):
        raise NotThereError
