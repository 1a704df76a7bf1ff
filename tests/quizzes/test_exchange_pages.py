"""Questions in and out, from the browser's side."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.databases import statements
from tests.factories import NOON
from tests.quizzes.exams import MORNING
from tests.quizzes.published import BANK
from tests.quizzes.published import put_draft
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from tests.sites import TOKEN
from tests.sites import Site
from trainer.audit.models import ExportRow
from trainer.kit import db
from trainer.kit.files import write_csv
from trainer.kit.files import write_xlsx
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import RevisionRow

HOME = "/banks/exchange/"
MOST_ASKED = 20
"""Questions to the database for a preview: login, codes, banks, clauses, versions."""

FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
COLUMNS = ("编号", "题型", "题干", "选项A", "选项B", "答案", "备注")
GOOD = ("", "单选题", "<b>几天</b>办结？", "15 日", "20 日", "A", "甲")
BAD = ("", "单选题", "带什么？", "身份证", "户口簿", "E", "")
SAID = {
    "source": "sheet",
    "into": "rent",
    "competency": "P5",
    "difficulty": "1",
    "asks": "rule",
    "article": "rules",
    "section": "term",
    "explanation": "规定这样写。",
    "dialect": "",
    "rule": "",
}
NEW = {
    **SAID,
    "into": "",
    "title": "新题库",
    "slug": "fresh",
    "bank_line": "withdraw",
    "owner": "withdrawal-desk",
}


@pytest.fixture
def editor(site: Site) -> FlaskClient:
    """The editor's browser; the bank `rent` is in force."""
    with db.writing(site.engine) as session:
        put_rules(session)
        put_in_force(session, BANK)
    site.set_clock(MORNING)
    return site.browser("editor")


def token(browser: FlaskClient) -> str:
    found = TOKEN.search(browser.get("/people/me").text)
    assert found
    return found[1]


def send(browser: FlaskClient, content: bytes | str, **said: str) -> TestResponse:
    """Ask for a preview, of a file or of what is pasted."""
    sent = {**SAID, **said, "csrf_token": token(browser)}
    file = b""
    if isinstance(content, str):
        sent["text"] = content
    else:
        file = part('name="file"; filename="题目.dat"', content)
    # By hand: the client of the tests leaves the file open it writes large ones to.
    parts = [part(f'name="{name}"', told.encode()) for name, told in sent.items()]
    body = b"".join((*parts, file, b"--x--\r\n"))
    return browser.post(HOME, data=body, content_type="multipart/form-data; boundary=x")


def part(head: str, content: bytes) -> bytes:
    told = f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n"
    return told.encode() + content + b"\r\n"


def sheet(*rows: tuple[str, ...], kind: str = "csv") -> bytes:
    write = write_csv if kind == "csv" else write_xlsx
    return write("题", COLUMNS, rows)


def held(answer: TestResponse) -> MultiDict[str, str]:
    """Give what the form of a preview holds."""
    assert 'id="confirm"' in answer.text, answer.text
    form = answer.text.partition('id="confirm"')[2].partition("</form>")[0]
    return MultiDict((name, html.unescape(told)) for name, told in FIELD.findall(form))


def confirm(
    browser: FlaskClient, preview: TestResponse, **more: str | list[str]
) -> TestResponse:
    data = held(preview)
    data["note"] = "来自银行"
    for name, told in more.items():
        data.setlist(name, told if isinstance(told, list) else [told])
    return browser.post(f"{HOME}confirm", data=data, content_type="multipart/form-data")


def revisions(site: Site) -> list[tuple[int, str]]:
    with db.reading(site.engine) as session:
        rows = session.query(RevisionRow).order_by(RevisionRow.id)
        return [(row.id, row.status) for row in rows]


def text_of(site: Site, key: int) -> str:
    with db.reading(site.engine) as session:
        draft = publishing.revision(session, key, reader=site.actors["editor"])
        return publishing.text(session, draft)


def words(answer: TestResponse) -> str:
    return re.sub(r"<[^>]+>", "", answer.text)


def test_a_preview_shows_each_question_and_saves_nothing(
    site: Site, editor: FlaskClient
) -> None:
    before = revisions(site), site.audited()
    answer = send(editor, sheet(GOOD, BAD))
    assert answer.status_code == 200
    told = words(answer)
    assert "可以导入 1 题" in told
    assert "要改 1 题" in told
    assert "没用到的列：备注" in told
    assert "第 3 行“答案”列" in told
    assert "&lt;b&gt;几天&lt;/b&gt;办结" in answer.text
    assert "正确答案：" in told
    assert "《提取规定》第一条 期限" in told
    assert (revisions(site), site.audited()) == before


def test_a_confirmed_preview_is_one_draft_that_can_be_taken_back(
    site: Site, editor: FlaskClient
) -> None:
    preview = send(editor, sheet(GOOD))
    before = revisions(site)
    done = confirm(editor, preview)
    assert done.status_code == 302, done.text
    again = confirm(editor, preview)  # a double click
    assert again.location == done.location
    ((key, status),) = revisions(site)[len(before) :]
    assert status == Status.DRAFT
    text = text_of(site, key)
    assert "change_note: 来自银行" in text
    assert "- id: days" in text
    assert "- id: q-1" in text
    page = editor.get(done.location)
    assert "新增 1 题，替换 0 题，现在共 5 题" in words(page)
    assert f"/desk/{key}/review" in page.text
    kept = [e for e in site.audited() if e.verb == "questions.imported"]
    assert [(e.object, e.detail) for e in kept] == [(f"revision/{key}", "1")]
    sent = {"csrf_token": token(editor)}
    assert editor.post(f"{done.location}/undo", data=sent).status_code == 302
    assert dict(revisions(site))[key] == Status.DISCARDED
    assert "已撤销" in editor.get(done.location).text
    assert editor.post(f"{done.location}/redo", data=sent).status_code == 302
    assert dict(revisions(site))[key] == Status.DRAFT


def test_a_new_bank_begins_with_what_is_imported(
    site: Site, editor: FlaskClient
) -> None:
    preview = send(editor, sheet(GOOD), **NEW)
    other = send(editor, sheet(GOOD, GOOD), **NEW)
    done = confirm(editor, preview)
    assert done.status_code == 302, done.text
    again = confirm(editor, preview)
    assert again.location == done.location
    key = revisions(site)[-1][0]
    with db.reading(site.engine) as session:
        draft = publishing.revision(session, key, reader=site.actors["editor"])
    assert (draft.slug, draft.header.title) == ("fresh", "新题库")
    assert draft.header.change_note == "来自银行"
    refused = confirm(editor, other)
    assert refused.status_code == 409
    assert f"/desk/{key}/review" in refused.text
    taken = send(editor, sheet(GOOD), **NEW | {"slug": "rent"})
    assert taken.status_code == 409
    assert "已有内容" in words(taken)
    editor.post(f"{done.location}/undo", data={"csrf_token": token(editor)})
    assert send(editor, sheet(GOOD), **NEW).status_code == 200


def test_questions_with_faults_are_left_out_by_a_tick_only(
    site: Site, editor: FlaskClient
) -> None:
    preview = send(editor, sheet(GOOD, BAD))
    before = revisions(site)
    refused = confirm(editor, preview)
    assert refused.status_code == 409
    assert "还有 1 题要改" in words(refused)
    assert revisions(site) == before
    done = confirm(editor, refused, without_wrong="1")
    assert done.status_code == 302, done.text


def test_a_question_that_can_come_in_may_be_left_out_too(
    site: Site, editor: FlaskClient
) -> None:
    preview = send(editor, sheet(GOOD, GOOD))
    nothing = confirm(editor, preview, out=["q-1", "q-2"])
    assert "请至少留一题" in words(nothing)
    assert nothing.text.count(" checked>") >= 2
    done = confirm(editor, preview, out=["q-1"])
    text = text_of(site, int(done.location.rpartition("/")[2]))
    assert "q-1" not in text
    assert "q-2" in text


def test_a_preview_older_than_the_bank_is_made_anew(
    site: Site, editor: FlaskClient
) -> None:
    preview = send(editor, sheet(GOOD))
    with db.writing(site.engine) as session:
        later = BANK.replace("要带身份证", "要带身份证原件").replace(
            "source:", "supersedes: 2026-09-20\nsource:"
        )
        put_in_force(session, later)
    before = revisions(site)
    refused = confirm(editor, preview)
    assert refused.status_code == 409
    assert "预览之后，这个题库换了内容" in words(refused)
    assert revisions(site) == before
    assert confirm(editor, refused).status_code == 302


def test_a_draft_on_a_desk_is_not_worked_around(
    site: Site, editor: FlaskClient
) -> None:
    preview = send(editor, sheet(GOOD))
    with db.writing(site.engine) as session:
        other = put_draft(session, BANK.replace("无房可提", "没房可提"))
    later = send(editor, sheet(GOOD))
    assert f"/desk/{other.id}/review" in later.text
    assert 'id="confirm"' not in later.text
    before = revisions(site)
    refused = confirm(editor, preview)
    assert refused.status_code == 409
    assert "有一份在办稿件" in words(refused)
    assert revisions(site) == before
    with db.writing(site.engine) as session:
        publishing_service.discard(session, other.id, by=site.actors["editor"], at=NOON)
    assert confirm(editor, preview).status_code == 302


def test_an_import_is_not_brought_back_beside_another_draft(
    site: Site, editor: FlaskClient
) -> None:
    done = confirm(editor, send(editor, sheet(GOOD)))
    sent = {"csrf_token": token(editor)}
    editor.post(f"{done.location}/undo", data=sent)
    with db.writing(site.engine) as session:
        put_draft(session, BANK)
    assert editor.post(f"{done.location}/redo", data=sent).status_code == 409


def test_the_same_id_replaces_its_question(site: Site, editor: FlaskClient) -> None:
    row = ("papers", "判断题", "只要带身份证。", "", "", "错", "")
    preview = send(editor, sheet(row))
    assert "替换原题 1" in words(preview)
    done = confirm(editor, preview)
    text = text_of(site, int(done.location.rpartition("/")[2]))
    assert "只要带身份证" in text
    assert "要带身份证。" not in text.replace("只要带身份证。", "")
    assert text.index("只要带身份证") < text.index("李某来办事")
    assert "新增 0 题，替换 1 题，现在共 4 题" in words(editor.get(done.location))


def test_numbers_of_a_second_file_are_other_questions(
    site: Site, editor: FlaskClient
) -> None:
    with db.writing(site.engine) as session:
        held = BANK.replace("- id: days", "- id: q-1").replace(
            "source:", "supersedes: 2026-09-20\nsource:"
        )
        put_in_force(session, held)
    row = ("1", *GOOD[1:])
    assert "q2-1" in send(editor, sheet(row)).text


WRONG_FILES: Mapping[str, tuple[str, bytes, str]] = {
    "nothing": ("sheet", b"", "没有内容"),
    "a picture": ("sheet", b"\x89PNG\r\n\x1a\n\x00\x01\x02", "这不是表格文件"),
    "a broken workbook": ("sheet", b"PK\x03\x04broken", "读不了"),
    "no header": ("sheet", "甲,乙\n1,2\n".encode(), "没有认出表头"),
    "a table for Word": ("word", sheet(GOOD), "Word"),
    "an old Word": ("word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "docx"),
    "a picture as text": ("text", b"\x89PNG\x00\x01\xff\xfe\x81", "不是文字文件"),
    "a text of nothing": ("text", "只是一句话".encode(), "没有认出题目"),
    "too much text": ("gift", b"a" * (2 * 1024 * 1024 + 1), "超过上限 2 MB"),
    "no GIFT": ("gift", "// 只有注释".encode(), "没有认出题目"),
    "no XML": ("moodle", b"<quiz", "不是合法的 XML"),
    "a trap": ("moodle", b'<!DOCTYPE a [<!ENTITY b "c">]><quiz/>', "类型声明"),
    "other XML": ("moodle", b"<html></html>", "这不是 Moodle XML"),
    "no bank": ("bank", b"- id: q1\n", "第"),
    "another source": ("nonsense", b"x", "您手上是什么"),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_bad_input_gives_a_sentence(site: Site, editor: FlaskClient, name: str) -> None:
    source, content, sentence = WRONG_FILES[name]
    before = revisions(site)
    answer = send(editor, content, source=source)
    assert answer.status_code in {200, 422}, answer.text
    assert sentence in words(answer), words(answer)
    assert 'id="confirm"' not in answer.text
    assert revisions(site) == before


def test_a_bank_has_a_most(editor: FlaskClient) -> None:
    long = ("", "单选题", "几天？" * 200, "甲", "乙", "A", "")
    answer = send(editor, sheet(*[long] * 400))
    assert answer.status_code == 422
    assert "一个题库最多 512 KB" in words(answer)


def test_what_was_chosen_and_pasted_stays(editor: FlaskClient) -> None:
    pasted = "一、判断题\n1. 甲。（√）\n2. 乙。\n"
    for answer in (
        send(editor, pasted, source="text", difficulty="3"),
        send(editor, pasted, source="text", difficulty="3", dialect="own"),
        send(editor, pasted, source="text", difficulty="3", do="sections"),
    ):
        assert pasted.strip() in answer.text
        assert '<option selected value="3">' in answer.text
        assert re.search('<option[^>]* selected[^>]* value="term"', answer.text)


def test_signs_of_blanks_are_chosen(editor: FlaskClient) -> None:
    row = ("", "填空题", "____ 和 ____。", "", "", "甲#乙&丙", "")
    asked = send(editor, sheet(("", "填空题", "____。", "", "", "甲;乙", "")))
    assert "填空分隔符" in words(asked)
    own = {"dialect": "own", "blank": "&", "alternative": "#"}
    assert "可以导入 1 题" in words(send(editor, sheet(row), **own))
    same = {"dialect": "own", "blank": "&", "alternative": "&"}
    refused = send(editor, sheet(row), **same)
    assert refused.status_code == 422
    assert "不能是同一个" in words(refused)


def test_the_other_switches_reach_the_readers(editor: FlaskClient) -> None:
    wide = "::q9::期限是几天？｛＝15 ～20｝"
    asked = send(editor, wide, source="gift")
    assert "全角符号按半角读" in words(asked)
    assert "可以导入 0 题" in words(asked)
    told = send(editor, wide, source="gift", full_width="y")
    assert "可以导入 1 题" in words(told)


def test_codes_and_clauses_are_looked_up(editor: FlaskClient) -> None:
    columns = (*COLUMNS[:6], "依据", "案例编号", "案例题干")
    row = (*GOOD[:6], "rules#gone", "days", "李某")
    answer = send(editor, write_csv("题", columns, [row]))
    assert "案例编号“days”在题库里是题的编号" in words(answer)
    row = (*GOOD[:6], "rules#gone", "", "")
    answer = send(editor, write_csv("题", columns, [row]))
    assert "依据“rules#gone”找不到条款" in words(answer)
    row = ("visit", *GOOD[1:6], "rules#term", "", "")
    answer = send(editor, write_csv("题", columns, [row]))
    assert "编号“visit”在题库里是案例的编号" in words(answer)
    row = ("", "判断题", "无房可提。", "", "", "对", "rules#term", "", "")
    answer = send(editor, write_csv("题", columns, [row]))
    assert "题干和题库里的“days”一样" in words(answer)


def test_what_a_preview_holds_is_not_trusted(site: Site, editor: FlaskClient) -> None:
    preview, before = send(editor, sheet(GOOD)), revisions(site)
    for evil in ("", "{}", "[[1]]", "[[1,{}]]", '[["a",{}]]', "[" * 9000, '[[1,"x"]]'):
        answer = confirm(editor, preview, packed=evil)
        assert answer.status_code == 422, evil
        assert "预览的内容不完整" in words(answer)
    assert revisions(site) == before


def test_a_confirmation_says_why(site: Site, editor: FlaskClient) -> None:
    preview, before = send(editor, sheet(GOOD)), revisions(site)
    answer = confirm(editor, preview, note=" ")
    assert answer.status_code == 422
    assert "请用一句话写明为什么导入" in words(answer)
    assert revisions(site) == before
    assert confirm(editor, answer).status_code == 302


def export(browser: FlaskClient, key: int, kind: str) -> TestResponse:
    sent = {"revision": key, "kind": kind, "csrf_token": token(browser)}
    return browser.post(f"{HOME}export", data=sent)


SOURCES = {
    "xlsx": "sheet",
    "csv": "sheet",
    "yaml": "bank",
    "gift": "gift",
    "xml": "moodle",
}


@pytest.mark.parametrize("kind", SOURCES)
def test_what_is_exported_changes_nothing_when_it_comes_back(
    site: Site, editor: FlaskClient, kind: str
) -> None:
    evil = BANK.replace("要带身份证。", "=1+1 要带身份证。")
    evil = evil.replace("source:", "supersedes: 2026-09-20\nsource:")
    with db.writing(site.engine) as session:
        bank = put_in_force(session, evil)
    file = export(editor, bank.id, kind)
    assert file.status_code == 200
    assert "rent-2026" in file.headers["Content-Disposition"]
    answer = send(editor, file.data, source=SOURCES[kind], dialect="ours")
    told = words(answer)
    assert "没有变化 4" in told, told
    assert "没有要导入的变化" in told
    assert 'id="confirm"' not in answer.text


def test_exports_are_kept_and_for_who_edits_or_approves(
    site: Site, editor: FlaskClient
) -> None:
    with db.writing(site.engine) as session:
        draft = put_draft(session, BANK)
    for role in ("editor", "approver"):
        assert export(site.browser(role), draft.id, "csv").status_code == 200
    assert export(site.browser("clerk"), draft.id, "csv").status_code == 403
    with db.reading(site.engine) as session:
        rows = session.query(ExportRow).all()
        assert [(row.what, row.rows) for row in rows] == [("questions", 4)] * 2
    assert export(editor, 99, "csv").status_code == 404
    assert export(editor, 1, "csv").status_code == 404  # the rules: no bank
    assert export(editor, draft.id, "exe").status_code == 422
    page = words(site.browser("approver").get(f"{HOME}?bank=rent"))
    assert "题目连同答案和解析一起导出" in page
    assert "看预览" not in page


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_template_can_be_filled_in_and_sent(editor: FlaskClient, kind: str) -> None:
    file = editor.get(f"{HOME}template.{kind}")
    assert file.status_code == 200
    answer = send(editor, file.data)
    assert "表头下面没有题目" in words(answer)  # examples do not come in
    assert editor.get(f"{HOME}template.exe").status_code == 404


def test_only_banks_have_a_page_of_an_import(editor: FlaskClient) -> None:
    assert editor.get(f"{HOME}done/1").status_code == 404
    assert editor.get(f"{HOME}done/99").status_code == 404


def test_a_preview_asks_the_database_little_however_long_it_is(
    site: Site, editor: FlaskClient
) -> None:
    asked = []
    for count in (1, 60):
        with statements(site.engine) as made:
            assert send(editor, sheet(*[GOOD] * count)).status_code == 200
        asked.append(len(made))
    assert asked[0] == asked[1] <= MOST_ASKED
