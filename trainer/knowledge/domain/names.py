"""How people call what publishing keeps as codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.publishing.domain.changes import Change
from trainer.publishing.domain.header import Audience
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.header import DecidingDate
from trainer.publishing.domain.header import Evidence
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status

STATUS_NAMES = {
    Status.DRAFT: "草稿",
    Status.IN_REVIEW: "待审批",
    Status.CHANGES_REQUESTED: "已退回",
    Status.APPROVED: "已发布",
    Status.WITHDRAWN: "已撤回",
    Status.DISCARDED: "已废弃",
}

ACT_NAMES = {
    Act.CREATED: "起草",
    Act.EDITED: "修改",
    Act.SUBMITTED: "送审",
    Act.SENT_BACK: "退回",
    Act.APPROVED: "批准",
    Act.WITHDRAWN: "撤回",
    Act.DISCARDED: "废弃",
    Act.RESTORED: "恢复",
    Act.CONFIRMED: "复核",
}

CHANGE_NAMES = {
    Change.ADDED: "新增",
    Change.CHANGED: "有改动",
    Change.MOVED: "只移动位置",
    Change.REMOVED: "删除",
    Change.SAME: "未变",
}

CHANGE_KIND_NAMES = {
    ChangeKind.TYPO: "错字",
    ChangeKind.CLARIFY: "澄清",
    ChangeKind.SUBSTANCE: "实质",
    ChangeKind.REPEAL: "废止",
}

EVIDENCE_NAMES = {
    Evidence.OFFICIAL: "A 已读官方文本",
    Evidence.SECOND_HAND: "B 二手资料，待核实",
    Evidence.RECALL: "C 凭经验，待核实",
}

AUDIENCE_NAMES = {Audience.ALL: "所有人", Audience.SUPERVISORS: "主管以上"}

DECIDING_NAMES = {
    DecidingDate.APPLICATION: "申请日",
    DecidingDate.ACCEPTANCE: "受理日",
    DecidingDate.CONTRACT: "合同签订日",
    DecidingDate.FILING: "网签备案日",
    DecidingDate.EVENT: "事实发生日",
    DecidingDate.PAYMENT: "缴存（汇缴）日",
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
