"""Taking a person's particulars out of the records; pure.

What was done stays, under a key that leads to nobody any more. Source: PIPL art. 47,
erasure when the purpose is fulfilled or the person asks for it.
"""

from __future__ import annotations

from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.wording import N_

ERASED_NAME = "已注销人员"
ERASED_LOGIN = "erased-"
"""Logins that begin so belong to nobody; the key follows."""


class Why(StrEnum):
    """Why somebody is erased; the audit keeps the code."""

    ASKED = "asked"
    OVER = "over"
    MISTAKE = "mistake"


WHY_NAMES = {
    Why.ASKED: N_("本人申请"),
    Why.OVER: N_("保存期满"),
    Why.MISTAKE: N_("误建的账号"),
}


class NotReadyError(ConflictError):
    """The person still works here, or can still log in."""


class ErasedError(ConflictError):
    """The person's particulars were removed; nothing can be changed any more."""

    def __init__(self) -> None:
        super().__init__(N_("此人的资料已注销，不能再修改或启用；要再用请新建账号"))
