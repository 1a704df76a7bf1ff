"""Forms of people."""

from __future__ import annotations

from wtforms import PasswordField
from wtforms import StringField
from wtforms.validators import EqualTo
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.kit.forms import Form


class LoginForm(Form):
    """Ask who it is."""

    login = StringField(
        "工号",
        [InputRequired("请填写工号"), Length(max=32)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        "密码",
        [InputRequired("请填写密码"), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(Form):
    """Ask for the old password and twice for the new one."""

    old = PasswordField(
        "原密码",
        [InputRequired("请填写原密码"), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        "新密码",
        [InputRequired("请填写新密码"), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "再输一次新密码",
        [InputRequired("请再输一次"), EqualTo("new", "两次输入的新密码不一样")],
        render_kw={"autocomplete": "new-password"},
    )
