"""Sections and questions made from a seed, in the shape of housing-fund policies.

A Markov chain over words: every word has few possible successors, drawn by rank, so
that frequent characters, frequent pairs and rare pairs occur much as in real
texts. The texts mean nothing, so this measures speed, not quality.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_DOMAIN = """
住房公积金 缴存 提取 贷款 职工 单位 账户 封存 启封 转移 接续 补缴
缓缴 基数 比例 月缴存额 汇缴 购房 建造 翻建 大修 租房 离休 退休
出境定居 偿还 本息 首付款 房屋总价 配偶 未成年子女 父母 共同申请人
借款人 抵押 担保 置业担保公司 利率 额度 期限 等额本息 等额本金 提前还款
逐月还贷 冲还贷 商业贷款 组合贷款 商转公 异地贷款 缴存证明 身份证 户口簿
结婚证 离婚协议 判决书 不动产权证 购房合同 网签备案 发票 契税 完税凭证
租赁合同 租金 无房证明 授权委托书 银行卡 征信报告 收入证明 受理 审核
复核 办结 退件 补正 材料 原件 复印件 窗口 柜台 网上大厅 手机客户端
代办 经办人 公章 法人 承诺书 工作日 自然月 连续 足额 正常 逾期 罚息
骗提 失信 名单 重大疾病 低保 残疾 加装电梯 老旧小区 既有住宅 灵活就业
港澳台
"""
_PLAIN = """
的 和 或者 在 应当 可以 不得 以及 按照 由 对 与 其 本 该 之日起
以上 以内 符合 条件 规定 办理 申请 提供 有关 部门 管理 中心 委员会
国务院 省 市 县 人民政府 根据 制定 本办法 条例 通知 意见 第一 第二
第三 情形 之一 下列 年 月 日 元 万元 2025 2026 12329
LPR 个人 家庭 名下 首套 二套 自住 住房 房屋 产权 所有权 登记 证明
期间 之前 之后 同时
"""
OPENINGS = ("请问", "我想问一下", "", "", "你好，", "客户来问：")
ENDINGS = ("怎么办", "需要什么材料", "可以吗？", "最多多少", "要多久", "能不能代办")
_SUCCESSORS = 24
_VOCABULARY = 3000
_PAUSES = 0.1


@dataclass(frozen=True, slots=True)
class Question:
    """Something typed, of one of three classes."""

    kind: str
    text: str


KINDS = ("natural question", "3-8 terms", "as you type")


def sections(count: int, seed: int = 1) -> list[str]:
    """Make texts of 40 to 300 characters."""
    random = Random(seed)  # noqa: S311  (a corpus)
    words = _words(random)
    ranks = [1 / (rank + 1) for rank in range(len(words))]
    next_ranks = [1 / (rank + 1) for rank in range(_SUCCESSORS)]
    chain = {word: random.choices(words, ranks, k=_SUCCESSORS) for word in words}
    texts = []
    for _ in range(count):
        length = random.randint(40, 300)
        word, text = random.choice(words), ""
        while len(text) < length:
            text += word
            if random.random() < _PAUSES:
                text += random.choice("，，。")
                word = random.choices(words, ranks)[0]
            else:
                word = random.choices(chain[word], next_ranks)[0]
        texts.append(text[:length])
    return texts


def questions(texts: list[str], count: int, seed: int = 2) -> list[Question]:
    """Make as many questions of each class, about sections that exist."""
    random = Random(seed)  # noqa: S311  (likewise)
    made = []
    for _ in range(count):
        parts = [p for p in random.choice(texts).replace("。", "，").split("，") if p]
        typed = random.choice(parts)[: random.randint(2, 5)]
        text = random.choice(texts)
        terms = [_piece(random, text, 2, 4) for _ in range(random.randint(3, 8))]
        core = _piece(random, text, 5, 9) + _piece(random, text, 3, 6)
        natural = random.choice(OPENINGS) + core + random.choice(ENDINGS)
        made += [
            Question(KINDS[0], natural),
            Question(KINDS[1], " ".join(terms)),
            Question(KINDS[2], typed),
        ]
    return made


def _words(random: Random) -> list[str]:
    """Mix the written words with made-up ones from 1,500 characters, by rank."""
    characters = [chr(0x4E00 + 7 * n) for n in range(1500)]
    weights = [1 / (rank + 10) for rank in range(len(characters))]
    made = {
        "".join(random.choices(characters, weights, k=random.choice((1, 2, 2, 2, 3))))
        for _ in range(_VOCABULARY)
    }
    head = f"{_PLAIN} {_DOMAIN}".split()
    random.shuffle(head)
    return head + sorted(made)


def _piece(random: Random, text: str, least: int, most: int) -> str:
    start = random.randrange(max(1, len(text) - most))
    return text[start : start + random.randint(least, most)].strip("，。")
