"""Recent changes of policy, for everybody."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.checklists.shown import put_topics
from tests.courses.duties import change
from tests.databases import statements
from tests.sites import Site
from trainer.kit import db

MOST = 6
"""Statements of the page, login and frame included."""


def test_what_is_new_stands_there_and_what_is_old_does_not(
    site: Site, engine: Engine
) -> None:
    with db.writing(engine) as session:
        change(session, day="2026-11-20")
        change(session, slug="coming", day="2027-01-01", title="新办法")
        change(session, slug="old", day="2026-01-01", title="旧办法")
    page = site.browser("far").get("/duties/changes").text
    assert page.index("新办法") < page.index("2026-11-20")
    assert "即将生效" in page
    assert "旧办法" not in page
    assert "/articles/rent-withdrawal/diff?old=1&amp;new=2" in page
    assert "新的一篇" in page


def test_one_line_may_be_looked_at(site: Site, engine: Engine) -> None:
    with db.writing(engine) as session:
        put_topics(session)
        change(session, slug="loan", day="2026-11-20", title="贷款新办法", line="loan")
        change(session, slug="rent", day="2026-11-20", title="提取新办法")
    clerk = site.browser("lin")
    page = clerk.get("/duties/changes?line=loan").text
    assert "贷款新办法" in page
    assert "提取新办法" not in page
    assert "提取新办法" in clerk.get("/duties/changes?line=no-such").text
    assert "这半年没有政策变化" in clerk.get("/duties/changes?line=enforce").text


def test_it_costs_the_same_however_much_is_new(site: Site, engine: Engine) -> None:
    clerk = site.browser("lin")
    for count in (1, 9):
        with db.writing(engine) as session:
            for n in range(count):
                change(session, slug=f"text-{count}-{n}", day="2026-11-20")
        clerk.get("/duties/changes")
        with statements(engine) as asked:
            clerk.get("/duties/changes")
        assert len(asked) <= MOST
