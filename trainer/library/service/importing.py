"""Use cases of packs: check, import and export the authored texts.

An import is one transaction: all of a pack or nothing. A text that is already
there, byte for byte, is left alone, so an import can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.kit.files import TextFile
from trainer.knowledge import queries as articles
from trainer.knowledge import service as knowledge
from trainer.library.domain import ArticleFile
from trainer.library.domain import Finding
from trainer.library.domain import PackError
from trainer.library.domain import Report
from trainer.library.domain import article_file
from trainer.library.domain import article_path
from trainer.people import service as people_service
from trainer.people.domain import Post
from trainer.people.domain import parse_posts
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import Approval
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision
from trainer.publishing.service import Prepared
from trainer.topics import queries as topics
from trainer.topics import service as topics_service
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

POSTS = "posts.yaml"


@dataclass(frozen=True, slots=True)
class Importing:
    """Command: take a pack in.

    ``approver`` puts the texts in force at once (the starter pack, or a pack that
    a named approver brings); None leaves them as drafts.
    """

    files: Sequence[TextFile]
    reason: str
    approver: Actor | None = None


def check_pack(files: Sequence[TextFile]) -> list[Finding]:
    """Find every mistake of a pack, as far as it can be told without importing."""
    _, findings = _posts(files)
    findings += _topic_findings(files)
    for file, text in _articles(files):
        if isinstance(text, Mistake):
            findings.append(Finding(file.path, text))
            continue
        try:
            prepared = knowledge.prepare(text)
        except MistakesError as error:
            findings += [Finding(file.path, mistake) for mistake in error.mistakes]
            continue
        findings += _misplaced(file, prepared)
    findings += _strays(files)
    return sorted(set(findings))


def import_pack(
    session: Session, command: Importing, *, by: Actor, at: datetime
) -> Report:
    """Take a pack in, whole or not at all.

    Raises:
        PackError: the pack has mistakes; it lists them with file and line.
        MistakesError: a citation leads nowhere.
    """
    if findings := check_pack(command.files):
        raise PackError(findings)
    report = Report()
    posts, _ = _posts(command.files)
    people_service.save_posts(session, posts, by=by)
    for name, text in _topic_texts(command.files):
        save = SaveText(name=name, text=text, note=command.reason)
        topics_service.save_text(session, save, by=by, at=at)
        report.texts.append(name)
    created = _drafts(session, command.files, report, by=by, at=at)
    if command.approver is not None:
        _approve(session, created, command, by=by, at=at)
        report.approved = len(created)
    return report


def export_pack(session: Session, *, reader: Actor) -> Iterator[TextFile]:
    """Give every approved text as the file it came from, byte for byte."""
    for name in TextName:
        if text := topics.text(session, name):
            yield TextFile(f"{name}.yaml", text)
    turns: dict[tuple[str, date], int] = {}
    for revision in publishing.all_approved(session, reader=reader):
        day = revision.effective_from
        turn = turns[revision.slug, day] = turns.get((revision.slug, day), 0) + 1
        path = article_path(revision.slug, day.isoformat(), turn)
        yield TextFile(path, publishing.text(session, revision))


def _drafts(
    session: Session,
    files: Sequence[TextFile],
    report: Report,
    *,
    by: Actor,
    at: datetime,
) -> list[Revision]:
    vocabulary = articles.vocabulary(session)
    known = _known(session, by)
    created = []
    findings: list[Finding] = []
    for file, text in _articles(files):
        try:
            prepared = knowledge.prepare(str(text), vocabulary)
        except MistakesError as error:
            findings += [Finding(file.path, mistake) for mistake in error.mistakes]
            continue
        if (file.slug, prepared.manuscript.content_hash) in known:
            report.unchanged += 1
            continue
        draft = publishing_service.create_draft(
            session, file.slug, prepared, by=by, at=at
        )
        created.append(draft)
        report.drafts += 1
    if findings:
        raise PackError(findings)
    return created


def _known(session: Session, reader: Actor) -> set[tuple[str, str]]:
    statuses = set(Status) - {Status.DISCARDED, Status.WITHDRAWN}
    return {
        (revision.slug, revision.content_hash)
        for revision in publishing.with_status(session, statuses, reader=reader)
    }


def _approve(
    session: Session,
    drafts: Sequence[Revision],
    command: Importing,
    *,
    by: Actor,
    at: datetime,
) -> None:
    if command.approver is None:
        return
    for draft in drafts:
        publishing_service.submit(session, draft.id, by=by, at=at)
    approvals = {
        draft.id: Approval(
            content_hash=draft.content_hash,
            reason=command.reason,
            default=draft.header.change_kind or ChangeKind.SUBSTANCE,
        )
        for draft in drafts
    }
    publishing_service.approve_all(session, approvals, by=command.approver, at=at)


def _articles(
    files: Sequence[TextFile],
) -> list[tuple[ArticleFile, str | Mistake]]:
    """Give the article files, older first days first."""
    found = [(article_file(file.path), file.text) for file in files]
    return sorted((place, text) for place, text in found if place is not None)


def _misplaced(file: ArticleFile, prepared: Prepared) -> list[Finding]:
    day = prepared.manuscript.header.effective_from.isoformat()
    if day == file.day:
        return []
    message = f"施行日 {day} 与文件名 {file.day} 不一致；请改成同一天"
    return [Finding(file.path, Mistake(0, message))]


def _posts(files: Sequence[TextFile]) -> tuple[list[Post], list[Finding]]:
    for file in files:
        if file.path.rpartition("/")[2] == POSTS:
            if isinstance(file.text, Mistake):
                return [], [Finding(file.path, file.text)]
            posts, mistakes = parse_posts(file.text)
            return posts, [Finding(file.path, mistake) for mistake in mistakes]
    return [], []


def _topic_texts(files: Sequence[TextFile]) -> Iterator[tuple[TextName, str]]:
    named = {f"{name}.yaml": name for name in TextName}
    for file in files:
        name = named.get(file.path.rpartition("/")[2])
        if name is not None and isinstance(file.text, str):
            yield name, file.text


def _topic_findings(files: Sequence[TextFile]) -> list[Finding]:
    return [
        Finding(f"{name}.yaml", mistake)
        for name, text in _topic_texts(files)
        for mistake in topics_service.mistakes_in(name, text)
    ]


def _strays(files: Sequence[TextFile]) -> list[Finding]:
    """Find files that cannot be read, or whose place in a pack nobody knows."""
    names = {POSTS, *(f"{name}.yaml" for name in TextName)}
    findings = []
    for file in files:
        if article_file(file.path) is not None:
            continue
        if isinstance(file.text, Mistake):
            findings.append(Finding(file.path, file.text))
        elif file.path.rpartition("/")[2] not in names:
            message = "不知道这是什么：文章应放在 policies/<标识>/<施行日>.md"
            findings.append(Finding(file.path, Mistake(0, message)))
    return findings
