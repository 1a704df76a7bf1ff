"""The form with which a text begins: what it says of itself before anything else.

What the words mean is known to who reads the text; bounds here only help to type.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wtforms import DateField
from wtforms import Field
from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import NumberRange
from wtforms.validators import ValidationError

from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.kit.forms.rows import with_chosen
from trainer.kit.forms.rows import words

GARBLED = "\ufffd"
"""Stands where bytes could not be read as text."""


def seen(_form: Form, field: Field) -> None:
    """Refuse characters in one line of text that nobody can have meant to type."""
    if not (field.data or "").isprintable() or GARBLED in (field.data or ""):
        raise ValidationError(N_("有看不见的控制字符或乱码；请删掉重写"))


class HeaderForm(Form):
    """The header of a new text."""

    title = StringField(
        N_("名称"), [InputRequired(N_("请写名称")), Length(max=100), seen]
    )
    slug = StringField(
        N_("标识"),
        [InputRequired(N_("请写标识")), Length(max=64)],
        render_kw={"spellcheck": "false", "autocomplete": "off"},
    )
    line = SelectField(N_("业务线"), validate_choice=False)
    owner = SelectField(N_("负责岗位"), validate_choice=False)
    deputy = SelectField(N_("备岗"), validate_choice=False)
    review_every_days = IntegerField(
        N_("多少天复核一次"),
        [
            InputRequired(N_("请填天数")),
            NumberRange(30, 730, N_("应在 30 到 730 天之间")),
        ],
        default=180,
    )
    effective_from = DateField(
        N_("从哪天起用"), [InputRequired(N_("请填写日期，如 2026-09-20"))]
    )
    evidence = SelectField(N_("核实程度"), default="B", validate_choice=False)
    source = StringField(
        N_("来源"), [InputRequired(N_("请写来源")), Length(max=200), seen]
    )

    def offer(
        self,
        lines: Mapping[str, str],
        posts: Mapping[str, str],
        evidence: Mapping[str, str],
    ) -> None:
        """Offer lines, posts and how sure a text may be, by code."""
        self.line.choices = with_chosen(self.line.data, lines)
        self.owner.choices = with_chosen(self.owner.data, posts)
        self.deputy.choices = {"": N_("不写"), **with_chosen(self.deputy.data, posts)}
        self.evidence.choices = dict(evidence)

    def said(self, kind: str) -> dict[str, str | int | date | None]:
        """Give the keys of the front matter, once it was validated."""
        return {
            "title": words(filled(self.title)),
            "kind": kind,
            "line": self.line.data or "",
            "owner": self.owner.data or "",
            "deputy": self.deputy.data or None,
            "review_every_days": filled(self.review_every_days),
            "effective_from": filled(self.effective_from),
            "evidence": self.evidence.data or "",
            "source": words(filled(self.source)),
        }
