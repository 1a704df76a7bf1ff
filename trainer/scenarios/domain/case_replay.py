"""From a returned file or a complaint to the text of a scenario; pure.

What is known becomes the first node: what was asked, what was told, what would have
been right, and the clause. What nobody can know from the file is left to the author,
who finds it marked 【请填写】; until he has written it nobody can submit the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.core.anonymity import must_be_anonymous
from trainer.core.document import FENCE
from trainer.core.wording import N_
from trainer.publishing.domain.typed import PLACEHOLDER
from trainer.publishing.domain.written import Value
from trainer.publishing.domain.written import written
from trainer.scenarios.domain import SCENARIO
from trainer.topics.domain.causes import CAUSE_NAMES
from trainer.topics.domain.causes import ErrorCause

LONGEST_ASKED = 300
LONGEST_ANSWER = 180
"""Characters of what was asked; of what was told, and of what is right."""

LONGEST_TITLE = 100

REVIEW_DAYS = 180

ANONYMOUS = "（已隐去个人信息）"
"""How the source of such a scenario ends: by this it is known later."""


class Origin(StrEnum):
    """What went wrong before."""

    RETURNED = "returned"
    COMPLAINT = "complaint"


ORIGIN_NAMES = {
    Origin.RETURNED: N_("退件"),
    Origin.COMPLAINT: N_("投诉"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Command: make a scenario of a case.

    Attributes:
        title: What the scenario is called.
        line: Code of the business line.
        owner: Code of the post that answers for the line.
        first_day: From when it holds, and the day on which it plays.
        origin: What it was.
        asked: What the citizen wanted.
        told: What he was told; it was wrong.
        right: What would have been right.
        cite: Clause, ``<slug>#<section>``.
        cause: What kind of error it was.
        competency: Code of the competency that avoids it.
    """

    title: str
    line: str
    owner: str
    first_day: date
    origin: Origin
    asked: str
    told: str
    right: str
    cite: str
    cause: ErrorCause
    competency: str


def must_name_nobody(replay: Replay) -> None:
    """Check that a case holds no number that may be somebody's.

    Raises:
        NotAnonymousError: it does.
    """
    for words in (replay.title, replay.asked, replay.told, replay.right):
        must_be_anonymous(words)


def draft_text(replay: Replay) -> str:
    """Give the text of a scenario that its author goes on with."""
    return "\n".join([*_head(replay), *_body(replay), ""])


def _head(replay: Replay) -> Iterator[str]:
    said: dict[str, Value | None] = {
        "title": _line(replay.title),
        "kind": SCENARIO,
        "line": replay.line,
        "owner": replay.owner,
        "review_every_days": REVIEW_DAYS,
        "effective_from": replay.first_day,
        "evidence": "B",
        "source": f"{ORIGIN_NAMES[replay.origin]}{ANONYMOUS}",
    }
    yield FENCE
    for key, value in said.items():
        yield from written(key, value)
    yield FENCE


def _body(replay: Replay) -> Iterator[str]:
    name, cause = ORIGIN_NAMES[replay.origin], CAUSE_NAMES[replay.cause]
    about = f"由{name}改编，错在{cause}：{_blank('练的是什么')}"
    yield from written("about", about)
    yield from written("on", replay.first_day)
    yield "start: asked"
    yield "nodes:"
    yield from _node("asked", _line(replay.asked), "policy, communication")
    yield from _choice(
        "as-told",
        _line(replay.told),
        "bad",
        "returned",
        replay,
        why=f"当时就是这样答的，错在{cause}。",
    )
    yield from _choice("right", _line(replay.right), "best", "goes-on", replay)
    yield from _choice(
        "unsure",
        _blank("另一种常见的说法，不全对"),
        "fair",
        "goes-on",
        why=_blank("差在哪里"),
    )
    yield from _node("goes-on", _blank("群众听完会怎么说"), "process, communication")
    yield from _choice(
        "hurry", _blank("不妥的说法"), "bad", "returned", why=_blank("差在哪里")
    )
    yield from _choice("close", _blank("最好的说法，把手续说全"), "best", "done")
    yield "endings:"
    yield from _ending("done", "good", _blank("群众满意时说什么"), replay.right)
    yield from _ending("returned", "bad", _blank(f"{name}以后他怎么说"), replay.told)


def _node(key: str, says: str, tests: str) -> Iterator[str]:
    yield f"  - id: {key}"
    yield from _indented(4, written("says", says))
    yield f"    tests: [{tests}]"
    yield "    choices:"


def _choice(
    key: str,
    text: str,
    rating: str,
    to: str,
    replay: Replay | None = None,
    *,
    why: str = "",
) -> Iterator[str]:
    yield f"      - id: {key}"
    yield from _indented(8, written("text", text))
    yield f"        rating: {rating}"
    if why:
        yield from _indented(8, written("why", why))
    if replay:
        yield from _indented(8, written("competency", replay.competency))
        yield f"        cites: [{replay.cite}]"
    yield f"        to: {to}"


def _ending(key: str, outcome: str, says: str, debrief: str) -> Iterator[str]:
    told = "对的答法" if outcome == "good" else "当时的答法"
    yield f"  - id: {key}"
    yield f"    outcome: {outcome}"
    yield from _indented(4, written("says", says))
    yield from _indented(4, written("debrief", f"{told}：{_line(debrief)}"))


def _indented(by: int, lines: list[str]) -> list[str]:
    return [" " * by + line for line in lines]


def _blank(what: str) -> str:
    """Mark what the author must still write."""
    return f"{PLACEHOLDER}：{what}】"


def _line(words: str) -> str:
    return " ".join(words.split())
