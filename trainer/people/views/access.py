"""How people may log in, for administrators: who cannot, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.paging import Part
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.access import Access
from trainer.people.domain.access import Barred
from trainer.people.domain.access import LockedAddress
from trainer.people.domain.accounts import Person
from trainer.people.domain.browsers import in_words
from trainer.people.domain.logins import MEANS_NAMES
from trainer.people.domain.logins import Means
from trainer.people.views.blueprint import accounts as bp
from trainer.people.views.ways import ways


@dataclass(frozen=True, slots=True)
class AccessPage(Page):
    """How one person may log in."""

    template = "people/access.html"
    access: Access
    days: int
    means_names: Mapping[Means, str]
    in_words: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class BarredPage(Page):
    """Who cannot log in now."""

    template = "people/barred.html"
    locked: Sequence[Barred]
    addresses: Sequence[LockedAddress]
    unused: Part[Barred]
    days: int


@bp.get("/barred")
def barred() -> str:
    """List the accounts that wait, and those nobody has used for long."""
    reader, at = current.actor(), current.now()
    rules, part = ways().rules, part_number(request.args.get("part", ""))
    with current.reading() as session:
        locked = queries.locked(session, at, reader=reader)
        addresses = queries.locked_addresses(session, at, rules, reader=reader)
        unused = queries.unused(session, at, rules, part=part, reader=reader)
    return render(BarredPage(locked, addresses, unused, rules.unused_days))


@bp.post("/barred/address")
def release_address() -> Response:
    """End the wait of a network address."""
    address = request.form.get("address", "")
    by, at = current.actor(), current.now()
    with current.writing() as session:
        released = service.release_address(session, address, by=by, at=at)
    flash(N_("已解除锁定，那里的人可以登录") if released else N_("这个地址没有被锁"))
    return redirect(url_for(".barred"))


@bp.get("/<int:key>/access")
def access(key: int) -> str:
    """Show how one person may log in."""
    reader, at, rules = current.actor(), current.now(), ways().rules
    with current.reading() as session:
        found = queries.access(session, key, at, rules, reader=reader)
    current.note_look(key)
    return render(AccessPage(found, rules.unused_days, MEANS_NAMES, in_words))


@bp.post("/<int:key>/release")
def release(key: int) -> Response:
    """End the wait of a person."""
    with current.writing() as session:
        service.release_lock(session, key, by=current.actor(), at=current.now())
    return _done(key, N_("已解除锁定，本人现在可以再试；忘了密码请重置"))


@bp.post("/<int:key>/wake")
def open_unused(key: int) -> Response:
    """Let an account in again that nobody has used for long."""
    with current.writing() as session:
        service.open_unused(session, key, by=current.actor(), at=current.now())
    return _done(key, N_("已重新开放，本人可以登录"))


@bp.post("/<int:key>/logins")
def end_sessions(key: int) -> Response:
    """End all sessions of a person."""
    by, at = current.actor(), current.now()
    with current.writing() as session:
        ended = service.end_sessions(session, key, by=by, at=at)
    return _done(
        key, Nn_("已让 {n} 处登录退出", n=ended) if ended else N_("没有地方登录着")
    )


@bp.post("/<int:key>/unbind")
def unbind(key: int) -> Response:
    """Forget who the account is to single sign-on."""
    with current.writing() as session:
        service.unbind(session, key, by=current.actor(), at=current.now())
    return _done(key, N_("已解除绑定；下次从统一身份认证登录时按工号重新绑定"))


def _done(key: int, words: str) -> Response:
    flash(words)
    return redirect(url_for(".access", key=key))


def barred_now(people: Sequence[Person]) -> dict[int, Barred]:
    """Give which accounts of a list cannot log in now; for templates."""
    keys = [person.id for person in people]
    with current.reading() as session:
        return queries.barred_now(session, keys, current.now(), ways().rules)
