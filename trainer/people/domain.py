"""Accounts, roles and passwords; pure.

Terms:
    login: 工号, what a person types to log in; never reused.
    post: 岗位, owns content, so that nobody's leaving orphans it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

import yaml

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.errors import TrainerError

SHORTEST_PASSWORD = 10
"""Least characters of a password."""

IDLE = timedelta(minutes=15)
"""A session that nobody uses ends after this time."""

LIFETIME = timedelta(hours=12)
"""Every session ends after this time."""

SEEN_EVERY = timedelta(minutes=1)
"""A session notes that it is used at most this often."""

MOST_FAILURES = 5
"""Wrong passwords for one login within :data:`FAILURE_WINDOW`; then it waits."""

FAILURE_WINDOW = timedelta(minutes=10)
"""Counted from the first wrong password; trying on does not make it longer."""

LOGIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{1,31}\Z")


class Role(StrEnum):
    """What a person does here."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.CLERK: "窗口人员",
    Role.SUPERVISOR: "主管",
    Role.EDITOR: "政策编辑",
    Role.APPROVER: "审批人",
    Role.ADMINISTRATOR: "系统管理员",
}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset({Permission.READ}),
    Role.SUPERVISOR: frozenset({Permission.READ, Permission.SUPERVISE}),
    Role.EDITOR: frozenset({Permission.READ, Permission.EDIT}),
    Role.APPROVER: frozenset({Permission.READ, Permission.APPROVE}),
    Role.ADMINISTRATOR: frozenset({Permission.READ, Permission.ADMINISTER}),
}


class WeakPasswordError(TrainerError):
    """The password is too easy to guess."""


class LoginFailedError(TrainerError):
    """Unknown login, wrong password or closed account: the person is not told which."""

    def __init__(self) -> None:
        super().__init__("工号或密码不对；忘记密码请联系管理员重置")


class WrongPasswordError(TrainerError):
    """The old password given with a new one is wrong."""

    def __init__(self) -> None:
        super().__init__("原密码不对；忘记密码请联系管理员重置")


class TooManyFailuresError(TrainerError):
    """Too many wrong passwords for this login, whether or not there is such a one."""

    def __init__(self) -> None:
        minutes = FAILURE_WINDOW // timedelta(minutes=1)
        super().__init__(
            f"连续输错 {MOST_FAILURES} 次，请等 {minutes} 分钟再试；急用请联系管理员"
        )


class NobodyAdministersError(TrainerError):
    """The change would leave the installation without an administrator."""

    def __init__(self) -> None:
        super().__init__("至少要留一位在用的系统管理员；请先把这个角色交给别人")


class LoginTakenError(TrainerError):
    """Another person has this login."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post that owns content."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account as others see it."""

    id: int
    login: str
    name: str
    roles: frozenset[Role]
    posts: frozenset[str]
    active: bool
    must_change_password: bool

    def actor(self) -> Actor:
        """Give what use cases need to know."""
        granted = frozenset[Permission]().union(*(PERMISSIONS[r] for r in self.roles))
        return Actor(self.id, self.name, granted, self.posts)

    def account(self) -> Account:
        """Give what an administrator has said of the person so far."""
        return Account(
            login=self.login,
            name=self.name,
            roles=self.roles,
            posts=self.posts,
            active=self.active,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Command: what an administrator says of a person."""

    login: str
    name: str
    roles: frozenset[Role]
    posts: frozenset[str] = frozenset()
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which accounts a list shows; what is empty does not narrow it.

    ``words`` are part of a name or a login; ``part`` counts from 1.
    """

    role: Role | None = None
    active: bool | None = None
    words: str = ""
    part: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A login that still counts."""

    person: Person
    noted_at: datetime
    """When its use was last written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLogin:
    """One of a person's open logins; ``this`` is the one asking."""

    began_at: datetime
    seen_at: datetime
    this: bool


def must_be_strong(password: str, login: str) -> None:
    """Check a new password.

    Raises:
        WeakPasswordError: too short, one sort of characters only, or the login.
    """
    sorts = sum(
        bool(re.search(sort, password))
        for sort in ("[A-Za-z]", "[0-9]", "[^A-Za-z0-9]")
    )
    if len(password) < SHORTEST_PASSWORD or sorts < 2:  # noqa: PLR2004
        raise WeakPasswordError(
            f"密码至少 {SHORTEST_PASSWORD} 位，并含字母、数字、符号中的两类"
        )
    if login.lower() in password.lower():
        raise WeakPasswordError("密码里不能含有工号")


def parse_posts(text: str) -> tuple[list[Post], list[Mistake]]:
    """Read ``content/posts.yaml``; never raises."""
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [], [Mistake(mark.line + 1 if mark else 0, "不是合法的 YAML")]
    rows = read.get("posts") if isinstance(read, dict) else None
    if not isinstance(rows, list) or not all(_is_post(row) for row in rows):
        return [], [Mistake(0, "应是 posts: 下的列表，每项有 code 和 name")]
    return _unique(Post(row["code"], row["name"]) for row in rows)


def _is_post(row: object) -> bool:
    return isinstance(row, dict) and all(
        isinstance(row.get(key), str) and row[key] for key in ("code", "name")
    )


def _unique(posts: Iterable[Post]) -> tuple[list[Post], list[Mistake]]:
    seen: dict[str, Post] = {}
    mistakes = []
    for post in posts:
        if post.code in seen:
            mistakes.append(Mistake(0, f"岗位代码“{post.code}”重复"))
        seen.setdefault(post.code, post)
    return list(seen.values()), mistakes
