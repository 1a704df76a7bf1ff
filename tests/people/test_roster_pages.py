"""Pages of rosters, from the browser's side."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.databases import statements
from tests.factories import SETUP
from tests.people.places import add_accounts
from tests.people.places import make_places
from tests.people.rosters import NEW
from tests.people.rosters import make_sheet
from tests.reading import strays
from tests.sites import TOKEN
from tests.sites import Site
from trainer.audit.models import ExportRow
from trainer.kit import db
from trainer.kit.files import write_csv
from trainer.kit.files import write_xlsx
from trainer.kit.files.tables import read_table
from trainer.people import queries as people
from trainer.people.models import PersonRow
from trainer.people.models import RosterImportRow

HOME = "/people/roster"
MOST_QUESTIONS = 7
"""To the database, for a preview: login, import, people, days, places, lines, names."""

HIDDEN = re.compile(r'name="(edit|seal)" value="([^"]*)"')
FIELD = re.compile(r'name="(cell\.[^"]+)" value="([^"]*)"')


@pytest.fixture
def admin(site: Site) -> FlaskClient:
    with db.writing(site.engine) as session:
        make_places(session)
    return site.browser("administrator")


def workbook(*rows: Mapping[str, str]) -> bytes:
    header, *lines = (cells for _, cells in make_sheet(*rows))
    return write_xlsx("花名册", header, lines)


def token(browser: FlaskClient) -> str:
    found = TOKEN.search(browser.get("/people/me").text)
    assert found
    return found[1]


def upload(browser: FlaskClient, content: bytes, name: str = "a.xlsx") -> TestResponse:
    # By hand: the client of the tests leaves the file open it writes large ones to.
    parts = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
        f"{token(browser)}\r\n--x\r\nContent-Disposition: form-data; "
        f'name="file"; filename="{name}"\r\n\r\n'
    )
    body = parts.encode() + content + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    return browser.post(HOME, data=body, content_type=kind)


def brought(browser: FlaskClient, *rows: Mapping[str, str]) -> str:
    """Upload, take the columns as they were read, give the address of the preview."""
    columns = upload(browser, workbook(*rows)).headers["Location"]
    page = browser.get(columns)
    assert "核对各列" in page.text
    chosen = dict(
        re.findall(
            r'name="(column\.\d+)".*?<option value="([^"]*)" selected',
            page.text,
            re.DOTALL,
        )
    )
    answer = send(browser, columns, {**hidden(page.text), **chosen})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].partition("?")[0]


def hidden(page: str) -> dict[str, str]:
    return dict(HIDDEN.findall(page))


def send(
    browser: FlaskClient, path: str, data: Mapping[str, object] | None = None
) -> TestResponse:
    return browser.post(path, data={**(data or {}), "csrf_token": token(browser)})


def confirm(browser: FlaskClient, preview: str, **more: str) -> TestResponse:
    page = browser.get(preview).text
    return send(browser, f"{preview}/confirm", {**hidden(page), **more})


def test_a_roster_is_imported_and_its_passwords_are_told_once(
    site: Site, admin: FlaskClient
) -> None:
    preview = brought(admin, {**NEW, "部门": "城东管理部"})
    page = admin.get(preview).text
    assert "新增" in page
    assert "到城东管理部，甲银行（虚构）派出，2026-01-01 至 2026-12-31" in page
    done = confirm(admin, preview)
    assert done.status_code == 200
    assert done.headers["Cache-Control"] == "no-store"
    told = re.findall(r"w1\t陈一（虚构）\t(\S+)", done.text)
    assert len(told) == 1
    assert told[0] not in admin.get(preview).text
    with db.reading(site.engine) as session:
        person = people.person_by_login(session, "w1", reader=SETUP)
        kept = session.query(RosterImportRow).one()
        assert told[0] not in str(kept.journal)
    assert person is not None
    assert person.must_change_password

    sheet = send(admin, f"{HOME}/passwords", {"told": f"w1\t陈一\t{told[0]}"})
    assert sheet.headers["Cache-Control"] == "no-store"
    (line,) = read_table(sheet.data).lines[1:2]
    assert line.cells == ("w1", "陈一", told[0])


def test_a_wrong_cell_is_shown_and_corrected_in_the_preview(admin: FlaskClient) -> None:
    preview = brought(admin, {**NEW, "派驻截止": "2026-02-31", "手机": "x"})
    page = admin.get(preview).text
    assert "没有“2026-02-31”这一天" in page
    assert 'aria-invalid="true" aria-describedby="cell.2.last_day-wrong"' in page
    refused = confirm(admin, preview)
    assert refused.status_code == 422
    assert "没有要导入的变化" in refused.text or "还有 1 行有错" in refused.text

    cells = dict(FIELD.findall(page))
    typed = {
        **hidden(page),
        **cells,
        "cell.2.last_day": "2026-11-30",
        "cell.2.phone": "13800000000",
        "cell.2.department": "城东管理部",
        "shown": "2",
    }
    assert send(admin, preview, typed).status_code == 302
    page = admin.get(preview).text
    assert "aria-invalid" not in page
    assert "2026-11-30" in page


def test_what_was_typed_is_seen_before_it_is_confirmed(
    site: Site, admin: FlaskClient
) -> None:
    preview = brought(admin, {**NEW, "部门": "城东管理部"})
    page = admin.get(preview).text
    typed = {**hidden(page), **dict(FIELD.findall(page)), "cell.2.name": "改名（虚构）"}
    answer = send(admin, f"{preview}/confirm", typed)
    assert answer.status_code == 302
    assert "刚改的内容已保存" in admin.get(answer.headers["Location"]).text
    with db.reading(site.engine) as session:
        assert people.person_by_login(session, "w1", reader=SETUP) is None


def test_a_place_that_is_missing_is_offered_and_made_when_ticked(
    site: Site, admin: FlaskClient
) -> None:
    preview = brought(
        admin, {**NEW, "部门": "城南管理部", "派驻银行": "丙银行（虚构）"}
    )
    page = admin.get(preview).text
    assert "新建网点" in page
    assert "新建派驻银行" in page
    offered = re.findall(r'name="offered" value="([^"]+)"', page)
    send(admin, preview, {**hidden(page), "offered": offered, "taken": offered})
    assert confirm(admin, preview).status_code == 200
    with db.reading(site.engine) as session:
        assert "城南管理部" in {found.name for found in people.sites(session)}


def test_a_row_can_be_left_out_and_taken_back_in(admin: FlaskClient) -> None:
    preview = brought(admin, {**NEW, "部门": "城东管理部"})
    page = admin.get(preview).text
    send(admin, preview, {**hidden(page), "shown": "2", "out": "2"})
    page = admin.get(preview).text
    assert "没有要导入的变化" in page
    send(admin, preview, {**hidden(page), "shown": "2"})
    assert "确认导入 1 行" in admin.get(preview).text


def test_wrong_rows_are_left_out_only_when_somebody_says_so(
    site: Site, admin: FlaskClient
) -> None:
    good = {**NEW, "部门": "城东管理部"}
    preview = brought(admin, good, {**good, "工号": "w2", "派驻开始": "明天"})
    assert "还有 1 行有错" in confirm(admin, preview).text
    assert confirm(admin, preview, without_wrong="1").status_code == 200
    with db.reading(site.engine) as session:
        found = [people.person_by_login(session, w, reader=SETUP) for w in ("w1", "w2")]
    assert [person is not None for person in found] == [True, False]


def test_confirming_twice_does_it_once(site: Site, admin: FlaskClient) -> None:
    preview = brought(admin, {**NEW, "部门": "城东管理部"})
    form = hidden(admin.get(preview).text)
    assert send(admin, f"{preview}/confirm", form).status_code == 200
    again = send(admin, f"{preview}/confirm", form)
    assert again.status_code == 302
    assert "没有重复执行" in admin.get(preview).text
    with db.reading(site.engine) as session:
        assert session.query(PersonRow).filter_by(login="w1").count() == 1


def test_an_import_is_undone_from_its_page(site: Site, admin: FlaskClient) -> None:
    preview = brought(admin, {**NEW, "部门": "城东管理部"})
    confirm(admin, preview)
    assert "撤销这次导入" in admin.get(preview).text
    assert send(admin, f"{preview}/undo").status_code == 302
    page = admin.get(preview).text
    assert "已撤销，全部还原" in page
    with db.reading(site.engine) as session:
        person = people.person_by_login(session, "w1", reader=SETUP)
    assert person is not None
    assert not person.active
    again = send(admin, f"{preview}/undo")
    assert again.status_code == 409
    assert "已经撤销过" in again.text


def test_in_english_only_what_was_typed_and_kept_is_chinese(admin: FlaskClient) -> None:
    preview = brought(admin, {**NEW, "部门": "城东管理部"})
    admin.set_cookie("language", "en")
    shown = admin.get(preview).text
    told = confirm(admin, preview).text
    done = admin.get(preview).text
    send(admin, f"{preview}/undo")
    undone = admin.get(preview).text
    assert "seconded by" in shown
    assert "These passwords are shown only once" in told
    assert "Undo this import" in done
    assert "Undone; everything is restored" in undone
    assert [strays(page) for page in (shown, told, done, undone)] == [[], [], [], []]


def test_an_import_is_dropped_and_its_rows_are_gone(
    site: Site, admin: FlaskClient
) -> None:
    preview = brought(admin, NEW)
    assert send(admin, f"{preview}/drop").headers["Location"] == HOME
    with db.reading(site.engine) as session:
        assert session.query(RosterImportRow).one().content is None
    assert "陈一" not in admin.get(preview).text


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"column.0": ""}, "要有一列是“工号”"),
        ({"column.1": "login"}, "有两列都选了“工号”"),
        ({"column.1": "span"}, "只选一种"),
    ],
)
def test_columns_that_do_not_say_enough_come_back(
    admin: FlaskClient, chosen: dict[str, str], sentence: str
) -> None:
    columns = upload(admin, workbook(NEW)).headers["Location"]
    right = {"column.0": "login", "column.2": "department", "column.4": "begins"}
    form = {**hidden(admin.get(columns).text), **right, **chosen}
    answer = send(admin, columns, form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_columns_nobody_knows_are_shown_and_left_alone(admin: FlaskClient) -> None:
    preview = brought(admin, {**NEW, "血型": "A"})
    assert "不导入的列：血型" in admin.get(preview).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        ("工号,姓名\n".encode(), "只有表头"),
        (b"<html><table>", "网页另存"),
        (b"PK\x03\x04junk", "损坏"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(
    admin: FlaskClient, content: bytes, sentence: str
) -> None:
    answer = upload(admin, content)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_no_file_is_no_file(admin: FlaskClient) -> None:
    answer = send(admin, HOME)
    assert answer.status_code == 422
    assert "请先选择文件" in answer.text


def test_a_file_of_five_megabytes_is_looked_at_and_one_of_twenty_is_not(
    admin: FlaskClient, site: Site
) -> None:
    assert "没有内容" not in upload(admin, b"x" * (4 << 20)).text
    large = upload(admin, b"x" * (20 << 20))
    assert large.status_code == 413
    assert "一次提交不能超过 5 MB" in large.text
    editor = site.browser("editor")
    assert upload(editor, b"x" * (4 << 20)).status_code == 413


def test_a_preview_of_many_asks_as_much_as_one_of_few_and_stays_small(
    site: Site, admin: FlaskClient
) -> None:
    few = brought(admin, {**NEW, "部门": "城东管理部"})
    rows = [{**NEW, "工号": f"w{n:04}", "部门": "城东管理部"} for n in range(300)]
    many = brought(admin, *rows)
    asked = []
    for preview in (few, many):
        with statements(site.engine) as seen:
            page = admin.get(preview)
        asked.append(len(seen))
    assert asked[0] == asked[1] <= MOST_QUESTIONS
    assert len(page.data) < 60_000
    assert "第 1 页，共 15 页" in page.text


def test_the_wrong_rows_come_first(admin: FlaskClient) -> None:
    rows = [{**NEW, "工号": f"w{n:04}", "部门": "城东管理部"} for n in range(60)]
    rows[50] |= {"派驻开始": "明天"}
    page = admin.get(brought(admin, *rows)).text
    assert re.findall(r'name="shown" value="(\d+)"', page)[:2] == ["52", "2"]


@pytest.mark.parametrize("role", ["clerk", "editor", "approver", "auditor", "mentor"])
def test_nobody_else_sees_rosters(site: Site, role: str) -> None:
    browser = site.browser(role)
    for path in (HOME, f"{HOME}/1", f"{HOME}/template.xlsx"):
        assert browser.get(path).status_code == 403


def test_a_missing_import_is_missing(admin: FlaskClient) -> None:
    assert admin.get(f"{HOME}/99").status_code == 404


def test_an_export_says_what_for_and_carries_its_mark(
    site: Site, admin: FlaskClient
) -> None:
    confirm(admin, brought(admin, {**NEW, "部门": "城东管理部"}))
    missing = send(admin, f"{HOME}/export", {"reason": "看", "form": "xlsx"})
    assert missing.status_code == 422
    assert "请写 4 到 200 个字" in missing.text
    taken = send(admin, f"{HOME}/export", {"reason": "十一月核对", "form": "xlsx"})
    assert taken.headers["Cache-Control"] == "no-store"
    assert "attachment" in taken.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(taken.data)).active
    assert sheet["A2"].value == "w1"
    assert "administrator（虚构），2026-11-22 10:00" in sheet["A4"].value
    with db.reading(site.engine) as session:
        assert session.query(ExportRow).one().reason == "十一月核对"


def test_an_export_brought_back_changes_nothing(admin: FlaskClient) -> None:
    row = {**NEW, "部门": "城东管理部", "窗口": "1号窗口", "手机": "13800000000"}
    confirm(admin, brought(admin, row, {**row, "工号": "W2", "带教": "w1"}))
    for kind in ("xlsx", "csv"):
        taken = send(admin, f"{HOME}/export", {"reason": "核对一下", "form": kind})
        key = upload(admin, taken.data).headers["Location"].split("/")[-2]
        page = admin.get(f"{HOME}/{key}").text
        assert "没有要导入的变化" in page
        assert "有错" not in page


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_is_read_back_and_its_example_is_no_person(
    admin: FlaskClient, kind: str
) -> None:
    template = admin.get(f"{HOME}/template.{kind}")
    key = upload(admin, template.data).headers["Location"].split("/")[-2]
    page = admin.get(f"{HOME}/{key}").text
    assert "工号用 2 到 32 位" in page
    assert "确认导入" not in page


def test_there_are_two_templates_only(admin: FlaskClient) -> None:
    assert admin.get(f"{HOME}/template.exe").status_code == 404


def test_a_csv_of_a_bank_is_taken_too(admin: FlaskClient) -> None:
    header, *lines = (cells for _, cells in make_sheet({**NEW, "部门": "城东管理部"}))
    content = write_csv("花名册", header, lines).decode("utf-8-sig").encode("gb18030")
    key = upload(admin, content, "a.csv").headers["Location"].split("/")[-2]
    assert "确认导入 1 行" in admin.get(f"{HOME}/{key}").text


def test_a_thousand_accounts_make_no_more_questions(
    site: Site, admin: FlaskClient
) -> None:
    preview = brought(admin, {**NEW, "部门": "城东管理部"})
    with db.writing(site.engine) as session:
        add_accounts(session, 1000)
    with statements(site.engine) as asked:
        assert admin.get(preview).status_code == 200
    assert len(asked) <= MOST_QUESTIONS
