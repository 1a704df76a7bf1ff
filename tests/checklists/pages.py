"""What the tests of the pages of checklists share: lists on a site, open texts."""

from __future__ import annotations

from tests.apps import NOW
from tests.checklists import published
from tests.sites import Site
from trainer.kit import db
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.revision import Revision
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

TOPICS = """\
lines:
  - code: withdraw
    name: 提取
    owner: withdrawal-desk
    businesses:
      - {code: withdraw.rent, name: 租房提取}
      - {code: withdraw.purchase, name: 购房提取}
      - {code: withdraw.agent, name: 代办提取}
  - code: loan
    name: 贷款
    owner: loan-desk
    businesses:
      - {code: loan.quota, name: 可贷额度}
steps:
  - {code: receive, name: 受理接件, about: 清点}
  - {code: verify, name: 核验, about: 比对}
"""


def spine_on(site: Site) -> None:
    """Register lines, businesses and steps."""
    with db.writing(site.engine) as session:
        command = SaveText(
            name=TextName.TOPICS, text=TOPICS, note="测试", based_on=None
        )
        topics.save_text(session, command, by=site.actors["editor"], at=NOW)


def articles_on(site: Site) -> None:
    """Put in force what the lists rest on, and what replaces a part of it."""
    with db.writing(site.engine) as session:
        published.put_articles(session)


def list_on(site: Site, text: str | None = None, slug: str = "rent-errors") -> Revision:
    """Put a list in force on a site."""
    people = (site.actors["editor"], site.actors["approver"])
    with db.writing(site.engine) as session:
        return published.put_in_force(session, text, slug, by=people, at=NOW)


def draft_on(
    site: Site, text: str | None = None, slug: str = "rent-errors"
) -> Revision:
    """Put a draft of a list on the desk of a site."""
    with db.writing(site.engine) as session:
        return published.put_draft(
            session, text, slug, by=site.actors["editor"], at=NOW
        )


def drafts(site: Site, slug: str = "rent-errors") -> list[tuple[Revision, str]]:
    """Give the open texts of a list, newest first."""
    with db.reading(site.engine) as session:
        known = publishing.versions(session, reader=site.actors["editor"], slug=slug)
        return [(r, publishing.text(session, r)) for r in known if r.status in OPEN]
