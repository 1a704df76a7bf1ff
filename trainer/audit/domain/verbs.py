"""The acts that are kept, and the kinds of things they are about, by their names.

A verb is ``<kind of thing>.<past tense>`` and is never renamed: entries keep it.
Whoever records a new one adds its name here; a test looks for those without.
"""

from __future__ import annotations

from collections.abc import Mapping

VIEWED = "audit.viewed"
EXPORTED = "export.made"
ARCHIVED = "audit.archived"
ANCHOR_RESET = "audit.anchor_reset"

VERB_NAMES: Mapping[str, str] = {
    "login.begun": "登录",
    "login.refused": "登录被拒",
    "login.ended": "退出登录",
    "login.others_ended": "让其他地方的登录退出",
    "account.opened": "新建账号",
    "account.changed": "修改账号",
    "account.closed": "停用账号",
    "account.reopened": "启用账号",
    "account.password_reset": "重置密码",
    "account.password_refused": "改密码被拒",
    "account.password_changed": "修改本人密码",
    "post.saved": "保存岗位",
    "topics.saved": "保存业务、能力项或词库",
    "revision.created": "新建稿件",
    "revision.edited": "修改稿件",
    "revision.submitted": "送审",
    "revision.sent_back": "退回修改",
    "revision.approved": "批准",
    "revision.withdrawn": "撤回已发布的版本",
    "revision.discarded": "废弃稿件",
    "revision.restored": "恢复稿件",
    "revision.confirmed": "复核全文：仍然正确",
    "reference.confirmed": "复核引用：仍然正确",
    "flag.raised": "提出有误反馈",
    "flag.open": "重新打开反馈",
    "flag.accepted": "采纳反馈",
    "flag.fixed": "答复反馈：已改",
    "flag.declined": "答复反馈：不改",
    "pack.imported": "导入内容包",
    EXPORTED: "导出表格",
    VIEWED: "查看操作记录",
    ARCHIVED: "归档操作记录",
    ANCHOR_RESET: "重新存底",
}

KIND_NAMES: Mapping[str, str] = {
    "login": "登录",
    "person": "账号",
    "post": "岗位",
    "topics": "业务与词库",
    "revision": "稿件",
    "reference": "引用",
    "flag": "有误反馈",
    "pack": "内容包",
    "export": "导出",
    "audit": "操作记录",
}
"""By the first part of an object, or of the verb where there is none."""

DETAIL_NAMES: Mapping[str, str] = {
    "LoginFailedError": "工号或密码不对，或账号已停用",
    "TooManyFailuresError": "连续输错，暂停登录",
    "audit": "操作记录",
}
"""What a detail says, where it is not a plain number or code."""
