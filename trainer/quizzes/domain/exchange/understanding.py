"""From items of GIFT and Moodle XML to drafts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from collections.abc import Mapping
from decimal import Decimal

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange import answers
from trainer.quizzes.domain.exchange.carried import words_of
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.items import ALL
from trainer.quizzes.domain.exchange.items import FORMS
from trainer.quizzes.domain.exchange.items import NATIVE
from trainer.quizzes.domain.exchange.items import NONE
from trainer.quizzes.domain.exchange.items import Form
from trainer.quizzes.domain.exchange.items import Item
from trainer.quizzes.domain.exchange.items import rule_of
from trainer.quizzes.domain.exchange.items import shown
from trainer.quizzes.domain.written import Entry
from trainer.topics.domain.outline import CODE
from trainer.topics.domain.outline_text import Written

BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h\d)>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
PICTURE = re.compile(r"<(?:img|video|audio|object)\b[^<>]*>", re.IGNORECASE)
ANYTHING = re.compile(r"(?<!\\)\*")
LEFT_OUT = "〔图片〕"

TYPES: Mapping[Form, str] = {
    Form.ONE: "single",
    Form.SEVERAL: "multiple",
    Form.TRUE_FALSE: "true_false",
    Form.SHORT: "blanks",
    Form.NUMBER: "number",
    Form.MATCH: "match",
    Form.ORDER: "order",
    Form.ESSAY: "essay",
}
"""The type of ours that an item of a form is when it does not say."""


def text_of_html(words: str) -> str:
    """Give the words of a piece of HTML; a picture leaves a word in brackets."""
    told = BREAK.sub("\n", PICTURE.sub(LEFT_OUT, words))
    told = html.unescape(TAG.sub("", told)).replace("\xa0", " ")
    lines = "\n".join(line.strip() for line in told.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def understood(item: Item, defaults: Defaults) -> Draft:
    """Give the draft of an item; what cannot be taken over is a fault of it."""
    reading = _Reading(item, defaults)
    try:
        entry = reading.entry()
        faults = reading.faults
    except UnreadableError as error:
        entry, faults = (
            reading.begun(),
            [*reading.faults, Fault(item.line, error.message)],
        )
    if LEFT_OUT in str(entry):
        told = N_("题里的图片没有带过来；请改写成文字再导入")
        faults.append(Fault(item.line, told))
    return Draft(
        line=item.line, entry=entry, case=item.carried.case, faults=tuple(faults)
    )


class _Reading:
    """One item being understood."""

    def __init__(self, item: Item, defaults: Defaults) -> None:
        self.faults: list[Fault] = []
        self._item = item
        self._defaults = defaults
        self._type = words_of(item.carried.entry, "type") or TYPES[item.form]

    def begun(self) -> Entry:
        """Give what all types share."""
        item = self._item
        entry: Entry = {
            "id": item.name if CODE.fullmatch(item.name) else "",
            "type": self._type,
        }
        if item.tags:
            entry["tags"] = item.tags
        if item.marks and self._type != "essay":
            entry["marks"] = item.marks
        entry |= {
            key: told for key, told in item.carried.entry.items() if key not in entry
        }
        entry["stem"] = self._stem()
        if item.explanation:
            entry["explanation"] = item.explanation
        return {key: told for key, told in entry.items() if told}

    def entry(self) -> Entry:
        """Give the whole entry.

        Raises:
            UnreadableError: it cannot be taken over.
        """
        entry = self.begun()
        form = self._item.form
        if form is Form.ESSAY and self._type != "essay":
            return entry  # it carries the rest
        if FORMS.get(self._type) is not form:
            told = N_("题型在别处改过，和本系统附带的不一样；请删去附带的那一行")
            raise UnreadableError(told)
        rest = {key: told for key, told in entry.items() if key not in NATIVE[form]}
        return rest | _OWN[form](self)

    def _stem(self) -> str:
        """Give the stem without the story of its case, with the place of its blank."""
        item = self._item
        stem = item.stem
        if item.carried.case:
            before = f"{item.carried.case.stem}\n\n"
            if not stem.startswith(before):
                told = N_("案例题干在别处改过；请先改回来，导入后再改")
                self.faults.append(Fault(item.line, told))
            stem = stem.removeprefix(before)
        carried = words_of(item.carried.entry, "stem")
        if item.form is Form.SHORT and stem == shown(carried, item.form):
            return carried
        return stem

    def ticked(self) -> dict[str, Written]:
        """Read what is ticked, one or several."""
        key, mark = (
            ("items", "needed") if self._type == "materials" else ("options", "correct")
        )
        return {
            **self._rule(),
            key: [
                {"text": answer.text}
                | ({mark: "true"} if answer.percent > 0 else {})
                | ({"why": answer.why} if answer.why else {})
                for answer in self._item.answers
            ],
        }

    def _rule(self) -> dict[str, Written]:
        item = self._item
        if item.form is Form.ONE:
            if {answer.percent for answer in item.answers} - {ALL}:
                self._must_be_whole()
            return {}
        carried = item.carried.entry
        if "type" in carried:
            return {"rule": carried["rule"]} if "rule" in carried else {}
        told = self._defaults.rule or rule_of(item.answers)
        if told is None:
            raise UnreadableError(
                N_("各选项的得分比例和本系统的计分方式都对不上；请在导入时选“多选计分”")
            )
        return {"rule": str(told)}

    def _must_be_whole(self) -> None:
        if any(NONE < answer.percent < ALL for answer in self._item.answers):
            raise UnreadableError(
                N_("单选题里有得部分分的选项，本系统没有；请只留一个正确的")
            )

    def decided(self) -> dict[str, Written]:
        return {"answer": "true" if self._item.right else "false"}

    def short(self) -> dict[str, Written]:
        told = [answer for answer in self._item.answers if answer.percent > 0]
        if any(answer.percent != ALL for answer in told):
            raise UnreadableError(
                N_("填空题里有得部分分的写法，本系统没有；请删去，或改成全对")
            )
        if any(ANYTHING.search(answer.text) for answer in told):
            raise UnreadableError(
                N_("填空题的答案里有代表任意字的 *，本系统没有；请写出每种写法")
            )
        stem, places = answers.blanked(self._stem())
        if places > 1:
            raise UnreadableError(N_("题干里有几处空，答案只有一处；请只留一处空"))
        if not places:
            stem = f"{stem} {{{{1}}}}"
        return {
            "stem": stem,
            "blanks": [[each.text.replace("\\*", "*") for each in told]],
        }

    def number(self) -> dict[str, Written]:
        item, carried = self._item, self._item.carried.entry
        entry: dict[str, Written] = {"answer": item.number}
        if not words_of(carried, "tolerance").endswith("%"):
            entry["tolerance"] = item.tolerance if Decimal(item.tolerance or 0) else ""
        entry["unit"] = carried.get("unit", "") or item.unit
        return {key: told for key, told in entry.items() if told}

    def matched(self) -> dict[str, Written]:
        pairs = [{"left": pair.left, "right": pair.right} for pair in self._item.pairs]
        extra = {"extra": self._item.extra} if self._item.extra else {}
        return {"pairs": pairs, **extra}

    def ordered(self) -> dict[str, Written]:
        return {"items": [answer.text for answer in self._item.answers]}

    def essay(self) -> dict[str, Written]:
        carried = self._item.carried.entry
        if "points" in carried:
            return {"points": carried["points"]}
        model = "\n".join(answer.text for answer in self._item.answers)
        return {"points": answers.points(model, self._item.marks)}


_OWN: Mapping[Form, Callable[[_Reading], dict[str, Written]]] = {
    Form.ONE: _Reading.ticked,
    Form.SEVERAL: _Reading.ticked,
    Form.TRUE_FALSE: _Reading.decided,
    Form.SHORT: _Reading.short,
    Form.NUMBER: _Reading.number,
    Form.MATCH: _Reading.matched,
    Form.ORDER: _Reading.ordered,
    Form.ESSAY: _Reading.essay,
}
