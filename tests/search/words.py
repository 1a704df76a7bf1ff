"""A small lexicon for tests, read by a table instead of pypinyin."""

from __future__ import annotations

from itertools import product

from trainer.search.domain.lexicon import Reading
from trainer.search.domain.lexicon import Word
from trainer.search.domain.lexicon import words_of

SOUNDS = {
    "租": "zu", "房": "fang", "方": "fang", "提": "ti", "体": "ti", "取": "qu",
    "退": "tui", "休": "xiu", "修": "xiu", "装": "zhuang", "公": "gong", "鸡": "ji",
    "积": "ji", "金": "jin", "贷": "dai", "款": "kuan", "离": "li", "职": "zhi",
    "只": "zhi", "重": "chong zhong", "复": "fu", "付": "fu", "账": "zhang",
    "户": "hu", "审": "shen", "批": "pi", "补": "bu", "缴": "jiao", "还": "hai huan",
    "多": "duo", "久": "jiu", "到": "dao", "能": "neng", "条": "tiao", "件": "jian",
    "首": "shou", "手": "shou", "电": "dian", "梯": "ti", "加": "jia",
}  # fmt: skip


def readings(word: str) -> tuple[Reading, ...]:
    """Give every reading of a word of the characters above, others as themselves."""
    return tuple(product(*(SOUNDS.get(c, c).split() for c in word)))


STRONG = {
    "租房提取": 3.0,
    "退休": 3.0,
    "装修提取": 3.0,
    "公积金": 3.0,
    "公积金贷款": 3.0,
    "贷款": 3.0,
    "提取": 3.0,
    "离职": 3.0,
    "重复账户": 3.0,
    "贷款审批": 3.0,
    "补缴": 3.0,
    "首付": 2.0,
    "加装电梯": 3.0,
}
PHRASES = ("多久到账", "离职多久能取", "公积金贷款条件")


def lexicon() -> tuple[Word, ...]:
    return words_of(STRONG, PHRASES, readings)
