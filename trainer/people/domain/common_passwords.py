"""The passwords that Chinese offices choose first, and so are guessed first; pure.

Our own list, made from habits and not from a leak: a word with nothing but digits
around it, and rows of the keyboard. Everything is lower case, letters and digits only.
"""

from __future__ import annotations

import re

_WORDS = """
a aa aaa abc abcd admin administrator asd asdf asdfgh bank caonima china demo gjj
gongjijin guanliyuan gzf hello huanying iloveyou jijin jianshe key login love mima
nihao p pass passw passwd password qaz qq qwe qwer qwerty qwertyuiop root shuaige
superman system test user wangluo welcome wo woaini woaizhongguo woaiziji xitong yewu
yinhang zaq zfgjj zhanghao zhongguo zhufang zhufanggongjijin zxc zxcv zxcvbn zxcvbnm
公积金 住房公积金 密码 管理员 我爱你 中国
"""
_RUNS = """
123abc456def 123qweasdzxc 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2
5201314aini a1b2c3d4e5 aaa111aaa111 abc123abc123 aini5201314 p4ssw0rd passw0rd
passw0rd1 passw0rd12 passw0rd123 passw0rd1234 q1w2e3r4t5 qazwsxedc123 qwe123asd456
qweasdzxc123 woaini1314520 zaq12wsx zaq12wsxcde3
"""
WORDS = frozenset(_WORDS.split()) | {""}
RUNS = frozenset(_RUNS.split())


def is_common(plain: str) -> bool:
    """Tell whether a password, in lower case without signs, is tried first."""
    return plain in RUNS or re.sub(r"^[0-9]+|[0-9]+$", "", plain) in WORDS
