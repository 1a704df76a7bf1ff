"""What a browser says of itself, in words its owner recognises; pure.

Only a help to the eye: anybody may write what he likes into that header.
"""

from __future__ import annotations

BROWSERS = (
    # Most of these also say Chrome or Safari, so the particular ones come first.
    ("wxwork", "企业微信"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QIHU", "360 浏览器"),
    ("360SE", "360 浏览器"),
    ("360EE", "360 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("MetaSr", "搜狗浏览器"),
    ("UBrowser", "UC 浏览器"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "火狐"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("Trident/", "IE"),
    ("MSIE", "IE"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("HarmonyOS", "鸿蒙"),
    ("OpenHarmony", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("UOS", "统信 UOS"),
    ("Kylin", "麒麟"),
    ("Linux", "Linux"),
)
UNKNOWN = "未知浏览器"
LONGEST_AGENT = 300
"""Characters that are kept of the header."""


def in_words(agent: str) -> str:
    """Say which browser on which system a header names."""
    browser = _first(agent, BROWSERS) or UNKNOWN
    system = _first(agent, SYSTEMS)
    return f"{system} 上的 {browser}" if system else browser


def _first(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if sign in agent), "")
