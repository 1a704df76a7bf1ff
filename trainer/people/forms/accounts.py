"""Forms of accounts and logins."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wtforms import PasswordField
from wtforms import StringField
from wtforms.validators import EqualTo
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import Optional
from wtforms.validators import Regexp

from trainer.core.actor import Scope
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import filled
from trainer.people.domain.accounts import LOGIN
from trainer.people.domain.accounts import PHONE
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import Site
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role

NAMES = {role.value: name for role, name in ROLE_NAMES.items()}


class LoginForm(Form):
    """Ask who it is."""

    login = StringField(
        N_("工号"),
        [InputRequired(N_("请填写工号")), Length(max=32)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        N_("密码"),
        [InputRequired(N_("请填写密码")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )

    def typed(self) -> tuple[str, str]:
        """Give login and password."""
        return filled(self.login), filled(self.password)


class PasswordForm(Form):
    """Ask for the old password and twice for the new one."""

    old = PasswordField(
        N_("原密码"),
        [InputRequired(N_("请填写原密码")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        N_("新密码"),
        [InputRequired(N_("请填写新密码")), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        N_("再输一次新密码"),
        [InputRequired(N_("请再输一次")), EqualTo("new", N_("两次输入的新密码不一样"))],
        render_kw={"autocomplete": "new-password"},
    )

    def typed(self) -> tuple[str, str]:
        """Give the old and the new password."""
        return filled(self.old), filled(self.new)


class AccountForm(Form):
    """Ask what an administrator says of a person."""

    name = StringField(N_("姓名"), [InputRequired(N_("请填写姓名")), Length(max=32)])
    phone = StringField(
        N_("电话"),
        [
            Optional(),
            Regexp(PHONE, message=N_("电话用 6 到 20 位数字，可带 +、空格、横线")),
        ],
        render_kw={"autocomplete": "off", "inputmode": "tel"},
    )
    roles = MultiCheckboxField(
        N_("角色"),
        [InputRequired(N_("请至少选一个角色"))],
        choices=NAMES,
    )
    sites = MultiCheckboxField(N_("督导的网点"), choices={})
    organisations = MultiCheckboxField(N_("督导的派出单位"), choices={})
    posts = MultiCheckboxField(N_("岗位"), choices={})
    deputies = MultiCheckboxField(N_("副岗"), choices={})

    @staticmethod
    def values(person: Person) -> dict[str, Any]:
        """Give what the form shows of a person."""
        return {
            "name": person.name,
            "phone": person.phone,
            "roles": [role.value for role in person.roles],
            "sites": [str(site) for site in person.scope.sites],
            "organisations": [str(bank) for bank in person.scope.organisations],
            "posts": list(person.posts),
            "deputies": list(person.deputies),
        }

    def offer(
        self,
        posts: Mapping[str, str],
        sites: Iterable[Site],
        organisations: Iterable[Organisation],
    ) -> None:
        """Let the person choose among posts (names by code) and places."""
        self.posts.choices = self.deputies.choices = dict(posts)
        self.sites.choices = {str(site.id): site.name for site in sites}
        self.organisations.choices = {str(o.id): o.name for o in organisations}

    def changed(self, before: Account) -> Account:
        """Give the account as the form says it shall be."""
        return replace(
            before,
            name=filled(self.name).strip(),
            phone=(self.phone.data or "").strip(),
            roles=frozenset(Role(role) for role in filled(self.roles)),
            posts=frozenset(filled(self.posts)),
            deputies=frozenset(filled(self.deputies)),
            scope=Scope(
                sites=frozenset(map(int, filled(self.sites))),
                organisations=frozenset(map(int, filled(self.organisations))),
            ),
        )


class NewAccountForm(AccountForm):
    """Ask for the login too; it stays what it is."""

    login = StringField(
        N_("工号"),
        [
            InputRequired(N_("请填写工号")),
            Regexp(LOGIN, message=N_("工号用 2 到 32 位字母、数字、点、横线或下划线")),
        ],
        render_kw={"autocomplete": "off"},
    )

    def account(self) -> Account:
        """Give the new account."""
        return self.changed(
            Account(login=filled(self.login), name="", roles=frozenset())
        )
