"""Who is acting: the only thing a use case knows about the person logged in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trainer.core.errors import DeniedError
from trainer.core.wording import N_


class Permission(StrEnum):
    """What an actor may be allowed to do."""

    READ = "read"
    EDIT = "edit"
    APPROVE = "approve"
    MENTOR = "mentor"
    SUPERVISE = "supervise"
    MANAGE = "manage"
    ADMINISTER = "administer"
    AUDIT = "audit"


NAMES = {
    Permission.READ: N_("查看"),
    Permission.EDIT: N_("编辑"),
    Permission.APPROVE: N_("审批"),
    Permission.MENTOR: N_("带教"),
    Permission.SUPERVISE: N_("督导"),
    Permission.MANAGE: N_("统管全中心"),
    Permission.ADMINISTER: N_("系统管理"),
    Permission.AUDIT: N_("审计"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records somebody sees beside his own; the empty one shows nobody's.

    Attributes:
        everybody: The whole centre.
        sites: Keys of sites; whoever works there.
        organisations: Keys of lending banks; whoever they have sent.
    """

    everybody: bool = False
    sites: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()


NO_SCOPE = Scope()


@dataclass(frozen=True, slots=True)
class Actor:
    """The person acting, with what they may do.

    Attributes:
        person: Key of the person; 0 is nobody in particular (an open intranet
            reader, or the command line when it only reads).
        name: Shown name.
        permissions: What they may do.
        posts: Codes of the posts they hold, also as deputy.
        scope: Whose records they see beside their own.
    """

    person: int
    name: str
    permissions: frozenset[Permission]
    posts: frozenset[str] = frozenset()
    scope: Scope = NO_SCOPE

    def may(self, permission: Permission) -> bool:
        """Tell whether the actor holds a permission."""
        return permission in self.permissions

    def must(self, permission: Permission) -> None:
        """Stop here unless the actor holds the permission.

        Raises:
            DeniedError: with a message fit for the screen.
        """
        if permission not in self.permissions:
            raise DeniedError(
                N_(
                    "您的账号没有“{permission}”权限；如确有需要，请联系管理员",
                    permission=NAMES[permission],
                )
            )

    def must_be_somebody(self, refusal: str) -> None:
        """Stop here unless the actor may read and is a person who logged in.

        Args:
            refusal: What to say to nobody in particular, fit for the screen.

        Raises:
            DeniedError: with the refusal, or because he may not read.
        """
        self.must(Permission.READ)
        if not self.person:
            raise DeniedError(refusal)

    @property
    def sees_drafts(self) -> bool:
        """Whether unpublished texts exist for this actor."""
        return bool(self.permissions & {Permission.EDIT, Permission.APPROVE})


READER = Actor(0, N_("访客"), frozenset({Permission.READ}))
"""Somebody who may read and is nobody in particular."""
