"""Every bad input is a sentence with file and line, exit code 1, nothing imported."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.commands import Terminal
from tests.factories import make_text
from tests.library.packs import BASIS
from tests.library.packs import CITING
from tests.library.packs import GOOD
from tests.library.packs import POSTS
from tests.library.packs import TOPICS
from tests.library.packs import write_pack
from trainer.kit import db
from trainer.kit.markup import Renderer
from trainer.knowledge.domain.article import parse
from trainer.people.models import PostRow
from trainer.publishing.models import DocumentRow
from trainer.topics.models import TopicTextRow

RENT = "policies/rent-withdrawal/2026-09-20.md"
OTHER = "policies/rent-withdrawal/2026-10-01.md"
RULES = "policies/rent-rules/2020-01-01.md"
TEXT = make_text()
LATER = make_text(effective_from="2026-10-01")
ENDED = make_text(effective_to="2026-12-01")
UNCLOSED = make_text(body="## 一句话结论 {#answer}\n\n可提。\n\n```\n代码")
DOUBLED = TEXT + "\n## 甲 {#answer}\n\n乙\n"
HOSTILE = make_text(
    body="## 一句话结论 {#answer}\n\n可提。\n\n## 乙 {#b}\n" + "[" * 30_000
)

BAD: dict[str, tuple[dict[str, str | bytes], str]] = {
    "large": ({RENT: b"x" * 10 * 1024**2}, f"{RENT}：文件有 10.0 MB，超过上限 512 KB"),
    "binary": ({RENT: b"\x89PNG\x00\x01"}, f"{RENT}：这是二进制文件，不是文本"),
    "zip as Markdown": ({RENT: b"PK\x03\x04.."}, f"{RENT}：这是压缩包"),
    "zip": ({"pack.zip": b"PK\x03\x04.."}, "pack.zip：不收“.zip”文件，只收 .md"),
    "GBK": (
        {RENT: TEXT.encode("gbk")},
        f"{RENT}：第 2 行：不是 UTF-8 编码（看起来是 GBK",
    ),
    "UTF-8": ({RENT: TEXT.encode() + b"\xff"}, f"{RENT}：第 14 行：不是 UTF-8 编码；"),
    "no head": ({RENT: "## 甲 {#a}\n"}, f"{RENT}：第 1 行：文件须以一行 --- 开头"),
    "head without end": (
        {RENT: "---\ntitle: 甲\n"},
        f"{RENT}：第 1 行：说明部分没有结束",
    ),
    "YAML": (
        {RENT: "---\ntitle: [甲\n---\n"},
        f"{RENT}：第 2 行：说明部分不是合法的 YAML",
    ),
    "YAML of topics": ({"topics.yaml": "lines: [\n"}, "topics.yaml：第 "),
    "YAML of posts": (
        {"posts.yaml": "posts:\n  - {code: a\n"},
        "posts.yaml：第 3 行：",
    ),
    "no such day": (
        {RENT: TEXT.replace("from: 2026-09-20", "from: 2026-09-31")},
        f"{RENT}：第 7 行：“effective_from”的值不对",
    ),
    "heading without id": (
        {RENT: TEXT + "\n## 没有编号\n"},
        f"{RENT}：第 15 行：标题“没有编号”缺少固定编号",
    ),
    "text before the first heading": (
        {RENT: make_text(body="引言\n## 一句话结论 {#answer}\n可提")},
        f"{RENT}：第 11 行：第一个标题之前有文字",
    ),
    "block of code without end": (
        {RENT: UNCLOSED},
        f"{RENT}：第 11 行：有一段代码块没有",
    ),
    "two sections with one id": (
        {RENT: DOUBLED},
        f"{RENT}：第 15 行：编号“answer”与第 11 行重复；请另起一个",
    ),
    "citation of a missing clause": (
        {RENT: CITING.replace("#conditions", "#gone"), RULES: BASIS},
        (
            f"{RENT}：第 17 行：引用“办法第一条”（rent-rules#gone）找不到条款："
            f"{{root}}/{RULES} 里没有编号为“gone”的条款；请改正编号"
        ),
    ),
    "citation of a missing article": (
        {RENT: CITING},
        (
            f"{RENT}：第 17 行：引用“办法第一条”（rent-rules#conditions）找不到条款："
            "没有“rent-rules”这篇内容"
        ),
    ),
    "overlapping days": (
        {RENT: ENDED, OTHER: LATER},
        (
            f"{OTHER}：第 7 行：生效期间与 {{root}}/{RENT}（2026-09-20 起）重叠；"
            "若是更正它，请写明 supersedes: 2026-09-20"
        ),
    ),
    "two texts of one day": (
        {RENT: TEXT, RENT.replace(".md", ".2.md"): TEXT + "\n"},
        f"{RENT.replace('.md', '.2.md')}：第 7 行：生效期间与 {{root}}/{RENT}",
    ),
    "end before beginning": (
        {RENT: make_text(effective_to="2026-09-01")},
        f"{RENT}：第 10 行：失效日 2026-09-01 不晚于施行日 2026-09-20",
    ),
    "another day than the name": (
        {OTHER: TEXT},
        f"{OTHER}：第 7 行：施行日 2026-09-20 与文件名 2026-10-01 不一致",
    ),
    "unknown line": (
        {"topics.yaml": TOPICS, RENT: TEXT.replace("line: withdraw", "line: nowhere")},
        f"{RENT}：第 4 行：“line”里的“nowhere”没有登记；请查对代码",
    ),
    "unknown owner": (
        {"posts.yaml": POSTS, RENT: TEXT.replace("owner: with", "owner: nobody-with")},
        f"{RENT}：第 5 行：“owner”里的“nobody-withdrawal-desk”没有登记",
    ),
    "unknown business": (
        {"topics.yaml": TOPICS, RENT: make_text(business="[withdraw.none]")},
        f"{RENT}：第 10 行：“business”里的“withdraw.none”没有登记",
    ),
    "unknown formula": (
        {RENT: make_text(formulas="[guess]")},
        f"{RENT}：第 10 行：“formulas”里的“guess”没有登记",
    ),
    "unknown key": (
        {RENT: make_text(titel="甲")},
        f"{RENT}：第 10 行：不认识的键“titel”；请查对拼写",
    ),
    "file out of place": ({"rent.md": TEXT}, "rent.md：不知道这是什么：文章应放在"),
    "two of a kind": (
        {"posts.yaml": POSTS, "more/posts.yaml": POSTS},
        "posts.yaml：这个内容包里已有一份 posts.yaml",
    ),
    "law without a day": (
        {"茶水条例.md": "# 茶水条例\n第一条 甲。"},
        "茶水条例.md：第 1 行：没有找到公布或施行日期；请用 --effective-from",
    ),
    "law with a clause twice": (
        {"茶水条例.md": "# 甲\n2020年1月1日公布\n第一条 甲。\n第一条 乙。"},
        "茶水条例.md：第 4 行：第一条与第 3 行重复",
    ),
    "law of an unknown line": (
        {"topics.yaml": TOPICS, "茶水条例(2020-01-01).md": "# 甲\n第一条 甲。"},
        "茶水条例(2020-01-01).md：“line”里的“service”没有登记",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_sentence_with_file_and_line_and_imports_nothing(
    name: str, terminal: Terminal, tmp_path: Path
) -> None:
    files, sentence = BAD[name]
    root = write_pack(tmp_path / "pack", files)
    expected = sentence.replace("{root}", str(root))
    for command in ("check", "import"):
        ran = terminal.run("content", command, root)
        assert ran.exit_code == 1, ran.output
        assert f"{root}/{expected}" in ran.stdout
        assert "Traceback" not in ran.output
    assert "什么也没有导入" in ran.stderr
    with db.reading(terminal.engine) as session:
        for table in (DocumentRow, PostRow, TopicTextRow):
            assert session.scalars(select(table)).all() == []


def test_text_made_to_hang_the_program_is_a_sentence(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack(tmp_path, {RENT: HOSTILE})
    with closing(Renderer(seconds=0.5)) as impatient:
        monkeypatch.setattr("trainer.kit.markup.renderer._SHARED", impatient)
        ran = terminal.run("content", "import", root)
    assert ran.exit_code == 1
    assert (
        f"{root}/{RENT}：排版超过 0.5 秒，已中止；请检查是否有成串的括号" in ran.stdout
    )


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, "## a" + " " * 100_000 + "b", "## a" + " " * 100_000 + "b}"],
    ids=["brackets", "blanks", "blanks before a brace"],
)
def test_reading_takes_time_in_proportion_to_the_length(body: str) -> None:
    start = time.process_time()
    parse(make_text(body=f"## 甲 {{#a}}\n{body}"))
    assert time.process_time() - start < 2


def test_one_bad_file_keeps_all_good_ones_out(
    terminal: Terminal, tmp_path: Path
) -> None:
    root = write_pack(tmp_path, {**GOOD, "policies/bad/2020-01-01.md": "甲"})
    ran = terminal.run("content", "import", root)
    assert (ran.exit_code, ran.stdout.count("\n")) == (1, 1)
    assert "有 1 处要改，什么也没有导入；请按文件和行号改好后重来" in ran.stderr
    with db.reading(terminal.engine) as session:
        assert session.scalars(select(DocumentRow)).all() == []


def test_a_citation_of_a_text_that_could_not_be_read_is_not_blamed(
    terminal: Terminal, tmp_path: Path
) -> None:
    root = write_pack(tmp_path, {RENT: CITING, RULES: "甲"})
    ran = terminal.run("content", "check", root)
    assert (
        ran.stdout
        == f"{root}/{RULES}：第 1 行：文件须以一行 --- 开头，其后是说明部分\n"
    )


def test_a_single_file_is_a_pack(terminal: Terminal, tmp_path: Path) -> None:
    write_pack(tmp_path, {RULES: BASIS})
    ran = terminal.run("content", "check", tmp_path / RULES)
    assert (ran.exit_code, ran.stderr) == (0, "检查了 1 个文件，0 处要改\n")


@pytest.mark.parametrize("command", ["check", "import"])
def test_a_missing_folder_is_a_sentence(terminal: Terminal, command: str) -> None:
    ran = terminal.run("content", command, "/nowhere/at-all")
    assert (ran.exit_code, ran.stderr) == (3, "没有这个文件或目录：/nowhere/at-all\n")
