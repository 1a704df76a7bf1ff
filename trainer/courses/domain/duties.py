"""Read duties: whom a change of policy concerns, until when, and how it was met; pure.

Nothing is handed out. A rule says who must read what; on any day it is asked anew of
where people work on that day. So who joins has the right duties the moment he joins,
who moves gets those of his new place, and nobody is forgotten or asked twice.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.courses.domain.audience import EVERYBODY
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Work
from trainer.publishing.domain.header import ChangeKind

OBLIGING = frozenset({ChangeKind.SUBSTANCE, ChangeKind.REPEAL})
"""What a change must be to be read; a misprint or a clearer wording never is."""

LONGEST_NAME = 40
MOST_DAYS = 90
"""The database and the sentence that refuses more say the same."""
MOST_ASKED = 3
"""Questions on the changed clauses; the design says one to three."""


class NewsMeanwhileError(ConflictError):
    """Another version has come since the page was shown."""

    def __init__(self) -> None:
        super().__init__(N_("内容已更新，请看变化；刚才那一版没有记作读过"))


class NoDutyError(NotFoundError):
    """Nobody asks this person to read it."""

    def __init__(self) -> None:
        super().__init__(N_("这一版不在您的必读里，不用登记"))


class RuleMistakeError(TrainerError):
    """A rule says what cannot be."""


class RuleChangedError(ConflictError):
    """Somebody else saved the rule since the page was shown."""

    def __init__(self) -> None:
        super().__init__(N_("刚才有人改过这条规则；您填的都在，请对照着再保存"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """Command: what a rule says.

    Attributes:
        name: What people call it.
        audience: Who must read.
        topics: Business lines of the articles; empty is all.
        days: Days one has from when one can know of a change, 1..:data:`MOST_DAYS`.
        since: Articles approved on this day or later oblige.
        until: From this day on the rule asks for nothing new or old; None is open.
    """

    name: str
    audience: Audience = EVERYBODY
    topics: frozenset[str] = frozenset()
    days: int = 7
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A version of an article that obliges.

    Attributes:
        revision: Its key.
        known_on: The day it was approved.
        replaced_on: From this day on it holds no more, or a later version that obliges
            does instead; None while neither is known.
        sections: Ids of the sections that changed in substance; empty in a first
            version, which is new as a whole.
    """

    revision: int
    slug: str
    number: int
    title: str
    line: str
    note: str
    content_hash: str
    known_on: date
    effective_from: date
    replaced_on: date | None = None
    sections: frozenset[str] = frozenset()

    def holds(self, on: date) -> bool:
        """Tell whether it is in force or still to come on a day."""
        return self.replaced_on is None or self.replaced_on > on


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody must read: a rule, until when, and until when he proves it."""

    rule: int
    name: str
    due: date
    prove_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as it is kept; ``edit`` counts its saves."""

    id: int
    text: RuleText
    edit: int

    def asks(self, work: Work, news: News, on: date) -> bool:
        """Tell whether somebody must read something on a day."""
        text = self.text
        return (
            text.since <= news.known_on <= on
            and (text.until is None or on < text.until)
            and (not text.topics or news.line in text.topics)
            and text.audience.covers(work, on)
        )

    def reason(self, work: Work, news: News) -> Reason:
        """Say until when: before it takes effect, or in so many days if that is later.

        The days run from when the person could know of it: approved, and arrived.
        """
        given = timedelta(days=self.text.days)
        known = max(news.known_on, work.begins_on, self.text.since)
        eve = news.effective_from - timedelta(days=1)
        return Reason(
            rule=self.id,
            name=self.text.name,
            due=max(eve, known + given),
            prove_by=max(news.effective_from, known) + given,
        )


@dataclass(frozen=True, slots=True)
class Duty:
    """Something a person must read, with every reason for it."""

    news: News
    reasons: tuple[Reason, ...]

    @property
    def due(self) -> date:
        """The earliest day of all reasons, inclusive."""
        return min(reason.due for reason in self.reasons)

    @property
    def prove_by(self) -> date:
        """Likewise for the questions on what changed."""
        return min(reason.prove_by for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That somebody has read a version: which text, and on which day."""

    revision: int
    content_hash: str
    read_on: date


class Stage(StrEnum):
    """What is left to do of a duty; in the order of urgency."""

    READ = "read"
    ANSWER = "answer"
    WAIT = "wait"
    DONE = "done"


STAGE_NAMES = {
    Stage.READ: N_("要读"),
    Stage.ANSWER: N_("要答题"),
    Stage.WAIT: N_("已读，生效后答题"),
    Stage.DONE: N_("已完成"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A duty and how far its person is with it.

    Attributes:
        receipt: Of this very version, None when it was not read.
        before: Number of the version of the same article he had read, None for none.
        asked: Questions on the changed clauses that can be asked now.
        right: Those of them whose last answer, since it holds, was right.
    """

    duty: Duty
    receipt: Receipt | None
    before: int | None = None
    asked: int = 0
    right: int = 0
    on: date

    @property
    def stage(self) -> Stage:
        """What is left to do."""
        if self.receipt is None:
            return Stage.READ
        if self.right < self.asked:
            return Stage.ANSWER
        if self.on < self.duty.news.effective_from:
            return Stage.WAIT
        return Stage.DONE

    @property
    def due(self) -> date:
        """Until when, inclusive, for what is left."""
        return self.duty.due if self.receipt is None else self.duty.prove_by

    @property
    def is_open(self) -> bool:
        """Whether there is something to do now."""
        return self.stage in {Stage.READ, Stage.ANSWER}

    @property
    def late(self) -> bool:
        """Whether that day has passed."""
        return self.is_open and self.due < self.on


def duties(
    works: Collection[Work], rules: Iterable[Rule], news: Iterable[News], on: date
) -> list[Duty]:
    """Give what a person must read on a day, the most urgent first.

    Args:
        works: Where he works on that day.
        rules: All rules.
        news: All versions that oblige.
        on: The day.

    Returns:
        Each version once, with every reason in order of its day.
    """
    known = [*rules]
    found = []
    for each in news:
        reasons = {
            rule.id: rule.reason(work, each)
            for work in works
            for rule in known
            if each.holds(on) and rule.asks(work, each, on)
        }
        if reasons:
            ordered = sorted(reasons.values(), key=lambda r: (r.due, r.name, r.rule))
            found.append(Duty(each, tuple(ordered)))
    return sorted(found, key=lambda duty: (duty.due, duty.news.slug, duty.news.number))


def news_of(versions: Collection[News]) -> list[News]:
    """Say of versions from which day on a later one is to be read instead.

    Only a version that obliges takes the place of another: when a misprint is
    corrected, what had to be read still has to be.
    """
    starts: dict[str, list[tuple[date, int]]] = {}
    for each in versions:
        starts.setdefault(each.slug, []).append((each.effective_from, each.number))
    found = []
    for each in versions:
        own = (each.effective_from, each.number)
        ends = [day for day, number in starts[each.slug] if (day, number) > own]
        if each.replaced_on is not None:
            ends.append(each.replaced_on)
        found.append(replace(each, replaced_on=min(ends, default=None)))
    return found


def must_make_sense(text: RuleText) -> None:
    """Stop here when a rule says what cannot be.

    Raises:
        RuleMistakeError: it does.
    """
    if not text.name.strip() or len(text.name) > LONGEST_NAME:
        raise RuleMistakeError(N_("请给规则起个名字，不超过 {n} 个字", n=LONGEST_NAME))
    if not 1 <= text.days <= MOST_DAYS:
        raise RuleMistakeError(N_("期限写 1 到 90 天"))
    if text.until is not None and text.until <= text.since:
        raise RuleMistakeError(N_("停用的日子要晚于开始的日子"))
