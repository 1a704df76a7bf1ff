"""What lists, tips and search need of an item, without its text being read again.

Publishing keeps it beside the text of a checklist (its facets), so that the tips of a
step are chosen from thousands of items without parsing one.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trainer.checklists.domain.checklist import Item
from trainer.checklists.domain.checklist import Severity
from trainer.checklists.domain.situation import Condition
from trainer.checklists.domain.situation import kept as kept_condition
from trainer.checklists.domain.situation import read_back as read_condition
from trainer.topics.domain.causes import ErrorCause


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An item as it stands in lists; the fields are those of :class:`Item`.

    ``cites`` are pairs of slug and section.
    """

    id: str
    businesses: tuple[str, ...]
    step: str
    severity: Severity
    causes: tuple[ErrorCause, ...]
    competency: str
    when: Condition
    wrong: str
    check: str
    say: str
    owner: str
    cites: tuple[tuple[str, str], ...]


def kept(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Give the form in which publishing keeps them."""
    return [
        {
            "id": item.id,
            "businesses": [*item.businesses],
            "step": item.step,
            "severity": item.severity.value,
            "causes": [cause.value for cause in item.causes],
            "competency": item.competency,
            "when": kept_condition(item.when),
            "wrong": item.wrong,
            "check": item.check,
            "say": item.say,
            "owner": item.owner,
            "cites": [[cite.slug, cite.section] for cite in item.cites],
        }
        for item in items
    ]


def read_back(stored: Sequence[Mapping[str, Any]]) -> tuple[Listed, ...]:
    """Read what :func:`kept` gave."""
    return tuple(
        Listed(
            id=each["id"],
            businesses=tuple(each["businesses"]),
            step=each["step"],
            severity=Severity(each["severity"]),
            causes=tuple(ErrorCause(cause) for cause in each["causes"]),
            competency=each["competency"],
            when=read_condition(each["when"]),
            wrong=each["wrong"],
            check=each["check"],
            say=each["say"],
            owner=each["owner"],
            cites=tuple((slug, section) for slug, section in each["cites"]),
        )
        for each in stored
    )
