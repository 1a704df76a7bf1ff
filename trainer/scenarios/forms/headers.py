"""What a new scenario says of itself before it has anything else."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import DateField
from wtforms import Field
from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import NumberRange
from wtforms.validators import ValidationError

from trainer.core.document import FENCE
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.kit.forms.rows import with_chosen
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.publishing.domain.header import REVIEW_DAYS
from trainer.publishing.domain.header import Evidence
from trainer.publishing.domain.typed import mistakes_of_typing
from trainer.publishing.domain.written import Value
from trainer.publishing.domain.written import written
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.beginning import SOURCE
from trainer.scenarios.domain.beginning import first_body

EVIDENCE_NAMES = {
    Evidence.OFFICIAL: N_("A 已读官方文本"),
    Evidence.SECOND_HAND: N_("B 二手资料，待核实"),
    Evidence.RECALL: N_("C 凭经验，待核实"),
}


def _seen(_form: Form, field: Field) -> None:
    """Refuse what nobody can have meant to type."""
    for wrong in mistakes_of_typing(field.data or ""):
        raise ValidationError(wrong.message)


class HeaderForm(Form):
    """The header of a new scenario, and what it trains."""

    title = StringField(
        N_("名称"), [InputRequired(N_("请写名称")), Length(max=100), _seen]
    )
    slug = StringField(
        N_("标识"),
        [InputRequired(N_("请写标识")), Length(max=LONGEST_SLUG)],
        render_kw={"spellcheck": "false", "autocomplete": "off"},
    )
    about = StringField(
        N_("练的是什么"), [InputRequired(N_("请写练的是什么")), Length(max=200), _seen]
    )
    day = DateField(N_("业务日期"), [InputRequired(N_("请填写日期，如 2026-09-20"))])
    line = SelectField(N_("业务线"), validate_choice=False)
    owner = SelectField(N_("负责岗位"), validate_choice=False)
    deputy = SelectField(N_("备岗"), validate_choice=False)
    review_every_days = IntegerField(
        N_("多少天复核一次"),
        [
            InputRequired(N_("请填天数")),
            NumberRange(REVIEW_DAYS[0], REVIEW_DAYS[-1], N_("应在 30 到 730 天之间")),
        ],
        default=180,
    )
    effective_from = DateField(
        N_("从哪天起用"), [InputRequired(N_("请填写日期，如 2026-09-20"))]
    )
    evidence = SelectField(
        N_("核实程度"),
        choices={e.value: name for e, name in EVIDENCE_NAMES.items()},
        default=Evidence.SECOND_HAND.value,
    )
    source = StringField(
        N_("来源"),
        [InputRequired(N_("请写来源")), Length(max=200), _seen],
        default=SOURCE,
    )

    def offer(self, lines: Mapping[str, str], posts: Mapping[str, str]) -> None:
        """Offer the business lines and the posts by code."""
        self.line.choices = with_chosen(self.line.data, lines)
        self.owner.choices = with_chosen(self.owner.data, posts)
        self.deputy.choices = {"": N_("不写"), **with_chosen(self.deputy.data, posts)}

    def text(self) -> str:
        """Give the text that the scenario begins with."""
        said: dict[str, Value | None] = {
            "title": " ".join(filled(self.title).split()),
            "kind": SCENARIO,
            "line": self.line.data or "",
            "owner": self.owner.data or "",
            "deputy": self.deputy.data or None,
            "review_every_days": filled(self.review_every_days),
            "effective_from": filled(self.effective_from),
            "evidence": self.evidence.data or "",
            "source": " ".join(filled(self.source).split()),
        }
        lines = [line for key, value in said.items() for line in written(key, value)]
        head = "\n".join((FENCE, *lines, FENCE))
        about = written("about", " ".join(filled(self.about).split()))[0]
        body = first_body(about.removeprefix("about: "), filled(self.day))
        return f"{head}\n{body}"
