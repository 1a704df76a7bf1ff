"""Two people do the same thing at the same moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_actor
from tests.factories import make_approval
from tests.factories import make_draft
from tests.factories import make_text
from tests.faults.processes import must_be_whole
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import post
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.knowledge import service as knowledge
from trainer.people.models import PersonRow
from trainer.publishing import queries as publishing
from trainer.publishing import service

RIVALS = (11, 12)
WON = "won"


def outcomes(engine: Engine, act: Callable[[Session, Actor], object]) -> list[str]:
    """Let two people act at once; gives what each is told, the winner first."""
    start = Barrier(2)

    def race(person: int) -> str:
        rival = make_actor(person, Permission.EDIT, Permission.APPROVE)
        start.wait()
        try:
            with db.writing(engine) as session:
                act(session, rival)
        except TrainerError as error:
            return f"{type(error).__name__} {error.message}"
        return WON

    with ThreadPoolExecutor() as pool:
        return sorted(pool.map(race, RIVALS), key=lambda told: told != WON)


def hurry(engine: Engine) -> None:
    """Wait 0.5 s for a lock; how long it is really is in tests/kit/db/test_settings."""
    on_sqlite = engine.dialect.name == "sqlite"
    words = "PRAGMA busy_timeout = 500" if on_sqlite else "SET lock_timeout = 500"

    @event.listens_for(engine, "begin", insert=True)
    def shorten(connection: Connection) -> None:
        connection.exec_driver_sql(words)


def test_of_two_approvers_one_wins_and_the_other_is_told(engine: Engine) -> None:
    with db.writing(engine) as session:
        draft = make_draft(session)
        service.submit(session, draft.id, by=EDITOR, at=NOON)

    def approve(session: Session, by: Actor) -> None:
        service.approve(session, draft.id, make_approval(draft), by=by, at=NOON)

    assert outcomes(engine, approve) == [
        WON,
        "WrongStepError 这一版已被别人处理过，当前状态不允许此操作；请刷新后查看",
    ]
    with db.reading(engine) as session:
        must_be_whole(session)
        approved = publishing.revision(session, draft.id, reader=EDITOR)
    assert (approved.number, approved.approved_by in RIVALS) == (1, True)


def test_of_two_editors_one_wins_and_the_other_loses_nothing(engine: Engine) -> None:
    with db.writing(engine) as session:
        draft = make_draft(session)
    texts = {p: knowledge.prepare(make_text(title=f"第{p}人的文字")) for p in RIVALS}

    def save(session: Session, by: Actor) -> None:
        text = texts[by.person]
        service.save_draft(session, draft.id, text, based_on=1, by=by, at=NOON)

    won, told = outcomes(engine, save)
    assert won == WON
    assert told.startswith("EditedMeanwhileError 您编辑期间，别人已保存过这份稿件")
    with db.reading(engine) as session:
        saved = publishing.revision(session, draft.id, reader=EDITOR)
        authors = publishing.authors(session, saved) - {EDITOR.person}
    assert saved.edit == 2
    assert [f"第{person}人的文字" for person in authors] == [saved.header.title]


def test_of_two_versions_for_the_same_days_one_wins(engine: Engine) -> None:
    with db.writing(engine) as session:
        drafts = [make_draft(session, make_text(title=f"文字{n}")) for n in RIVALS]
        for draft in drafts:
            service.submit(session, draft.id, by=EDITOR, at=NOON)

    def approve(session: Session, by: Actor) -> None:
        own = drafts[RIVALS.index(by.person)]
        service.approve(session, own.id, make_approval(own), by=by, at=NOON)

    won, told = outcomes(engine, approve)
    assert won == WON
    assert told.startswith("OverlapError 生效期间与第 1 版（2026-09-20 起）重叠")


def test_while_another_program_holds_the_lock_pages_are_read_and_writes_say_busy(
    site: Site,
) -> None:
    client, stranger = site.browser("editor"), site.browser()
    hurry(site.engine)
    with db.writing(site.engine) as holder:
        holder.scalars(select(PersonRow).with_for_update()).all()
        start = time.monotonic()
        assert client.get("/").status_code == 200
        assert time.monotonic() - start < 2
        login = {"login": "clerk", "password": PASSWORD}
        busy = post(stranger, "/people/login", login)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert "系统正忙，没有保存；请稍候几秒再试一次" in busy.text
    assert post(stranger, "/people/login", login).status_code == 302
