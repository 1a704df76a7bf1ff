"""An exam by keyboard: its server is killed midway, it ends on another machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Locator
from playwright.sync_api import Page
from playwright.sync_api import expect
from sqlalchemy import delete

from bench.browser import log_in
from bench.browser import window
from bench.site import ADDRESS
from bench.site import demo_data
from tests.factories import SETUP
from tests.quizzes.banks import banks
from tests.quizzes.published import put_in_force
from trainer import settings
from trainer.core.clock import now
from trainer.kit import db
from trainer.people import queries as people
from trainer.people.models import LoginRow

QUESTIONS = 20
KINDS = {"single": 10, "true_false": 4, "multiple": 3, "number": 3}
EXAM = """\
---
title: 键盘考试
kind: quiz
line: service
owner: service-desk
review_every_days: 180
effective_from: 2026-09-20
evidence: B
source: 测试
---
minutes: 60
attempts: 1
pass: 1
shuffle: [options]
questions:
"""


def chosen() -> list[str]:
    """Give twenty questions that stand alone, of the kinds that keys answer."""
    found: list[str] = []
    for kind, count in KINDS.items():
        fitting = [
            f"{path.stem}#{question.id}"
            for path, bank in banks().items()
            for question in bank.questions
            if question.type == kind and question.case is None
        ]
        found += fitting[:count]
    assert len(found) == QUESTIONS
    return found


@pytest.fixture(scope="module")
def exam() -> Iterator[Path]:
    """The data directory of a demo site with the exam."""
    with demo_data() as data:
        read = settings.load(data, environment={})
        engine = db.open_engine(read.database_url, read.secret_key)
        with db.writing(engine) as session:
            staff = [
                people.person_by_login(session, login, reader=SETUP)
                for login in ("editor", "approver")
            ]
            editor, approver = (each.actor() for each in staff if each)
            text = EXAM + "".join(f"  - {place}\n" for place in chosen())
            put_in_force(session, text, "by-keys", by=(editor, approver), at=now())
        engine.dispose()
        yield data


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve a data directory in a process that may be killed."""
    command = [sys.executable, "-m", "trainer", "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603  (our own command)
        [*command, "--data", str(data)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TRAINER_LOGIN_RATE": "1000"},
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = ADDRESS.search(line)
            assert found, line
            yield found[0], process
        finally:
            process.kill()


def question(page: Page) -> Locator:
    return page.locator(".exam[data-ready] .asked:not([hidden])")


def answer(page: Page) -> str:
    """Answer the question on the screen by keys; gives what was answered."""
    shown = question(page)
    if shown.get_attribute("data-type") == "number":
        expect(shown.locator("input[inputmode]")).to_be_focused()
        page.keyboard.type("12")
        return "12"
    page.keyboard.press("b")
    expect(shown.locator("input:checked")).to_have_value("B")
    return "B"


def answers(page: Page) -> list[str]:
    """Give what every question of the page holds, seen or not."""
    script = """() => [...document.querySelectorAll(".asked")].map((section) =>
        [...section.querySelectorAll(`[name=a${section.dataset.position}]`)]
          .filter((f) => !["radio", "checkbox"].includes(f.type) || f.checked)
          .map((f) => f.value).join(""))"""
    found = page.evaluate(script)
    assert isinstance(found, list)
    return found


def begin(page: Page, role: str = "clerk") -> None:
    log_in(page, role)
    page.goto("/quizzes/by-keys")
    expect(page.get_by_role("button", name="开始")).to_be_focused()
    page.keyboard.press("Enter")
    expect(question(page)).to_have_attribute("data-position", "1")


def test_an_exam_by_keyboard_survives_its_server_and_changes_machines(
    chrome: Browser, exam: Path
) -> None:
    given: list[str] = []
    with serving(exam) as (address, process):
        first = window(chrome, address).new_page()
        begin(first)
        for number in range(1, 11):
            expect(question(first)).to_have_attribute("data-position", str(number))
            given.append(answer(first))
            expect(first.locator("[data-status]")).to_have_text("已保存")
            first.keyboard.press("Enter")
        process.send_signal(signal.SIGKILL)
        process.wait()
        answer(first)  # has nowhere to go
        expect(first.locator("[data-alert]")).to_contain_text("先存在这台电脑上")
        first.context.close()
    with serving(exam) as (address, _):
        second = window(chrome, address).new_page()
        log_in(second, "clerk")
        second.goto("/quizzes/by-keys")
        second.get_by_role("link", name="接着答").first.press("Enter")
        expect(question(second)).to_have_attribute("data-position", "10")
        assert answers(second)[:10] == given
        second.keyboard.press("Enter")
        for _ in range(11, QUESTIONS + 1):
            given.append(answer(second))
            expect(second.locator("[data-status]")).to_have_text("已保存")
            second.keyboard.press("Enter")
        expect(second.get_by_role("button", name="交卷", exact=True)).to_be_focused()
        assert "20 题都已作答" in second.content()
        second.keyboard.press("Enter")
        expect(second.locator(".score")).to_contain_text("分")
        assert answers(second) == given
        second.context.close()


def test_what_was_given_offline_is_sent_when_the_server_is_back(
    chrome: Browser, exam: Path
) -> None:
    with serving(exam) as (address, _):
        page = window(chrome, address).new_page()
        begin(page, "mentor")
        answer(page)
        expect(page.locator("[data-status]")).to_have_text("已保存")
        page.context.set_offline(True)
        page.keyboard.press("Enter")
        answer(page)
        expect(page.locator("[data-alert]")).to_be_visible()
        page.context.set_offline(False)
        expect(page.locator("[data-alert]")).to_be_hidden(timeout=10_000)
        expect(page.locator("[data-status]")).to_have_text("已保存")
        kept = answers(page)
        page.reload()
        assert answers(page) == kept
        assert kept[:2] == ["B", "B"]
        page.context.close()


def end_logins(data: Path) -> None:
    """End everybody's session, as 15 minutes without a request do."""
    read = settings.load(data, environment={})
    engine = db.open_engine(read.database_url, read.secret_key)
    with db.writing(engine) as session:
        session.execute(delete(LoginRow))
    engine.dispose()


def test_what_was_given_after_the_login_had_expired_is_sent_after_the_next(
    chrome: Browser, exam: Path
) -> None:
    with serving(exam) as (address, _):
        page = window(chrome, address).new_page()
        begin(page, "supervisor")
        answer(page)
        expect(page.locator("[data-status]")).to_have_text("已保存")
        end_logins(exam)
        page.keyboard.press("Enter")
        answer(page)
        expect(page.locator("[data-alert]")).to_contain_text("登录已过期")
        log_in(page.context.new_page(), "supervisor")
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(page.locator("[data-alert]")).to_be_hidden()
        expect(page.locator("[data-status]")).to_have_text("已保存")
        page.reload()
        assert answers(page)[:2] == ["B", "B"]
        page.context.close()


def test_an_exam_left_open_elsewhere_takes_nothing_back(
    chrome: Browser, exam: Path
) -> None:
    with serving(exam) as (address, _):
        first = window(chrome, address).new_page()
        begin(first, "manager")
        for _ in range(3):
            answer(first)
            expect(first.locator("[data-status]")).to_have_text("已保存")
            first.keyboard.press("Enter")
        second = window(chrome, address).new_page()
        log_in(second, "manager")
        second.goto(first.url)
        second.locator('[data-number-of="1"]').click()
        second.keyboard.press("a")
        expect(second.locator("[data-status]")).to_have_text("已保存")
        second.locator('[data-number-of="5"]').click()
        answer(second)
        expect(second.locator("[data-status]")).to_have_text("已保存")
        kept = answers(second)
        answer(first)  # the fourth: nobody has answered it elsewhere
        expect(first.locator("[data-status]")).to_have_text("已保存")
        first.get_by_role("button", name="检查并交卷").first.click()
        expect(first.get_by_role("alert").first).to_contain_text("在别的窗口里改过")
        assert answers(first) == [*kept[:3], "B", *kept[4:]]
        for page in (first, second):
            page.context.close()


def test_what_is_typed_is_an_answer_and_never_a_search(
    chrome: Browser, exam: Path
) -> None:
    with serving(exam) as (address, _):
        page = window(chrome, address).new_page()
        begin(page, "approver")
        page.keyboard.press("z")
        expect(page.locator("#q")).to_have_value("")
        page.locator(f'[data-number-of="{QUESTIONS}"]').click()
        page.locator(".exam-bar h1").click()  # away from the field
        page.keyboard.type("12")
        assert answers(page)[-1] == "12"
        expect(page.locator("[data-status]")).to_have_text("已保存")
        page.reload()
        expect(question(page).locator("input[inputmode]")).to_be_focused()
        page.context.close()
