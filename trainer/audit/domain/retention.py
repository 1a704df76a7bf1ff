"""How long entries stay, and how the oldest leave.

Source: 网络安全法, which asks that network logs are kept for six months at least.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from trainer.audit.domain.chain import Fault
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

SHORTEST_KEPT = 183
"""Days an entry stays in the database at least."""


class TooYoungError(TrainerError):
    """Some of the entries to be archived must still stay."""

    def __init__(self, latest: date) -> None:
        super().__init__(
            N_(
                "操作记录至少要留 {least} 天；今天最晚能归档 {latest} 之前的",
                least=SHORTEST_KEPT,
                latest=latest,
            )
        )


class ChainBrokenError(TrainerError):
    """What is not in order is not archived; ``fault`` says where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(
            N_(
                "第 {n} 条起对不上，没有归档；请先用 trainer audit verify 查明",
                n=fault.number,
            )
        )
        self.fault = fault


class ArchiveUnreadableError(TrainerError):
    """The file is no archive of the audit."""


def latest_cut(today: date) -> date:
    """Give the last day before which entries may be archived."""
    return today - timedelta(days=SHORTEST_KEPT)


def must_be_old(before: date, today: date) -> None:
    """Check a day before which entries are to be archived.

    Raises:
        TooYoungError: some of them must still stay.
    """
    if before > latest_cut(today):
        raise TooYoungError(latest_cut(today))
