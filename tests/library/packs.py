"""Small packs for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.factories import make_text

TOPICS = """\
lines:
  - code: withdraw
    name: 提取
    owner: withdrawal-desk
    businesses:
      - {code: withdraw.rent, name: 租房提取}
steps:
  - {code: verify, name: 核验, about: 比对}
"""
POSTS = """\
# Posts (岗位). A post owns content, so nobody's leaving orphans it.
posts:
  - {code: withdrawal-desk, name: 提取业务科}
"""
BASIS = make_text(
    title="示例市租房提取办法",
    kind="policy",
    document_number="示例〔2020〕1号",
    effective_from="2020-01-01",
    body="### 第一条 条件 {#conditions}\n\n无房租房可以提取。",
)
CITING = make_text(
    effective_from="2026-09-20",
    body=(
        "## 一句话结论 {#answer}\n\n无房租房可提。\n\n## 依据 {#basis}\n\n"
        "- [办法第一条](cite:rent-rules#conditions)"
    ),
)
GOOD: dict[str, str] = {
    "topics.yaml": TOPICS,
    "posts.yaml": POSTS,
    "policies/rent-rules/2020-01-01.md": BASIS,
    "policies/rent-withdrawal/2026-09-20.md": CITING,
}
"""Two articles, one citing the other, and the codes they use."""


def write_pack(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, and give the folder."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root
