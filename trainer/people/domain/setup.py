"""The first minutes of an installation: somebody becomes its administrator; pure."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.core.errors import ConflictError
from trainer.core.wording import N_


class AlreadySetUpError(ConflictError):
    """There is an account already."""

    def __init__(self) -> None:
        super().__init__(N_("网站已经设置过了；请直接登录，没有账号请联系系统管理员"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """Command: the first administrator, the centre and its first site, by name."""

    login: str
    name: str
    password: str
    centre: str
    site: str
