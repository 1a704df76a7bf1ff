"""What files say of a question, and what Chinese question banks call it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from enum import StrEnum
from string import ascii_uppercase

from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.quizzes.domain.exchange.folding import name_of

SEARCHED = 10
"""Rows from the top among which the header is looked for; titles stand above it."""


class Field(StrEnum):
    """What a column, or a label in a text, says; our key is its value, if any."""

    ID = "id"
    TYPE = "type"
    STEM = "stem"
    OPTIONS = "options"
    ANSWER = "answer"
    EXPLANATION = "explanation"
    MARKS = "marks"
    DIFFICULTY = "difficulty"
    COMPETENCY = "competency"
    LINE = "line"
    ASKS = "asks"
    ON = "on"
    CITES = "cites"
    TAGS = "tags"
    RULE = "rule"
    UNIT = "unit"
    TOLERANCE = "tolerance"
    FORMULA = "formula"
    VALUES = "values"
    INPUTS = "inputs"
    CASE = "case"
    CASE_STEM = "case_stem"


FIELD_NAMES: Mapping[Field, str] = {
    Field.ID: N_("编号"),
    Field.TYPE: N_("题型"),
    Field.STEM: N_("题干"),
    Field.OPTIONS: N_("选项"),
    Field.ANSWER: N_("答案"),
    Field.EXPLANATION: N_("解析"),
    Field.MARKS: N_("分值"),
    Field.DIFFICULTY: N_("难度"),
    Field.COMPETENCY: Nc_("one", "能力项"),
    Field.LINE: N_("业务条线"),
    Field.ASKS: N_("考查"),
    Field.ON: N_("业务日期"),
    Field.CITES: N_("依据"),
    Field.TAGS: N_("标签"),
    Field.RULE: N_("计分"),
    Field.UNIT: N_("单位"),
    Field.TOLERANCE: N_("允差"),
    Field.FORMULA: N_("公式"),
    Field.VALUES: N_("取值"),
    Field.INPUTS: N_("代入"),
    Field.CASE: N_("案例编号"),
    Field.CASE_STEM: N_("案例题干"),
}

ALIASES: Mapping[Field, str] = {
    Field.ID: "编号 题号 题目编号 试题编号 序号",
    Field.TYPE: "题型 试题类型 题目类型 类型 试题题型",
    Field.STEM: "题干 题目 试题 试题内容 题目内容 题干内容 试题题干 问题 题目描述",
    Field.OPTIONS: "选项 备选项 备选答案 可选项 选项内容 试题选项 答案选项",
    Field.ANSWER: "答案 答 正确答案 标准答案 参考答案 试题答案 正确选项",
    Field.EXPLANATION: "解析 答案解析 试题解析 题目解析 解题思路 答案说明",
    Field.MARKS: "分值 分数 题分 本题分值 得分 默认分数",
    Field.DIFFICULTY: "难度 难易度 难易程度 难度等级 试题难度 难度系数",
    Field.COMPETENCY: "能力项 知识点 能力 考点 所属知识点 能力编码",
    Field.LINE: "业务条线 条线 业务 业务类型",
    Field.ASKS: "考查 考查方式 考查内容 题目性质",
    Field.ON: "业务日期 办理日期 案例日期 基准日",
    Field.CITES: "依据 引用 条款依据 出处 法规依据",
    Field.TAGS: "标签 关键词 关键字",
    Field.RULE: "计分 计分方式 计分规则 评分方式 得分规则",
    Field.UNIT: "单位 答案单位",
    Field.TOLERANCE: "允差 误差 允许误差 误差范围",
    Field.FORMULA: "公式 计算公式",
    Field.VALUES: "取值 参数取值",
    Field.INPUTS: "代入 代入项",
    Field.CASE: "案例编号 材料编号 大题编号",
    Field.CASE_STEM: "案例题干 案例 案例内容 材料内容 背景材料 大题题干",
}

TYPES: Mapping[str, str] = {
    "single": "单选 单选题 单项选择 单项选择题 选择题 single",
    "multiple": (
        "多选 多选题 多项选择 多项选择题 不定项 不定项选择 不定项选择题 multiple"
    ),
    "true_false": "判断 判断题 是非 是非题 判断正误 对错题 true_false",
    "blanks": "填空 填空题 blanks",
    "number": "数值 数值题 计算 计算题 数字题 number",
    "order": "排序 排序题 order",
    "match": "匹配 匹配题 连线 连线题 配对 配对题 match",
    "materials": "材料勾选 材料勾选题 要件勾选 勾选 materials",
    "essay": "简答 简答题 问答 问答题 论述 论述题 主观题 名词解释 essay",
}
"""What types are called. 选择题 with several letters in its answer is a 多选题."""

EITHER = "选择题"

DIFFICULTIES: Mapping[str, str] = {
    "1": "1 易 易题 容易 简单 较易 较简单 低 初级 入门 ★",
    "2": "2 中 中等 一般 适中 普通 较难 中级 ★★",
    "3": "3 难 难题 困难 很难 高 高级 ★★★",
}

ASKING: Mapping[str, str] = {
    "recall": "recall 记忆 识记 记忆事实",
    "rule": "rule 规则 理解 规则应用",
    "case": "case 案例 个案 判断个案 个案判断",
}

RULES: Mapping[str, str] = {
    "all": "all 全对得分 全对 全对才得分 错选漏选不得分 少选不得分",
    "partial": "partial 漏选得部分分 漏选得部分分,错选不得分 少选得部分分",
    "each": "each 逐项得分 每项得分 按空得分 每空得分",
    "pairs": "pairs 按先后得分 按先后次序得分",
}


def _by_alias(aliases: Mapping[str, str]) -> Mapping[str, str]:
    return {
        name_of(alias): code for code, told in aliases.items() for alias in told.split()
    }


_FIELDS = {
    name_of(alias): field
    for field, told in ALIASES.items()
    for alias in (field.value, *told.split())
}
_WORDS = {
    Field.TYPE: _by_alias(TYPES),
    Field.DIFFICULTY: _by_alias(DIFFICULTIES),
    Field.ASKS: _by_alias(ASKING),
    Field.RULE: _by_alias(RULES),
}
USUAL = {
    field: "、".join(dict.fromkeys(told.split()[0] for told in aliases.values()))
    for field, aliases in (
        (Field.TYPE, TYPES),
        (Field.DIFFICULTY, DIFFICULTIES),
        (Field.ASKS, ASKING),
        (Field.RULE, RULES),
    )
}
"""Words that are always understood, for the sentence that says so."""

OPTION = re.compile(r"(?:选项|备选项|答案选项|备选答案)?([a-p])(?:选项|项)?")
NUMBERED_OPTION = re.compile(r"(?:选项|备选项|答案选项|备选答案)(\d{1,2})")
REASON = re.compile(r"(?:错因|说明|选项说明|原因|why)([a-p])")
RIGHT = re.compile(r"(?:右项|配对项|匹配项|right)(\d{1,2})")


def field_of(header: str) -> Field | None:
    """Tell what a column says, None when nobody calls anything so."""
    return _FIELDS.get(name_of(header))


def option_of(header: str) -> int | None:
    """Tell which option a column holds, from 0: ``选项A``, ``A``, ``选项1``."""
    name = name_of(header)
    if found := OPTION.fullmatch(name):
        return ascii_uppercase.index(found[1].upper())
    numbered = NUMBERED_OPTION.fullmatch(name)
    return int(numbered[1]) - 1 if numbered else None


def reason_of(header: str) -> int | None:
    """Tell of which option a column says why: ``错因A``."""
    found = REASON.fullmatch(name_of(header))
    return ascii_uppercase.index(found[1].upper()) if found else None


def right_of(header: str) -> int | None:
    """Tell which partner a column holds, from 0: ``右项1``."""
    found = RIGHT.fullmatch(name_of(header))
    return int(found[1]) - 1 if found else None


def word_of(field: Field, words: str) -> str:
    """Give our word for what a file says: ``单选`` is ``single``; nothing is empty."""
    return _WORDS[field].get(name_of(words), "")


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Find the row that names the columns: the one with most known names, if two."""
    known = [sum(field_of(cell) is not None for cell in row) for row in rows[:SEARCHED]]
    return known.index(max(known)) if known and max(known) > 1 else None
