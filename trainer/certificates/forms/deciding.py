"""Forms of those who confirm, revoke, or set what is asked for."""

from __future__ import annotations

from wtforms import HiddenField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import NumberRange

from trainer.certificates.domain.certificates import LONGEST_REASON
from trainer.certificates.domain.certificates import SHORTEST_REASON
from trainer.certificates.domain.honours import LEAST
from trainer.certificates.domain.honours import MOST
from trainer.certificates.domain.honours import RULES
from trainer.certificates.domain.honours import Confirm
from trainer.certificates.domain.honours import Rule
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled

AREA = {"rows": 2, "maxlength": LONGEST_REASON}
SAID = Length(SHORTEST_REASON, LONGEST_REASON, N_("请写 4 到 200 个字"))
RULE_NAMES = {rule.value: text.name for rule, text in RULES.items()}


class ReasonForm(Form):
    """Ask why something is revoked."""

    reason = TextAreaField(N_("理由（本人会看到）"), [SAID], render_kw=AREA)


class ConfirmForm(Form):
    """Ask what is to be praised; whom and what for is the page's."""

    person = IntegerField(N_("姓名"), [InputRequired()])
    rule = SelectField(N_("荣誉"), choices=RULE_NAMES)
    words = TextAreaField(N_("评语（大家会看到）"), [SAID], render_kw=AREA)

    def command(self) -> Confirm:
        """Give the command, after ``validate()``."""
        return Confirm(
            person=filled(self.person),
            rule=Rule(filled(self.rule)),
            words=self.words.data or "",
        )


class BoundForm(Form):
    """Ask how much an honour asks for."""

    rule = HiddenField(validators=[InputRequired()])
    least = IntegerField(
        N_("至少多少"),
        [
            InputRequired(N_("请填写数目")),
            NumberRange(LEAST, MOST, N_("数目写 1 到 500 的整数")),
        ],
    )
