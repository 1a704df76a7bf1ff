"""The form of the first minutes."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import ClassVar

from wtforms import PasswordField
from wtforms import StringField
from wtforms import ValidationError
from wtforms.validators import EqualTo
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import Regexp

from trainer.core.wording import N_
from trainer.kit.forms import filled
from trainer.people.domain.accounts import LOGIN
from trainer.people.domain.passwords import SHORTEST_PASSWORD
from trainer.people.domain.passwords import WeakPasswordError
from trainer.people.domain.setup import SetUp
from trainer.people.forms.secondments import RefusableForm


class SetupForm(RefusableForm):
    """Ask for the code, the first administrator, the centre and its first site."""

    BLAMED = ((WeakPasswordError, "password"),)
    HELP: ClassVar[Mapping[str, str]] = {
        "code": N_("启动网站的终端里显示，形如 xxxx-xxxx-xxxx-xxxx；只能用一次"),
        "login": N_("登录时输入，以后不能改"),
        "password": N_(
            "{least} 位以上，含字母、数字、符号中的两类，不含工号",
            least=SHORTEST_PASSWORD,
        ),
        "centre": N_("例如：某某市住房公积金管理中心"),
        "site": N_("例如：市民中心网点；其他网点以后再加"),
    }

    code = StringField(
        N_("设置码"),
        [InputRequired(N_("请填写设置码")), Length(max=64)],
        render_kw={"autocomplete": "off"},
    )
    login = StringField(
        N_("管理员工号"),
        [
            InputRequired(N_("请填写工号")),
            Regexp(LOGIN, message=N_("工号用 2 到 32 位字母、数字、点、横线或下划线")),
        ],
        render_kw={"autocomplete": "username"},
    )
    name = StringField(
        N_("管理员姓名"), [InputRequired(N_("请填写姓名")), Length(max=32)]
    )
    password = PasswordField(
        N_("密码"),
        [InputRequired(N_("请填写密码")), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        N_("再输一次密码"),
        [
            InputRequired(N_("请再输一次")),
            EqualTo("password", N_("两次输入的密码不一样")),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    centre = StringField(
        N_("中心名称"), [InputRequired(N_("请填写中心名称")), Length(max=64)]
    )
    site = StringField(
        N_("第一个网点"), [InputRequired(N_("请填写网点名称")), Length(max=64)]
    )

    def expect(self, matches: Callable[[str], bool]) -> None:
        """Take what tells whether the code is right."""
        self._matches = matches

    def validate_code(self, field: StringField) -> None:
        """Check the code."""
        if not self._matches(filled(field)):
            raise ValidationError(N_("设置码不对；请看启动网站的终端，或重新启动网站"))

    def command(self) -> SetUp:
        """Give what is to be set up."""
        return SetUp(
            login=filled(self.login),
            name=filled(self.name).strip(),
            password=filled(self.password),
            centre=filled(self.centre).strip(),
            site=filled(self.site).strip(),
        )
