"""How an article begins: the template of its kind; how it cites."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from trainer.core.wording import N_
from trainer.knowledge.domain.kinds import ArticleKind

HINTS = {
    ArticleKind.POLICY: N_("法律、条例、部门文件、管委会决定的条文，一条一节"),
    ArticleKind.GUIDE: N_("一项业务怎么办：结论、条件、要件、易错点、话术"),
    ArticleKind.QA: N_("群众常问的一个问题和标准答复"),
    ArticleKind.RISK: N_("容易出事的情形：怎么识别、怎么处理"),
    ArticleKind.ONLINE: N_("线上办理的步骤，系统提示原文和对策"),
}


def template(kind: ArticleKind, *, line: str, owner: str, first_day: date) -> str:
    """Give the text a new article begins with; it parses as it stands.

    Args:
        kind: What it will be.
        line: Code of a business line.
        owner: Code of a post.
        first_day: First day in force, for the author to change.
    """
    head = {
        "title": "【请填写：标题，不写日期】",
        "kind": kind,
        "line": line,
        "owner": owner,
        "review_every_days": "180",
        "effective_from": first_day.isoformat(),
        "evidence": "C",
        "source": "【请填写：依据的文件名称和文号】",
    }
    if kind is ArticleKind.POLICY:
        head["document_number"] = "【请填写：文号】"
    lines = "\n".join(f"{key}: {value}" for key, value in head.items())
    return f"---\n{lines}\n---\n{_BODIES[kind]}"


def citation(slug: str, section: str, words: str) -> str:
    """Write a citation as it stands in a text."""
    clean = re.sub(r"[\[\]\n]", " ", words).strip()
    return f"[{clean}](cite:{slug}#{section})" if section else f"[{clean}](cite:{slug})"


_ANSWER = """\
## 一句话结论 {#answer}

【请填写：能不能办、关键数字，不超过 120 字，数字加粗】
"""
_PLAIN = """\

## 大白话话术 {#plain}

【请填写：照着念给群众听的话】
"""
_LAST = """\

## 办不了时怎么办 {#alternatives}

- 【请填写：还有什么别的办法】

## 依据 {#basis}

- 【请填写：用工具栏的“引用条款”插入依据】
"""
_PITFALLS = """\

## 易错点 {#pitfalls}

- **【请填写：错在哪里】**：正确的做法。
"""
_MATERIALS = """\

## 要件清单 {#materials}

- 身份证原件
- 【请填写：一行一样材料】
"""
_CONDITIONS = """\

## 条件与额度 {#conditions}

- 【请填写：谁能办、限额多少】
"""
_BODIES: Mapping[ArticleKind, str] = {
    ArticleKind.POLICY: """\
## 第一章 总则 {#chapter-1}

### 第一条 【请填写：这一条讲什么】 {#purpose}

【请填写：条文原文】
""",
    ArticleKind.GUIDE: _ANSWER + _CONDITIONS + _MATERIALS + _PITFALLS + _PLAIN + _LAST,
    ArticleKind.QA: _ANSWER + _CONDITIONS + _PLAIN + _LAST,
    ArticleKind.RISK: _ANSWER + _PITFALLS + _PLAIN + _LAST,
    ArticleKind.ONLINE: _ANSWER
    + """\

## 操作步骤 {#steps}

1. 【请填写：第一步】

## 系统提示 {#messages}

- **【请填写：提示原文】**：是什么意思，怎么办。
"""
    + _PLAIN
    + _LAST,
}
