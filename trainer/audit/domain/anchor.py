"""The anchor: number and hash of the last entry, kept beside the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from trainer.audit.domain.chain import Link
from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class AnchorUnreadableError(TrainerError):
    """The file is no anchor."""


class TailCutError(TrainerError):
    """The database does not hold the entry that the anchor names."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the chain, and when its act was done."""

    link: Link
    at: datetime


def write_anchor(anchor: Anchor) -> str:
    """Give the text of an anchor."""
    told = {
        "number": anchor.link.number,
        "hash": anchor.link.hash,
        "at": anchor.at.isoformat(),
    }
    return json.dumps(told) + "\n"


def parse_anchor(text: str) -> Anchor:
    """Read an anchor.

    Raises:
        AnchorUnreadableError: the text is none.
    """
    try:
        told = json.loads(text)
        link = Link(int(told["number"]), str(told["hash"]))
        return Anchor(link, datetime.fromisoformat(told["at"]))
    except (ValueError, TypeError, KeyError) as error:
        raise AnchorUnreadableError(
            N_(
                "存底文件读不懂，可能被改坏；请从备份取回，或查明原因后用"
                " trainer audit anchor --reset 重新存底"
            )
        ) from error
