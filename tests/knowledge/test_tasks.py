"""What the desk asks of whom: to approve, to mend, to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.apps import NOW
from tests.factories import SETUP
from tests.factories import make_text
from tests.knowledge.desks import GUIDE
from tests.knowledge.desks import NEW_RULES
from tests.knowledge.desks import RULES
from tests.knowledge.desks import counted
from tests.knowledge.desks import published
from tests.knowledge.desks import submitted
from tests.sites import Site
from trainer.features import REVIEWS
from trainer.kit import db
from trainer.knowledge import queries
from trainer.knowledge.service import ARTICLES
from trainer.notices.domain.tasks import Task
from trainer.people import queries as people_queries
from trainer.people import service as people
from trainer.people.domain.posts import Post
from trainer.publishing import service as publishing

POST = "withdrawal-desk"


def asked(site: Site, *who: str, days: int = 0) -> list[Task]:
    """Give what is asked of some people, by their role."""
    keys = [site.actors[name].person for name in who]
    at = NOW + timedelta(days=days)
    with db.reading(site.engine) as session:
        return queries.tasks(session, keys, at, sources=REVIEWS, kinds=ARTICLES)


def test_a_text_in_review_waits_for_who_approves_and_nobody_else(site: Site) -> None:
    draft = submitted(site, make_text(title="租房提取"))
    [task] = asked(site, *site.actors)
    assert task.person == site.actors["approver"].person
    assert task.what == "审批《租房提取》"
    assert (task.endpoint, task.values) == ("desk.review", (("key", draft.id),))
    assert task.key == f"approve/{draft.id}"
    assert task.due == draft.effective_from - timedelta(days=1)


def test_nobody_is_asked_to_approve_his_own_text(site: Site) -> None:
    draft = submitted(site, make_text())
    both = site.actors["editor"]
    with db.reading(site.engine) as session:
        found = queries.tasks(
            session, [both.person], NOW, sources=REVIEWS, kinds=ARTICLES
        )
    assert [task for task in found if task.key == f"approve/{draft.id}"] == []


def test_what_was_sent_back_waits_for_its_author_and_is_new_each_time(
    site: Site,
) -> None:
    draft = submitted(site, make_text(title="租房提取"))
    by = site.actors["approver"]
    with db.writing(site.engine) as session:
        publishing.send_back(session, draft.id, "数字不对", by=by, at=NOW)
    [task] = asked(site, "editor", "approver")
    assert task.what == "修改《租房提取》"
    assert task.endpoint == "desk.edit"
    again = NOW + timedelta(hours=1)
    with db.writing(site.engine) as session:
        publishing.submit(session, draft.id, by=site.actors["editor"], at=again)
        publishing.send_back(session, draft.id, "还是不对", by=by, at=again)
    [later] = asked(site, "editor", "approver")
    assert later.key != task.key


@pytest.fixture
def changed(site: Site) -> Site:
    """A guide that cites a clause which changes on 1 December 2026."""
    published(site, RULES, "rules")
    published(site, GUIDE)
    published(site, NEW_RULES, "rules")
    return site


def holds(site: Site, role: str) -> None:
    """Let somebody hold the post that owns the texts."""
    with db.writing(site.engine) as session:
        people.add_post(session, Post(POST, "提取业务科"), by=SETUP, at=NOW)
        key = site.actors[role].person
        person = people_queries.person(session, key, reader=SETUP)
        change = replace(person.account(), posts=frozenset({POST}))
        people.change_person(session, key, change, by=SETUP, at=NOW)


def test_a_changed_clause_waits_for_who_holds_the_post_once_a_week(
    changed: Site,
) -> None:
    assert asked(changed, "editor") == []
    holds(changed, "editor")
    [task] = asked(changed, "editor")
    assert task.what == "复核 1 条内容是不是还对"
    assert task.endpoint == "desk.due"
    [monday] = asked(changed, "editor", days=1)
    [tuesday] = asked(changed, "editor", days=2)
    assert task.key != monday.key == tuesday.key


def test_many_people_are_asked_in_few_questions(changed: Site) -> None:
    with counted(changed.engine) as few:
        asked(changed, "clerk")
    with counted(changed.engine) as many:
        asked(changed, *changed.actors)
    assert len(few) <= 3
    assert len(many) <= 12
