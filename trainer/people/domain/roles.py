"""Roles, what they allow, and which of them one person may not hold together; pure.

Source of the separation: GB/T 22239-2019, three duties (system, security, audit)
in different hands.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from enum import StrEnum

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class Role(StrEnum):
    """What a person does here."""

    CLERK = "clerk"
    MENTOR = "mentor"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    APPROVER = "approver"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLE_NAMES = {
    Role.CLERK: N_("窗口人员"),
    Role.MENTOR: N_("带教老师"),
    Role.SUPERVISOR: N_("主管"),
    Role.EDITOR: N_("政策编辑"),
    Role.APPROVER: N_("审批人"),
    Role.MANAGER: N_("中心管理者"),
    Role.ADMINISTRATOR: N_("系统管理员"),
    Role.AUDITOR: N_("审计员"),
}

ROLE_HELP = {
    Role.CLERK: N_("查政策、打印告知单、反馈有误"),
    Role.MENTOR: N_("另可看自己所带的人的任职情况"),
    Role.SUPERVISOR: N_(
        "另可看督导范围内的人，安排本网点的窗口、带教和接替；要选督导范围"
    ),
    Role.EDITOR: N_("起草、修改、送审政策，答复有误反馈"),
    Role.APPROVER: N_("批准或退回别人写的稿件"),
    Role.MANAGER: N_("同主管，范围是全中心"),
    Role.ADMINISTRATOR: N_("管账号、任职、机构与网点；不能改政策，也不能看审计"),
    Role.AUDITOR: N_("看操作记录；不能兼任管理、编辑、审批、主管"),
}
"""What each role is for, in one line."""

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset({Permission.READ}),
    Role.MENTOR: frozenset({Permission.READ, Permission.MENTOR}),
    Role.SUPERVISOR: frozenset({Permission.READ, Permission.SUPERVISE}),
    Role.EDITOR: frozenset({Permission.READ, Permission.EDIT}),
    Role.APPROVER: frozenset({Permission.READ, Permission.APPROVE}),
    Role.MANAGER: frozenset({Permission.READ, Permission.SUPERVISE, Permission.MANAGE}),
    Role.ADMINISTRATOR: frozenset({Permission.READ, Permission.ADMINISTER}),
    Role.AUDITOR: frozenset({Permission.READ, Permission.AUDIT}),
}

AUDITED = frozenset(
    {Role.ADMINISTRATOR, Role.EDITOR, Role.APPROVER, Role.SUPERVISOR, Role.MANAGER}
)
"""Roles whose acts the auditor looks at; he holds none of them himself."""


class ConflictingRolesError(TrainerError):
    """One person would look after himself."""

    def __init__(self, role: Role) -> None:
        super().__init__(
            N_(
                "审计员不能同时是{role}：不能自己审计自己；请分给两个人",
                role=ROLE_NAMES[role],
            )
        )


def must_be_separate(roles: Collection[Role]) -> None:
    """Check that one person may hold these roles together.

    Raises:
        ConflictingRolesError: an auditor would audit his own acts.
    """
    if Role.AUDITOR in roles:
        for role in Role:
            if role in AUDITED and role in roles:
                raise ConflictingRolesError(role)
