"""A rule changes: an authorisation lapses with its reason, is re-proved, returns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from playwright.sync_api import Locator
from playwright.sync_api import Page
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from bench.browser import log_in
from bench.browser import window
from bench.site import demo_data
from bench.site import served
from tests.browser.conftest import DAY
from tests.browser.conftest import Opener
from tests.browser.conftest import actor
from tests.browser.conftest import written_rows
from trainer import settings
from trainer.competence.domain.returning import EXAMPLE
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.kit import db
from trainer.knowledge import service as knowledge
from trainer.publishing import queries as publishing
from trainer.publishing import service
from trainer.quizzes import queries as quizzes

ARTICLE, SECTION = "loan-repayment-withdrawal", "{#conditions}"
WHO, LINE = "秦八斗", "还贷提取与冲还贷"
MOST_SETS = 8
"""Sets of five that show the new rule at the latest."""


@dataclass(frozen=True, slots=True)
class Town:
    """A demo site that is served, and the draft of an article of its own."""

    data: Path
    address: str
    draft: int


@contextmanager
def writing(data: Path) -> Iterator[Session]:
    read = settings.load(data, environment={})
    engine = db.open_engine(read.database_url, read.secret_key)
    with db.writing(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with demo_data() as data:
        with writing(data) as session:
            draft = submit(session)
        with served(data) as address:
            yield Town(data, address, draft)


def submit(session: Session) -> int:
    """Let the editor write a new condition that holds from today."""
    by, at = actor(session, "editor"), now()
    present = publishing.revision_on(session, ARTICLE, day_of(at), reader=by)
    text = publishing.text(session, present)
    head, mark, conditions = text.partition(SECTION)
    since = f"effective_from: {present.effective_from}"
    assert since in head
    new = conditions.replace("\n\n", "\n\n自本日起，先核对借款合同原件。\n\n", 1)
    changed = head.replace(since, f"effective_from: {day_of(at)}") + mark + new
    prepared = knowledge.prepare(changed)
    made = service.create_draft(session, ARTICLE, prepared, by=by, at=at)
    service.submit(session, made.id, by=by, at=at)
    return made.id


def approve(page: Page, draft: int) -> None:
    """Read the change, say that it is one of substance, and approve it."""
    page.goto(f"/desk/{draft}/review")
    for kind in page.locator(".kind select").all():
        kind.select_option(label="实质")
    page.get_by_role("button", name="批准", exact=True).click()
    expect(page.locator(".alert-success").first).to_contain_text("批准")


def confirm(page: Page) -> int:
    """Find every question on the changed clause still true; gives how many."""
    changed = page.locator(f"a[href*='/articles/{ARTICLE}/diff']")
    number, found = 1, 0
    while True:
        page.goto(f"/desk/due?part={number}")
        row = page.locator("tr", has=changed).first
        if row.count():
            row.get_by_role("button", name="仍然正确").click()
            expect(page.locator(".alert-success")).to_contain_text("仍然正确")
            found += 1
        elif page.get_by_role("link", name="下一页").count():
            number += 1
        else:
            return found


def practise(page: Page, data: Path) -> None:
    """Answer five questions right, and hand them in."""
    page.goto("/competence")
    page.get_by_role("button", name="现在练五题").click()
    attempt = int(page.url.rpartition("/")[2].partition("?")[0].partition("#")[0])
    for position, given in solutions(data, attempt).items():
        answer(page.locator(f"[name=a{position}]"), given)
    page.get_by_role("button", name="结束练习").first.click()
    page.locator("main form .btn-primary").first.click()
    expect(page.locator(".score")).to_be_visible()


def solutions(data: Path, attempt: int) -> dict[int, tuple[str, ...]]:
    """Give what is right by position."""
    with writing(data) as session:
        reader = actor(session, "w1008")
        asked = quizzes.paper(session, attempt, now(), reader=reader).items
        items = quizzes.papers(session, [attempt])
        banks = quizzes.open_banks(session, {item.revision_id for item in items})
        return {
            item.position: quizzes.solution_of(
                item, banks[item.revision_id], one
            ).answer
            for one, item in zip(asked, items, strict=True)
        }


def answer(fields: Locator, given: tuple[str, ...]) -> None:
    """Fill in one question, of whatever kind."""
    kind = fields.first.get_attribute("type")
    for place, field in enumerate(fields.all()):
        if kind in {"radio", "checkbox"}:
            field.set_checked(checked=True) if field.input_value() in given else None
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(given[place])
        elif place < len(given):
            field.fill(given[place])


def line_of(page: Page) -> Locator:
    """Give the row of the line on a page of competence."""
    return page.locator("tr[id^=line-]", has=page.get_by_text(LINE, exact=True))


def windows(page: Page) -> Locator:
    """Give who serves the line today."""
    page.goto("/competence/windows?line=repay")
    return page.locator(".answers-of dd").first


def test_a_changed_rule_takes_an_authorisation_until_it_is_shown_again(
    chrome: Browser, town: Town
) -> None:
    def opened(role: str) -> Page:
        # Without scripts all five questions stand on one page.
        page = window(chrome, town.address, script=False).new_page()
        log_in(page, role)
        return page

    clerk, boss, editor = opened("w1008"), opened("supervisor"), opened("editor")
    clerk.goto("/competence")
    expect(line_of(clerk)).to_contain_text("可独立办理")
    expect(windows(clerk)).to_contain_text(f"2号窗口{WHO}")

    approve(opened("approver"), town.draft)
    clerk.goto("/competence")
    expect(line_of(clerk)).to_contain_text("已失效，待重新证明")
    expect(line_of(clerk)).to_contain_text("规定变了，还没有重新考过")
    expect(clerk.locator(".advice")).to_contain_text("规定变了")
    clerk.get_by_role("link", name="看改了什么").first.click()
    expect(clerk.locator("main")).to_contain_text("先核对借款合同原件")
    boss.goto("/competence/team")
    lapsed = boss.locator(".boards section").nth(1)
    expect(lapsed).to_contain_text(f"{WHO}（虚构）：{LINE}")
    expect(lapsed).to_contain_text("规定变了")
    expect(windows(clerk)).not_to_contain_text(WHO)

    assert confirm(editor) > 0
    for _ in range(MOST_SETS):
        practise(clerk, town.data)
        clerk.goto("/competence")
        if "可独立办理" in line_of(clerk).inner_text():
            break
    expect(line_of(clerk)).to_contain_text("可独立办理")
    expect(windows(clerk)).to_contain_text(f"2号窗口{WHO}")
    boss.goto("/competence/team")
    expect(boss.locator(".boards section").nth(1)).not_to_contain_text(WHO)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_table_of_returned_files_is_looked_at_before_it_counts(
    opened: Opener, theme: str
) -> None:
    page = opened("supervisor", theme=theme, width=480)
    good = ("w1009", str(day_of(now())), *EXAMPLE[2:])
    wrong = ("nobody", str(DAY.replace(year=2099)), *EXAMPLE[2:])
    for rows, told in (([good, wrong], "没有这个工号"), ([good], "还没有保存")):
        page.goto("/competence/returned")
        content = written_rows(*rows).encode()
        page.get_by_label("退件表").set_input_files(
            {"name": "退件.csv", "mimeType": "text/csv", "buffer": content}
        )
        page.get_by_role("button", name="上传并预览").click()
        expect(page.locator("main")).to_contain_text(told)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 480
