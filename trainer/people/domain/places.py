"""Where people work and who sends them; pure.

Terms:
    organisation: the centre itself, or a bank that lends it people.
    site: 管理部 or 网点, where citizens come (or call).
    seat: a place at a site where one person answers; a 窗口 is a seat whose channel
        is :attr:`Channel.WINDOW`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.wording import N_

CODE = re.compile(r"^[a-z0-9][a-z0-9-]{0,31}\Z")


class TakenError(ConflictError):
    """Another one has the code or the name."""


class StillInUseError(ConflictError):
    """People work there, or were sent from there."""


class OrganisationKind(StrEnum):
    """What an organisation is to the centre."""

    CENTRE = "centre"
    BANK = "bank"


ORGANISATION_NAMES = {
    OrganisationKind.CENTRE: N_("公积金中心"),
    OrganisationKind.BANK: N_("派驻银行"),
}


class Channel(StrEnum):
    """How citizens reach a seat."""

    WINDOW = "window"
    HOTLINE = "hotline"
    ONLINE = "online"
    GUIDE = "guide"


CHANNEL_NAMES = {
    Channel.WINDOW: N_("窗口"),
    Channel.HOTLINE: N_("热线"),
    Channel.ONLINE: N_("在线客服"),
    Channel.GUIDE: N_("引导"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people work or will work at each place, by its key."""

    organisations: Mapping[int, int]
    sites: Mapping[int, int]
    seats: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The centre, or a lending bank; retired, never deleted.

    ``id`` is 0 until it is kept; ``code`` is what files call it and stays.
    """

    code: str
    name: str
    kind: OrganisationKind
    active: bool = True
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place of work; retired, never deleted."""

    code: str
    name: str
    active: bool = True
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A seat at a site; ``name`` (``3号窗口``) is unique at its site."""

    site: int
    name: str
    channel: Channel
    active: bool = True
    id: int = 0
