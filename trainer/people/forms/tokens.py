"""Form of API tokens."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.people.domain.tokens import SCOPE_NAMES
from trainer.people.domain.tokens import ApiScope
from trainer.people.domain.tokens import NewToken

DAYS = {
    "30": N_("30 天"),
    "90": N_("90 天"),
    "180": N_("半年（180 天）"),
    "366": N_("一年（366 天）"),
}


class TokenForm(Form):
    """Ask which business system may do what, and for how long."""

    system = StringField(
        N_("业务系统"),
        [InputRequired(N_("请写明是哪个业务系统用")), Length(max=64)],
        render_kw={"autocomplete": "off"},
    )
    scopes = MultiCheckboxField(
        N_("权限"),
        [InputRequired(N_("请至少选一项权限"))],
        choices={
            scope.value: N_("{name}（{scope}）", name=name, scope=scope)
            for scope, name in SCOPE_NAMES.items()
        },
    )
    days = SelectField(N_("有效期"), choices=DAYS, default="180")

    def command(self) -> NewToken:
        """Give what to make."""
        return NewToken(
            system=filled(self.system),
            scopes=frozenset(ApiScope(scope) for scope in filled(self.scopes)),
            days=int(filled(self.days)),
        )
