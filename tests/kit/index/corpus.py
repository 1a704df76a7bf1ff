"""Documents to index: single ones, and a seeded pile of them."""

from __future__ import annotations

from random import Random

from trainer.kit.index import IndexDocument
from trainer.kit.index import Scope

TODAY = 20261001
ANYBODY = Scope(on=None, audience=1)

WORDS = """
住房公积金 提取 贷款 缴存 职工 单位 账户 封存 转移 购房 租房 还贷 利率 额度
申请 材料 身份证 合同 配偶 首付 商转公 异地 离职 退休 装修 电梯 委托 审核 窗口
的 了 和 在 应当 可以 不得 以及 APP 12329 2026 LPR
"""


def make_document(
    key: str = "a#1:1", text: str = "住房公积金", **other: object
) -> IndexDocument:
    """A document for everybody, in force from 2020 on."""
    values: dict[str, object] = {
        "key": key,
        "group": key.partition("#")[0],
        "kind": "policy",
        "line": "extract",
        "valid_from": 20200101,
        "audience": 1,
        "hash": f"hash of {key}",
        "text": text,
    }
    return IndexDocument(**{**values, **other})  # type: ignore[arg-type]  # named above


def make_documents(count: int, seed: int = 1) -> list[IndexDocument]:
    """Texts of different lengths in which some words are frequent, most are rare."""
    random = Random(seed)  # noqa: S311  (a corpus, not a secret)
    words = WORDS.split()
    weights = [1 / (rank + 2) for rank in range(len(words))]
    return [
        make_document(
            f"g{number // 4}#s{number % 4}:1",
            "".join(random.choices(words, weights, k=random.randint(3, 60))),
            kind=random.choice(("policy", "checklist")),
            line=random.choice(("extract", "loan")),
            valid_from=random.choice((20200101, 20250101, 20270101)),
            valid_to=random.choice((20260101, 99991231)),
            audience=random.choice((1, 2, 3)),
        )
        for number in range(count)
    ]
