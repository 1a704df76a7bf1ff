"""Whole texts in the browser: editing, files, the saves and the way back."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.sites import Site
from tests.sites import post
from tests.topics.test_glossary_pages import GLOSSARY
from tests.topics.test_glossary_pages import counted
from tests.topics.test_glossary_pages import present
from tests.topics.test_glossary_pages import save
from trainer.topics.domain.saves import TextName

TOPICS = """\
lines:
  - {code: loan, name: 贷款, owner: desk, businesses: [{code: loan.quota, name: 额度}]}
steps:
  - {code: verify, name: 核验, about: 比对原件}
"""
COMPETENCIES = """\
levels: [{code: L0, name: 未接触, counter: 不上窗口, anchors: [尚无记录]}]
tiers: [{code: in-post, name: 在岗, level: L0, about: 本人条线}]
dimensions: [{code: P, name: 政策}]
competencies:
  - {code: P1, name: 版本意识, about: 哪一天用哪一版, lines: [all], tiers: [in-post]}
  - {code: P2, name: 额度计算, lines: [loan], tiers: [in-post]}
"""
PATH = "/topics/texts/glossary"


@pytest.fixture
def filled(site: Site) -> Site:
    save(site, TextName.GLOSSARY, GLOSSARY)
    save(site, TextName.TOPICS, TOPICS)
    save(site, TextName.COMPETENCIES, COMPETENCIES)
    return site


def test_lines_and_competencies_are_for_all_and_their_forms_for_editors(
    filled: Site,
) -> None:
    clerk = filled.browser("clerk")
    lines = clerk.get("/topics/").text
    assert "loan.quota" in lines
    assert "比对原件" in lines
    framework = clerk.get("/topics/competencies").text
    assert "哪一天用哪一版" in framework
    assert "不上窗口" in framework
    assert "<td>贷款</td>" in framework
    for name in TextName:
        assert clerk.get(f"/topics/texts/{name}").status_code == 403
        assert clerk.get(f"/topics/texts/{name}/saves").status_code == 200
        assert filled.browser("editor").get(f"/topics/texts/{name}").status_code == 200
    answer = post(clerk, PATH, {"text": "groups: []", "based_on": "1"}, "/topics/")
    assert answer.status_code == 403


def test_pages_of_nothing_say_so(site: Site) -> None:
    client = site.browser("clerk")
    assert "还没有登记业务条线" in client.get("/topics/").text
    assert "还没有登记能力项" in client.get("/topics/competencies").text
    assert "还没有保存过" in client.get(f"{PATH}/saves").text
    assert client.get(f"{PATH}/saves/1").status_code == 404
    assert client.get(f"{PATH}/saves/1/file").status_code == 404
    assert client.get("/topics/texts/other/saves").status_code == 404


def test_a_text_is_saved_as_a_browser_sends_it(filled: Site) -> None:
    client = filled.browser("editor")
    changed = GLOSSARY.replace("赁房", "合租")
    sent = {"text": changed.replace("\n", "\r\n"), "why": "改说法", "based_on": "1"}
    answer = post(client, PATH, dict(sent))
    assert answer.location == f"{PATH}/saves"
    assert present(filled) == changed
    shown = client.get(f"{PATH}/saves").text
    assert "改说法" in shown
    assert "editor（虚构）" in shown
    assert "2026-11-22 10:00" in shown


def test_mistakes_have_lines_and_the_text_stays(filled: Site) -> None:
    client = filled.browser("editor")
    wrong = GLOSSARY.replace("id: buy", "id: rent")
    answer = post(client, PATH, {"text": wrong, "why": "试", "based_on": "1"})
    assert answer.status_code == 422
    assert "第 7 行：“rent”在第 3 行已有" in answer.text
    assert "<code>- id: rent</code>" in answer.text
    assert "official: 购房" in answer.text
    unexplained = post(client, PATH, {"text": GLOSSARY, "why": "", "based_on": "1"})
    assert unexplained.status_code == 422
    assert "请写一句为什么改" in unexplained.text


def test_a_preview_shows_the_difference_and_saves_nothing(filled: Site) -> None:
    client = filled.browser("editor")
    changed = GLOSSARY.replace("赁房", "合租")
    answer = post(client, PATH, {"text": changed, "preview": "1", "based_on": "1"})
    assert answer.status_code == 200
    assert "<del>赁房</del>" in answer.text
    assert "<ins>合租</ins>" in answer.text
    assert present(filled) == GLOSSARY


def test_whoever_comes_second_sees_the_difference(filled: Site) -> None:
    client = filled.browser("editor")
    save(filled, TextName.GLOSSARY, GLOSSARY.replace("赁房", "合租"), "先来的")
    mine = GLOSSARY.replace("租屋", "租住")
    answer = post(client, PATH, {"text": mine, "why": "我的", "based_on": "1"})
    assert answer.status_code == 409
    assert "先来的" in answer.text
    assert "合租" in answer.text
    assert "租住, 赁房" in answer.text
    again = {"text": mine, "why": "我的", "based_on": "2"}
    assert post(client, PATH, again).status_code == 302


def test_codes_vanish_only_after_a_tick(filled: Site) -> None:
    client = filled.browser("editor")
    path = "/topics/texts/topics"
    sent = {"text": TOPICS.replace("quota", "rate"), "why": "试", "based_on": "1"}
    asked = post(client, path, dict(sent))
    assert asked.status_code == 422
    assert "这些代码会消失：loan.quota" in asked.text
    assert post(client, path, {**sent, "may_drop": "y"}).status_code == 302


@pytest.mark.parametrize(
    ("content", "says", "status"),
    [
        (GLOSSARY.replace("赁房", "合租").encode(), "<ins>合租</ins>", 200),
        (GLOSSARY.encode(), "内容没有变化", 200),
        (b"groups: [", "不是合法的 YAML", 200),
        (GLOSSARY.encode("gbk"), "不是 UTF-8 编码", 422),
        (b"PK\x03\x04...", "压缩包", 422),
    ],
)
def test_a_file_is_shown_before_anything_is_saved(
    filled: Site, content: bytes, says: str, status: int
) -> None:
    client = filled.browser("editor")
    file = (BytesIO(content), "glossary.yaml")
    answer = post(client, f"{PATH}/upload", {"file": file}, PATH)
    assert answer.status_code == status
    assert says in answer.text
    assert present(filled) == GLOSSARY


def test_no_file_is_a_mistake(filled: Site) -> None:
    answer = post(filled.browser("editor"), f"{PATH}/upload", {}, PATH)
    assert answer.status_code == 422
    assert "请先选择文件" in answer.text


def test_a_save_is_downloaded_byte_for_byte(filled: Site) -> None:
    answer = filled.browser("clerk").get(f"{PATH}/saves/1/file")
    assert answer.data.decode() == GLOSSARY
    assert "glossary.yaml" in answer.headers["Content-Disposition"]


def test_an_earlier_save_is_compared_and_brought_back(filled: Site) -> None:
    save(filled, TextName.GLOSSARY, GLOSSARY.replace("赁房", "合租"), "改错了")
    client = filled.browser("editor")
    page = client.get(f"{PATH}/saves/1").text
    assert "<del>赁房</del>" in page
    assert "# 注释" in page
    assert "恢复成第 1 次" in page
    clerk = filled.browser("clerk")
    assert "恢复成第 1 次" not in clerk.get(f"{PATH}/saves/1").text
    refused = post(clerk, f"{PATH}/saves/1", {"based_on": "2"}, "/topics/")
    assert refused.status_code == 403
    late = post(client, f"{PATH}/saves/1", {"based_on": "1", "why": "试"})
    assert late.status_code == 409
    assert "别人已保存过" in late.text
    done = post(client, f"{PATH}/saves/1", {"based_on": "2", "why": "试"})
    assert done.location == f"{PATH}/saves"
    assert present(filled) == GLOSSARY
    assert "恢复到第 1 次保存：试" in client.get(f"{PATH}/saves").text


def test_the_history_asks_the_database_the_same_however_long_it_is(
    filled: Site,
) -> None:
    client = filled.browser("editor")
    counts = []
    for _ in range(2):
        with counted(filled.engine) as statements:
            assert client.get(f"{PATH}/saves").status_code == 200
        counts.append(len(statements))
        for n in range(12):
            save(
                filled, TextName.GLOSSARY, GLOSSARY.replace("赁房", f"说法{n}"), "再改"
            )
    assert counts[0] == counts[1] <= 8
