"""The kinds of articles and the faces of an answer card."""

from __future__ import annotations

from enum import StrEnum

from trainer.core.wording import N_


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
    ArticleKind.POLICY: N_("政策法规"),
    ArticleKind.GUIDE: N_("办事指南"),
    ArticleKind.QA: N_("标准问答"),
    ArticleKind.RISK: N_("风险提示"),
    ArticleKind.ONLINE: N_("线上操作"),
}

FACE_NAMES = {
    Face.ANSWER: N_("一句话结论"),
    Face.CONDITIONS: N_("条件与额度"),
    Face.MATERIALS: N_("要件清单"),
    Face.STEPS: N_("操作步骤"),
    Face.MESSAGES: N_("系统提示"),
    Face.PITFALLS: N_("易错点"),
    Face.PLAIN: N_("大白话话术"),
    Face.ALTERNATIVES: N_("办不了时怎么办"),
    Face.PROACTIVE: N_("主动提示"),
    Face.BASIS: N_("依据条款"),
}

LONGEST_ANSWER = 120
"""Most characters of 一句话结论, marks not counted."""
