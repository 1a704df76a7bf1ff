"""The own part of the form of each type; a new type is one entry of ``TYPE_FORMS``."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import ClassVar

from wtforms import BooleanField
from wtforms import FieldList
from wtforms import FormField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import Length

from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField
from trainer.kit.forms.rows import filled_rows
from trainer.kit.forms.rows import split
from trainer.kit.forms.rows import text
from trainer.kit.forms.rows import words
from trainer.quizzes.domain.rules import RULE_NAMES
from trainer.quizzes.domain.rules import Rule
from trainer.quizzes.domain.written import Entry
from trainer.quizzes.forms.questions import QuestionForm
from trainer.topics.domain.formulas import FORMULAS
from trainer.topics.domain.outline_text import Written

LONGEST = 300
"""Characters of an option."""

MOST_ROWS = 20


class OptionRow(Form):
    """An option to tick."""

    text = StringField(N_("选项"), [Length(max=LONGEST)])
    correct = BooleanField(N_("正确"))
    why = StringField(N_("说明（可不填）"), [Length(max=LONGEST)])


class MaterialRow(Form):
    """A material to tick."""

    text = StringField(N_("材料"), [Length(max=LONGEST)])
    needed = BooleanField(N_("要收"))
    why = StringField(N_("说明（可不填）"), [Length(max=LONGEST)])


class ItemRow(Form):
    """Something to put in its place."""

    text = StringField(N_("内容"), [Length(max=LONGEST)])


class PairRow(Form):
    """Two that belong together."""

    left = StringField(N_("左边"), [Length(max=LONGEST)])
    right = StringField(N_("配它的右边"), [Length(max=LONGEST)])


class BlankRow(Form):
    """The wordings that count for a place."""

    wordings = TextAreaField(
        N_("算对的写法（一行一种）"), [Length(max=LONGEST)], render_kw={"rows": 2}
    )


class PointRow(Form):
    """A key point."""

    text = StringField(N_("得分点"), [Length(max=LONGEST)])
    marks = StringField(N_("分值"), [Length(max=8)])


class ValueRow(Form):
    """What a name may be."""

    name = StringField(N_("名字（小写字母）"), [Length(max=30)])
    values = StringField(N_("可能的值（用顿号隔开）"), [Length(max=LONGEST)])


class InputRow(Form):
    """What a formula is given."""

    name = SelectField(N_("公式的哪一项"), validate_choice=False)
    value = StringField(N_("填什么（可写 {amount} 这样的名字）"), [Length(max=60)])


def _rows(row: type[Form], label: str) -> FieldList[FormField[Form]]:
    return FieldList(FormField(row), label, max_entries=MOST_ROWS)


def _rule(usual: Rule, *others: Rule) -> SelectField:
    """Offer rules of scoring; the usual one is not written."""
    names = {"": RULE_NAMES[usual], **{rule.value: RULE_NAMES[rule] for rule in others}}
    return SelectField(N_("怎么计分"), choices=names, default="")


def _listed(entry: Entry, key: str) -> Sequence[Any]:
    found = entry.get(key, ())
    return () if isinstance(found, str | Mapping) else found


def _joined(known: Written) -> str:
    return known if isinstance(known, str) else "、".join(map(str, known))


def _marked(entry: Entry, key: str, mark: str) -> list[dict[str, Any]]:
    """Give rows with a mark that is written ``true``."""
    return [{**row, mark: row.get(mark) == "true"} for row in _listed(entry, key)]


class SingleForm(QuestionForm):
    """单选."""

    rows: ClassVar[Mapping[str, int]] = {"options": 4}
    options = _rows(OptionRow, N_("选项（勾一项正确的）"))

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        return {"options": _marked(entry, "options", "correct")}

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        return {"options": filled_rows(self.options.data)}


class MultipleForm(SingleForm):
    """多选."""

    options = _rows(OptionRow, N_("选项（正确的都勾上）"))
    rule = _rule(Rule.ALL, Rule.PARTIAL, Rule.EACH)

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        return {**super().own_data(entry), "rule": entry.get("rule", "")}

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        return {"rule": self.rule.data or "", **super().own_entry()}


class DecidingForm(QuestionForm):
    """判断."""

    answer = SelectField(
        N_("这句话"), choices={"true": N_("对"), "false": N_("错")}, default="true"
    )

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        return {"answer": entry.get("answer", "true")}

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        return {"answer": self.answer.data or ""}


class BlanksForm(QuestionForm):
    """填空."""

    rows: ClassVar[Mapping[str, int]] = {"blanks": 1}
    blanks = _rows(BlankRow, N_("各空的答案（题干里依次写 {{1}}、{{2}}）"))
    rule = _rule(Rule.EACH, Rule.ALL)

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        blanks = [
            {"wordings": "\n".join([known] if isinstance(known, str) else known)}
            for known in _listed(entry, "blanks")
        ]
        return {"blanks": blanks, "rule": entry.get("rule", "")}

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        rows = [text(row["wordings"]).split("\n") for row in self.blanks.data]
        blanks: list[Written] = [
            [words(line) for line in row if line.strip()] for row in rows
        ]
        return {
            "rule": self.rule.data or "",
            "blanks": [known for known in blanks if known],
        }


class NumberForm(QuestionForm):
    """数值: a number, or a formula with values that are drawn."""

    template: ClassVar[str] = "quizzes/question_number.html"
    rows: ClassVar[Mapping[str, int]] = {"inputs": 0, "values": 0}
    answer = StringField(N_("答案（用公式时可不填）"), [Length(max=30)])
    unit = StringField(N_("单位"), [Length(max=10)])
    tolerance = StringField(N_("允许误差"), [Length(max=10)])
    formula = SelectField(
        N_("用公式算"),
        choices={"": N_("不用公式"), **{c: f.title for c, f in FORMULAS.items()}},
        default="",
    )
    inputs = _rows(InputRow, N_("给公式的数"))
    values = _rows(ValueRow, N_("每个名字可以取的值"))

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        plain = ("answer", "unit", "tolerance", "formula")
        values, inputs = entry.get("values", {}), entry.get("inputs", {})
        assert isinstance(values, Mapping)  # noqa: S101  (of a bank that parses)
        assert isinstance(inputs, Mapping)  # noqa: S101  (likewise)
        return {
            **{key: entry.get(key, "") for key in plain},
            "values": [
                {"name": name, "values": _joined(known)}
                for name, known in values.items()
            ],
            "inputs": [{"name": name, "value": v} for name, v in inputs.items()],
        }

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        values = {words(r["name"]): split(r["values"]) for r in self.values.data}
        inputs = {r["name"] or "": words(r["value"]) for r in self.inputs.data}
        return {
            "formula": self.formula.data or "",
            "values": {name: known for name, known in values.items() if name and known},
            "inputs": {name: value for name, value in inputs.items() if name and value},
            "answer": words(self.answer.data),
            "tolerance": words(self.tolerance.data),
            "unit": words(self.unit.data),
        }

    def offer_inputs(self) -> None:
        """Offer what the chosen formula asks for."""
        formula = FORMULAS.get(self.formula.data or "")
        asked = {i.name: i.label for i in formula.inputs} if formula else {}
        for row in self.inputs:
            name: SelectField = row.form["name"]  # type: ignore[assignment]  # of InputRow
            name.choices = {"": N_("请选择"), **asked}

    def laid_out(self) -> dict[str, Any]:
        """Give the fields with a row for everything the formula asks for."""
        formula = FORMULAS.get(self.formula.data or "")
        there = {row["name"]: row for row in self.inputs.data if row["name"]}
        asked = [i.name for i in formula.inputs] if formula else []
        return {
            **self.data,
            "inputs": [there.get(n, {"name": n, "value": ""}) for n in asked],
        }


class OrderForm(QuestionForm):
    """排序."""

    rows: ClassVar[Mapping[str, int]] = {"items": 3}
    items = _rows(ItemRow, N_("各项（按正确的先后写，出题时会打乱）"))
    rule = _rule(Rule.PAIRS, Rule.ALL)

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        items = [{"text": words_} for words_ in _listed(entry, "items")]
        return {"items": items, "rule": entry.get("rule", "")}

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        items = [row["text"] for row in filled_rows(self.items.data)]
        return {"rule": self.rule.data or "", "items": items}


class MatchForm(QuestionForm):
    """匹配."""

    rows: ClassVar[Mapping[str, int]] = {"pairs": 3, "extra": 0}
    pairs = _rows(PairRow, N_("配对"))
    extra = _rows(ItemRow, N_("多余的右边（配不上任何一项，可以没有）"))
    rule = _rule(Rule.EACH, Rule.ALL)

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        return {
            "pairs": [*_listed(entry, "pairs")],
            "extra": [{"text": words_} for words_ in _listed(entry, "extra")],
            "rule": entry.get("rule", ""),
        }

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        return {
            "rule": self.rule.data or "",
            "pairs": filled_rows(self.pairs.data),
            "extra": [row["text"] for row in filled_rows(self.extra.data)],
        }


class MaterialsForm(QuestionForm):
    """材料勾选."""

    rows: ClassVar[Mapping[str, int]] = {"items": 4}
    items = _rows(MaterialRow, N_("材料（要收的勾上）"))
    rule = _rule(Rule.EACH, Rule.ALL)

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        return {
            "items": _marked(entry, "items", "needed"),
            "rule": entry.get("rule", ""),
        }

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        return {"rule": self.rule.data or "", "items": filled_rows(self.items.data)}


class EssayForm(QuestionForm):
    """简答."""

    rows: ClassVar[Mapping[str, int]] = {"points": 2}
    points = _rows(PointRow, N_("得分点（人工评分时照着给分）"))

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        return {"points": [*_listed(entry, "points")]}

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        return {"points": filled_rows(self.points.data)}


TYPE_FORMS: Mapping[str, type[QuestionForm]] = {
    "single": SingleForm,
    "multiple": MultipleForm,
    "true_false": DecidingForm,
    "blanks": BlanksForm,
    "number": NumberForm,
    "order": OrderForm,
    "match": MatchForm,
    "materials": MaterialsForm,
    "essay": EssayForm,
}
"""The form of each type, by its code."""
