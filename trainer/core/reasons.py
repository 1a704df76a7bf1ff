"""A reason that somebody gives when a table leaves the system."""

from __future__ import annotations

from trainer.core.errors import TrainerError
from trainer.core.wording import N_

SHORTEST_REASON = 4
"""Characters of a reason."""

LONGEST_REASON = 200


class ReasonTooShortError(TrainerError):
    """Nobody would understand later why the table was exported."""

    def __init__(self) -> None:
        super().__init__(N_("请写明导出理由，至少 {least} 个字", least=SHORTEST_REASON))


def must_give_reason(reason: str) -> None:
    """Check a reason.

    Raises:
        ReasonTooShortError: too few characters.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShortError
