"""Rules of accounts and passwords."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.core.actor import Permission
from trainer.people.domain.accounts import LOGIN
from trainer.people.domain.accounts import Person
from trainer.people.domain.passwords import WeakPasswordError
from trainer.people.domain.passwords import must_be_strong
from trainer.people.domain.posts import parse_posts
from trainer.people.domain.roles import PERMISSIONS
from trainer.people.domain.roles import Role


def make_person(*roles: Role) -> Person:
    return Person(
        id=7,
        login="w7",
        name="虚构",
        roles=frozenset(roles),
        posts=frozenset({"loan-desk"}),
        active=True,
        must_change_password=False,
    )


def test_a_person_may_what_all_roles_together_may() -> None:
    actor = make_person(Role.CLERK, Role.EDITOR).actor()
    assert actor.permissions == {Permission.READ, Permission.EDIT}
    assert actor.posts == {"loan-desk"}


def test_an_administrator_neither_edits_nor_approves() -> None:
    assert PERMISSIONS[Role.ADMINISTRATOR] == {Permission.READ, Permission.ADMINISTER}


def test_every_role_says_what_it_may() -> None:
    assert set(PERMISSIONS) == set(Role)


@pytest.mark.parametrize(
    "password",
    ["Ab3-56789", "abcdefghijkl", "123456789012", "----------", "W7-long-enough", ""],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        must_be_strong(password, "w7")


@pytest.mark.parametrize(
    "password", ["window-2026", "公积金窗口1234567", "a" * 199 + "1"]
)
def test_a_strong_password_is_taken(password: str) -> None:
    must_be_strong(password, "w7")


@pytest.mark.parametrize(
    "login", ["a", "-ab", "a b", "ab\n", "x" * 33, "张三", "", "a@b"]
)
def test_a_login_that_cannot_be_is_refused(login: str) -> None:
    assert LOGIN.match(login) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_posts_are_read_or_refused_with_a_sentence(text: str) -> None:
    posts, mistakes = parse_posts(text)
    assert bool(mistakes) or all(post.code and post.name for post in posts)


def test_a_post_told_twice_is_a_mistake() -> None:
    text = "posts:\n- {code: a, name: 甲}\n- {code: a, name: 乙}\n"
    posts, mistakes = parse_posts(text)
    assert [post.name for post in posts] == ["甲"]
    assert "重复" in str(mistakes[0])
