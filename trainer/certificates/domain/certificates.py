"""Certificates: what they rest on, and what they are worth on a day; pure.

Only that a certificate was issued is kept. Whether it holds is computed from what it
rests on, so it is worth nothing on the very day a rule changes, without any job.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from enum import StrEnum

from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import Authorisation
from trainer.competence.domain.authorising import State as Granted
from trainer.core.clock import day_of
from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

CODE_BYTES = 16
"""Random bytes of a code: 128 bits, more than anybody tries."""

CODE = re.compile(r"[A-Z2-7]{26}")
GROUP = 4
"""Characters of a code that stand together on paper."""

SHORTEST_REASON, LONGEST_REASON = 4, 200
ENDING_SOON = 30
"""Days before its end from which on the owner is told."""


class Kind(StrEnum):
    """What a certificate certifies."""

    LINE = "line"
    COURSE = "course"


KIND_NAMES = {
    Kind.LINE: N_("上岗授权证书"),
    Kind.COURSE: N_("课程结业证书"),
}


class State(StrEnum):
    """What a certificate is worth on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    LEFT = "left"
    REVOKED = "revoked"


STATE_NAMES = {
    State.VALID: N_("有效"),
    State.EXPIRED: N_("已到期"),
    State.LAPSED: N_("依据已失效"),
    State.SUSPENDED: N_("暂停使用"),
    State.REPLACED: N_("已被新的决定取代"),
    State.LEFT: N_("持证人已离岗"),
    State.REVOKED: N_("已被撤销"),
}

STATE_WORDS = {
    State.VALID: N_("证书是真的，今天有效。"),
    State.EXPIRED: N_("证书是真的，但有效期已过。"),
    State.LAPSED: N_(
        "证书是真的，但它依据的要求变了或没有保持，要重新证明后换发新证。"
    ),
    State.SUSPENDED: N_("证书是真的，但授权正在暂停，暂停期间不能使用。"),
    State.REPLACED: N_("证书是真的，但已有新的决定，请以新证书为准。"),
    State.LEFT: N_("证书是真的，但持证人已不在窗口任职。"),
    State.REVOKED: N_("证书是真的，但已经撤销，不能再使用。"),
}


NO_CERTIFICATE = N_("没有这张证书")
"""What is said when there is none, or not for whoever asks."""

UNKNOWN_CODE = N_("没有查到这个核验码；请对照证书再核对一遍，或向网点主管求证")
"""What is said of every wrong code: not how near it came."""


class NoGroundError(ConflictError):
    """There is nothing that a certificate could rest on."""

    def __init__(self) -> None:
        super().__init__(
            N_("现在没有可以发证的依据：要先批准独立上岗，或者学完课程；请刷新后再看")
        )


class RevokedError(ConflictError):
    """It was revoked before."""

    def __init__(self) -> None:
        super().__init__(N_("这一张已经撤销过了"))


class OwnDecisionError(TrainerError):
    """Nobody decides about himself here."""

    def __init__(self) -> None:
        super().__init__(N_("不能自己决定自己的证书和荣誉；请网点主管来定"))


class NoReasonError(TrainerError):
    """The act needs a reason."""

    def __init__(self) -> None:
        super().__init__(N_("请写明理由，至少 {least} 个字", least=SHORTEST_REASON))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a certificate can rest on today.

    Attributes:
        person: Key of the person.
        kind: What would be certified.
        subject: Code of the business line, or slug of the course.
        rests_on: Number of the step of the authorisation; of a course the day it was
            completed, as an ordinal.
        until: First day it holds no more, None when it has no end.
        approved_by: Key of who has let the person work, 0 where nobody has.
    """

    person: int
    kind: Kind
    subject: str
    rests_on: int
    until: date | None
    approved_by: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate as it was issued.

    Attributes:
        id: Its key.
        year: Year of its number.
        serial: Which one of the year, from 1.
        code: What it is verified by, see :func:`code_of`.
        ground: What it rests on; ``until`` is what is printed on it.
        name: The person's name, as his account has it today.
        issued_on: The day.
        revoked_at: When it was revoked, None when it was not.
        revoked_why: Why, in words the person reads.
    """

    id: int
    year: int
    serial: int
    code: str = field(repr=False)
    ground: Ground
    name: str
    issued_on: date
    revoked_at: datetime | None = None
    revoked_why: str = ""

    @property
    def number(self) -> str:
        """Its number; it has no meaning beside the year."""
        return f"{self.year}-{self.serial:06}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate, and what it is worth on a day."""

    certificate: Certificate
    state: State


def code_of(chance: bytes) -> str:
    """Give the code of so many random bytes: letters and digits, none mistakable.

    Args:
        chance: :data:`CODE_BYTES` bytes, of the best randomness there is.
    """
    return base64.b32encode(chance).decode().rstrip("=")


def read_code(typed: str) -> str | None:
    """Read a code as somebody copies it from paper; None when it cannot be one."""
    told = re.sub(r"[\s-]+", "", typed).upper()
    return told if CODE.fullmatch(told) else None


def in_groups(code: str) -> str:
    """Write a code as it stands on paper."""
    parts = (code[n : n + GROUP] for n in range(0, len(code), GROUP))
    return "-".join(parts)


def line_ground(person: int, line: str, found: Authorisation) -> Ground | None:
    """Give what a certificate of a line can rest on, None where nothing does.

    It is the grant, or the lapse after which the person has shown the line again: so
    whoever has to prove it anew gets a new certificate, and nobody gets two for one.
    """
    if found.state is not Granted.ALONE:
        return None
    steps = [
        (number, event)
        for number, event in enumerate(found.events, 1)
        if event.act in {Act.GRANTED, Act.LAPSED}
    ]
    grants = [event for _, event in steps if event.act is Act.GRANTED]
    return Ground(
        person=person,
        kind=Kind.LINE,
        subject=line,
        rests_on=steps[-1][0],
        until=found.until,
        approved_by=grants[-1].by,
    )


def line_state(ground: Ground, found: Authorisation, on: date) -> State:
    """Say what the certificate of a line is worth, from the steps since it and today.

    A lapse that was noted stays one, although the authorisation may have returned:
    then there is a new certificate.
    """
    for event in found.events[ground.rests_on :]:
        if event.act is Act.REVOKED:
            return State.REVOKED
        if event.act is Act.LAPSED:
            return State.LAPSED
        if event.act in {Act.GRANTED, Act.LIMITED}:
            return _replaced(ground, day_of(event.at))
    return _today(ground, found, on)


def _replaced(ground: Ground, on: date) -> State:
    ended = ground.until is not None and on >= ground.until
    return State.EXPIRED if ended else State.REPLACED


def _today(ground: Ground, found: Authorisation, on: date) -> State:
    if ground.until is not None and on >= ground.until:
        return State.EXPIRED
    told = {
        Granted.ALONE: State.VALID,
        Granted.SUSPENDED: State.SUSPENDED,
        Granted.REVOKED: State.REVOKED,
        Granted.EXPIRED: State.EXPIRED,
    }
    return told.get(found.state, State.LAPSED)


def course_state(
    ground: Ground, completed_on: date | None, on: date, *, holds: bool
) -> State:
    """Say what the certificate of a course is worth.

    Args:
        ground: What it rests on: ``rests_on`` is the ordinal of the day of completion.
        completed_on: The day the course was completed last, None for never.
        on: The day.
        holds: Whether nothing is left to do of the course now.
    """
    if ground.until is not None and on >= ground.until:
        return State.EXPIRED
    if completed_on is not None and completed_on.toordinal() > ground.rests_on:
        return State.REPLACED
    return State.VALID if holds else State.LAPSED


def worth(certificate: Certificate, told: State, *, has_left: bool) -> State:
    """Say what a certificate is worth, with its own end and its person's."""
    if certificate.revoked_at is not None:
        return State.REVOKED
    if told is State.VALID and has_left and certificate.ground.kind is Kind.LINE:
        return State.LEFT
    return told


def must_give_reason(reason: str) -> str:
    """Give a reason without the blanks around it.

    Raises:
        NoReasonError: it says nothing.
    """
    told = " ".join(reason.split())[:LONGEST_REASON]
    if len(told) < SHORTEST_REASON:
        raise NoReasonError
    return told


def to_issue(grounds: Sequence[Ground], known: Sequence[Certificate]) -> list[Ground]:
    """Leave out what has its certificate already, a revoked one included."""
    have = {_what(each.ground) for each in known}
    return [each for each in grounds if _what(each) not in have]


def _what(ground: Ground) -> tuple[int, Kind, str, int]:
    return ground.person, ground.kind, ground.subject, ground.rests_on
