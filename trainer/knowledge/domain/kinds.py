"""The kinds of articles and the faces of an answer card."""

from __future__ import annotations

from enum import StrEnum


class ArticleKind(StrEnum):
    """What an article is; the value is what its front matter says."""

    POLICY = "policy"
    GUIDE = "guide"
    QA = "qa"
    RISK = "risk"
    ONLINE = "online"


class Face(StrEnum):
    """Ids of the sections that have a place on the answer card, in its order."""

    ANSWER = "answer"
    CONDITIONS = "conditions"
    MATERIALS = "materials"
    STEPS = "steps"
    MESSAGES = "messages"
    PITFALLS = "pitfalls"
    PLAIN = "plain"
    ALTERNATIVES = "alternatives"
    PROACTIVE = "proactive"
    BASIS = "basis"


KIND_NAMES = {
    ArticleKind.POLICY: "政策法规",
    ArticleKind.GUIDE: "办事指南",
    ArticleKind.QA: "标准问答",
    ArticleKind.RISK: "风险提示",
    ArticleKind.ONLINE: "线上操作",
}

FACE_NAMES = {
    Face.ANSWER: "一句话结论",
    Face.CONDITIONS: "条件与额度",
    Face.MATERIALS: "要件清单",
    Face.STEPS: "操作步骤",
    Face.MESSAGES: "系统提示",
    Face.PITFALLS: "易错点",
    Face.PLAIN: "大白话话术",
    Face.ALTERNATIVES: "办不了时怎么办",
    Face.PROACTIVE: "主动提示",
    Face.BASIS: "依据条款",
}

LONGEST_ANSWER = 120
"""Most characters of 一句话结论, marks not counted."""
