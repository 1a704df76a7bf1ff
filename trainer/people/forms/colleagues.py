"""The form above the list of people."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import SearchField

from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField
from trainer.people.domain.colleagues import Wanted
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import Site
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import STATE_NAMES
from trainer.people.domain.secondments import State

ROLES = {role.value: name for role, name in ROLE_NAMES.items()}
STATES = {state.value: name for state, name in STATE_NAMES.items()}
IDLE = "idle"
ACCOUNTS = {"open": N_("在用"), "closed": N_("已停用")}


class WantedForm(Form):
    """Ask which people to list; nonsense narrows nothing.

    Who may not know roles is not asked for one: that field is taken away.
    """

    q = SearchField(N_("姓名或工号"), render_kw={"maxlength": 32})
    site = SelectField(N_("网点"))
    bank = SelectField(N_("派出单位"))
    work = SelectField(
        N_("任职状态"), choices={"": N_("全部"), **STATES, IDLE: N_("没有任职")}
    )
    role = SelectField(N_("角色"), choices={"": N_("全部"), **ROLES})
    state = SelectField(Nc_("one", "账号"), choices={"": N_("全部"), **ACCOUNTS})

    def offer(
        self, sites: Iterable[Site], organisations: Iterable[Organisation]
    ) -> None:
        """Let the person choose among these places."""
        self.site.choices = {"": N_("全部"), **{str(s.id): s.name for s in sites}}
        banks = {str(o.id): o.name for o in organisations}
        self.bank.choices = {"": N_("全部"), **banks}

    def wanted(self, part: int) -> Wanted:
        """Give what to list, a part of it."""
        work = self.work.data or ""
        role = self.role.data if "role" in self else ""
        roles = {role.value: role for role in Role}
        states = {state.value: state for state in State}
        return Wanted(
            words=(self.q.data or "").strip()[:32],
            role=roles.get(role or ""),
            site=_key(self.site),
            organisation=_key(self.bank),
            state=states.get(work),
            idle=work == IDLE,
            active={"open": True, "closed": False}.get(self.state.data or ""),
            part=part,
        )

    def asked(self) -> dict[str, str]:
        """Give what the address of the list says."""
        return {field.name: field.data for field in self if field.data}


def _key(field: SelectField) -> int | None:
    """Give the key that was chosen, None for none or one that is not offered."""
    offered = field.choices if isinstance(field.choices, dict) else {}
    return int(field.data) if field.data and field.data in offered else None
