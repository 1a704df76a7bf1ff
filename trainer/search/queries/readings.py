"""How words are read: pinyin without tones, with the other readings that matter."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from itertools import product

from pypinyin import Style
from pypinyin import pinyin

from trainer.search.domain.lexicon import Reading

POLYPHONES = frozenset(
    "还重调行长率参差觉角便传单得都更解降几空量曾藏担当倒发分供过号好和会系校省相应与载"
    "着中种转处划强累没切朝"
)
"""Characters whose second reading people do type; of others only the usual one."""

MOST_READINGS = 8
_MOST_KEPT = 65_536


@lru_cache(maxsize=_MOST_KEPT)
def readings(word: str) -> tuple[Reading, ...]:
    """Give the readings of a word of Chinese, the usual one first.

    Args:
        word: At least one Chinese character and nothing else.

    Returns:
        Each one syllable for each character, ``v`` for ü.
    """
    usual = [syllables[0] for syllables in pinyin(word, style=Style.NORMAL)]
    if len(usual) != len(word):  # a character pypinyin does not know
        usual = [_of_character(character)[0] for character in word]
    options = [
        (first, *(other for other in _of_character(character) if other != first))
        if character in POLYPHONES
        else (first,)
        for first, character in zip(usual, word, strict=True)
    ]
    return tuple(islice(product(*options), MOST_READINGS))


@lru_cache(maxsize=_MOST_KEPT)
def _of_character(character: str) -> Reading:
    """Give the two commonest readings of a character."""
    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True)
    return tuple(found[:2])
