"""What a browser says of itself, in words its owner recognises; pure.

Only a help to the eye: anybody may write what he likes into that header.
"""

from __future__ import annotations

from trainer.core.wording import N_

BROWSERS = (
    # Most of these also say Chrome or Safari, so the particular ones come first.
    ("wxwork", N_("企业微信")),
    ("MicroMessenger", N_("微信")),
    ("DingTalk", N_("钉钉")),
    ("QIHU", N_("360 浏览器")),
    ("360SE", N_("360 浏览器")),
    ("360EE", N_("360 浏览器")),
    ("QQBrowser", N_("QQ 浏览器")),
    ("MetaSr", N_("搜狗浏览器")),
    ("UBrowser", N_("UC 浏览器")),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", N_("火狐")),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("Trident/", "IE"),
    ("MSIE", "IE"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("HarmonyOS", N_("鸿蒙")),
    ("OpenHarmony", N_("鸿蒙")),
    ("Android", N_("安卓")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("UOS", N_("统信 UOS")),
    ("Kylin", N_("麒麟")),
    ("Linux", "Linux"),
)
UNKNOWN = N_("未知浏览器")
LONGEST_AGENT = 300
"""Characters that are kept of the header."""


def in_words(agent: str) -> str:
    """Say which browser on which system a header names."""
    browser = _first(agent, BROWSERS) or UNKNOWN
    system = _first(agent, SYSTEMS)
    return (
        N_("{system} 上的 {browser}", system=system, browser=browser)
        if system
        else browser
    )


def _first(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if sign in agent), "")
