"""Rules of accounts and passwords."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.factories import NOON
from trainer.core.actor import Permission
from trainer.people.domain.accounts import LOGIN
from trainer.people.domain.accounts import Person
from trainer.people.domain.browsers import in_words
from trainer.people.domain.passwords import WeakPasswordError
from trainer.people.domain.passwords import days_left
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
    ("password", "sentence"),
    [
        ("Gongjijin@2026", "太常见"),
        ("P@ssw0rd1234", "太常见"),
        ("1234567890-", "太常见"),
        ("1qaz2wsx3EDC", "太常见"),
        ("20261122公积金", "太常见"),
        ("zengli-0930", "姓名的拼音"),
        ("LiZeng#0930", "姓名的拼音"),
        ("cengli-0930", "姓名的拼音"),
        ("desk 138-0000-1111", "电话号码"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(
    password: str, sentence: str
) -> None:
    with pytest.raises(WeakPasswordError, match=sentence):
        must_be_strong(password, "w7", name="曾丽（虚构）", phone="138 0000 1111")


def test_a_short_name_or_number_rules_out_nothing() -> None:
    must_be_strong("window-12-oe", "w7", name="鄂", phone="12")


@pytest.mark.parametrize(
    ("hours", "days"), [(14 * 24 + 1, None), (14 * 24, 14), (13, 1), (11, 0), (-1, 0)]
)
def test_the_days_left_are_counted_on_the_calendar(
    hours: int, days: int | None
) -> None:
    """``NOON`` is 12:00 in the centre: in 13 hours it is tomorrow, in 11 today."""
    assert days_left(NOON + timedelta(hours=hours), NOON) == days
    assert days_left(None, NOON) is None


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0",
            "Windows 上的 Edge",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; UOS) Chrome/108.0 Safari/537.36",
            "统信 UOS 上的 Chrome",
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
            "Windows 上的 IE",
        ),
        ("Mozilla/5.0 (iPhone) MicroMessenger/8.0", "iPhone 上的 微信"),
        ("<script>", "未知浏览器"),
        ("", "未知浏览器"),
    ],
)
def test_a_browser_is_told_in_words(agent: str, words: str) -> None:
    assert in_words(agent) == words


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
