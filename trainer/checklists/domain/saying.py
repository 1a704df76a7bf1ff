"""Items in words, for who reviews and compares texts, and for the search index."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.checklists.domain.checklist import Item
from trainer.checklists.domain.situation import ASPECT_NAMES
from trainer.checklists.domain.situation import CODES
from trainer.checklists.domain.situation import Condition
from trainer.core.wording import N_
from trainer.topics.domain.causes import CAUSE_NAMES


def item_in_words(item: Item) -> str:
    """Give everything an item says, a line each."""
    return "\n".join(f"- {line}" for line in _said(item))


def condition_in_words(condition: Condition) -> tuple[str, ...]:
    """Give in which situations it matters, a phrase each; nothing for all."""
    return tuple(_conditions(condition))


def _said(item: Item) -> Iterator[str]:
    yield N_("怎么查：{words}", words=item.check)
    if item.say:
        yield N_("怎么说：{words}", words=item.say)
    yield N_("轻重：{name}", name=SEVERITY_NAMES[item.severity])
    yield N_("错因：{names}", names=[CAUSE_NAMES[cause] for cause in item.causes])
    where = [*item.businesses, item.step]
    yield N_("业务和环节：{codes}", codes=where)
    yield N_("能力项：{code}", code=item.competency)
    if told := condition_in_words(item.when):
        yield N_("只在：{conditions}", conditions=told)
    if item.owner:
        yield N_("负责岗位：{code}", code=item.owner)


def _conditions(condition: Condition) -> Iterator[str]:
    for aspect, codes in condition.codes.items():
        names = [name for code, name in CODES[aspect].items() if code in codes]
        yield N_("{aspect}是{names}", aspect=ASPECT_NAMES[aspect], names=names)
    if condition.start:
        yield N_("日期不早于 {day}", day=condition.start.isoformat())
    if condition.end:
        yield N_("日期早于 {day}", day=condition.end.isoformat())
