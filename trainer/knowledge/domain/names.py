"""How people call what publishing keeps as codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.publishing.domain.changes import Change
from trainer.publishing.domain.header import EVIDENCE_NAMES
from trainer.publishing.domain.header import Audience
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.header import DecidingDate
from trainer.publishing.domain.header import Evidence
from trainer.publishing.domain.lifecycle import STATUS_NAMES
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status

ACT_NAMES = {
    Act.CREATED: Nc_("history", "起草"),
    Act.EDITED: Nc_("history", "修改"),
    Act.SUBMITTED: Nc_("history", "送审"),
    Act.SENT_BACK: Nc_("history", "退回"),
    Act.APPROVED: Nc_("history", "批准"),
    Act.WITHDRAWN: Nc_("history", "撤回"),
    Act.DISCARDED: Nc_("history", "废弃"),
    Act.RESTORED: Nc_("history", "恢复"),
    Act.CONFIRMED: Nc_("history", "复核"),
}

CHANGE_NAMES = {
    Change.ADDED: N_("新增"),
    Change.CHANGED: N_("有改动"),
    Change.MOVED: N_("只移动位置"),
    Change.REMOVED: N_("删除"),
    Change.SAME: N_("未变"),
}

CHANGE_KIND_NAMES = {
    ChangeKind.TYPO: N_("错字"),
    ChangeKind.CLARIFY: N_("澄清"),
    ChangeKind.SUBSTANCE: N_("实质"),
    ChangeKind.REPEAL: N_("废止"),
}

AUDIENCE_NAMES = {
    Audience.ALL: N_("所有人"),
    Audience.SUPERVISORS: N_("主管以上"),
    Audience.AUTHORS: N_("编辑和审批人"),
}

DECIDING_NAMES = {
    DecidingDate.APPLICATION: N_("申请日"),
    DecidingDate.ACCEPTANCE: N_("受理日"),
    DecidingDate.CONTRACT: N_("合同签订日"),
    DecidingDate.FILING: N_("网签备案日"),
    DecidingDate.EVENT: N_("事实发生日"),
    DecidingDate.PAYMENT: N_("缴存（汇缴）日"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """All of them, for a page."""

    status: Mapping[Status, str]
    acts: Mapping[Act, str]
    changes: Mapping[Change, str]
    change_kinds: Mapping[ChangeKind, str]
    evidence: Mapping[Evidence, str]
    deciding: Mapping[DecidingDate, str]


NAMES = Names(
    status=STATUS_NAMES,
    acts=ACT_NAMES,
    changes=CHANGE_NAMES,
    change_kinds=CHANGE_KIND_NAMES,
    evidence=EVIDENCE_NAMES,
    deciding=DECIDING_NAMES,
)
