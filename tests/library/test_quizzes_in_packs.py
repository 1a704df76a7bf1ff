"""Question banks and quizzes in packs: in, out, checked, and hidden from search."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.commands import Terminal
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import NOON
from tests.library.packs import GOOD
from tests.quizzes.banks import make_text
from trainer.core.actor import READER
from trainer.core.errors import NotFoundError
from trainer.kit import db
from trainer.kit.files import TextFile
from trainer.library import service
from trainer.publishing import queries as publishing
from trainer.search.service.indexing import all_documents

BANK = make_text("  type: true_false\n  stem: 无房租房可以提取。\n  answer: true\n")
HERE = date(2026, 9, 20)


def files(bank: str = BANK, path: str = "quizzes/rent.yaml") -> list[TextFile]:
    return [
        *(TextFile(name, text) for name, text in GOOD.items()),
        TextFile(path, bank),
    ]


def take_in(terminal: Terminal, pack: list[TextFile]) -> None:
    command = service.Importing(pack, "测试", APPROVER)
    with db.writing(terminal.engine) as session:
        service.import_pack(session, command, by=EDITOR, at=NOON)


def test_a_bank_goes_in_and_comes_out_as_it_was(
    terminal: Terminal, tmp_path: Path
) -> None:
    take_in(terminal, files())
    terminal.run("content", "export", tmp_path)
    written = tmp_path / "quizzes/rent/2026-09-20.yaml"
    assert written.read_text("utf-8") == BANK
    again = terminal.run("content", "import", tmp_path)
    assert again.stdout == "新增 0 篇（批准 0 篇），未变 3 篇\n"


def test_a_question_is_a_section_and_its_answer_one_below(terminal: Terminal) -> None:
    take_in(terminal, files())
    with db.reading(terminal.engine) as session:
        revision = publishing.revision_on(session, "rent", HERE, reader=EDITOR)
        sections = publishing.sections(session, revision)
    assert [section.id for section in sections] == ["q1", "q1.why"]
    assert sections[0].html == "<p>无房租房可以提取。</p>"
    assert "答案：对" in sections[1].text


def test_a_better_explanation_is_no_new_question() -> None:
    def hashes(bank: str) -> list[str]:
        pack = service.open_pack(files(bank))
        manuscript = pack.articles[0].prepared.manuscript
        assert manuscript.kind == "questions"
        wording = manuscript.facets["questions"][0]["wording"]
        return [*(section.hash for section in manuscript.sections), wording]

    before = hashes(BANK)
    explained = hashes(BANK.replace("因为条例这样写", "条例第十三条这样写"))
    asked = hashes(BANK.replace("无房租房可以提取", "有房租房可以提取"))
    assert [a == b for a, b in zip(before, explained, strict=True)] == [1, 0, 1]
    assert [a == b for a, b in zip(before, asked, strict=True)] == [0, 1, 0]


@pytest.mark.parametrize("path", ["quizzes/rent.yaml", "rent.yaml"])
def test_what_a_question_rests_on_must_be_there(path: str) -> None:
    (found,) = service.check_pack(files(BANK.replace("#answer", "#gone"), path))
    assert found.path == path
    assert "rent-withdrawal#gone" in found.mistake.message


def test_a_broken_bank_is_told_by_its_own_lines() -> None:
    found = service.check_pack(files(BANK.replace("kind: questions", "kind: quizzes")))
    assert 3 in {f.mistake.line for f in found}
    found = service.check_pack(files(BANK.replace("  answer: true\n", "")))
    assert "answer" in found[0].mistake.message


def test_nobody_who_takes_quizzes_reads_a_bank(terminal: Terminal) -> None:
    take_in(terminal, files())
    with db.reading(terminal.engine) as session:
        with pytest.raises(NotFoundError):
            publishing.revision_on(session, "rent", HERE, reader=READER)
        assert {d.group for d in all_documents(session)} == {
            "rent-rules",
            "rent-withdrawal",
        }
