"""Whatever somebody writes, the page gets words and nothing that acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from trainer.kit.markup import render

ATTRIBUTES = {
    "a": {"href", "class", "data-cite", "rel"},
    "table": {"class"},
    "th": {"class"},
    "td": {"class"},
    "ol": {"start"},
}
BARE = {"p", "br", "hr", "strong", "em", "code", "pre", "blockquote"} | (
    {"ul", "li", "thead", "tbody", "tr"}
)
CLASSES = {"cite", "table table-sm", "text-start", "text-center", "text-end"}
SCHEME = re.compile(r"([^/?#]*?):")

PAYLOADS = [
    # Tags
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)//",
    "<<script>alert(1);//<</script>",
    "</p><script>alert(1)</script><p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<!--<script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "<\u017fcript>alert(1)</\u017fcript>",
    "<\x00script>alert(1)</script>",
    "\x02<script>\x03alert(1)",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 <b>x</b>",
    # Event handlers
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror='alert(1)'>",
    "<body onload=alert(1)>",
    "<a href='#' onclick=alert(1)>x</a>",
    "<p onmouseover=alert(1)>x</p>",
    "<details open ontoggle=alert(1)>x</details>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<div style='animation-name:x' onanimationstart=alert(1)>",
    "<x contenteditable onblur=alert(1)>x</x>",
    # Things that load or embed
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=data:text/html,<script>alert(1)</script>></object>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<table background=javascript:alert(1)><tr><td>x</td></tr></table>",
    # SVG, MathML, and what parsers read in two ways
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title></title><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    # javascript: and friends in links
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java\tscript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](javascript&#x3A;alert(1))",
    "[x](&#106;&#97;vascript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](&#0000106avascript:alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](java&NewLine;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](\u00a0javascript:alert(1))",
    "[x](\u2028javascript:alert(1))",
    "[x](\u200bjavascript:alert(1))",
    "[x](jav\u0430script:alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](javascript://%0aalert(1))",
    "[x](javascript:alert%281%29)",
    "[x](vbscript:msgbox(1))",
    "[x](livescript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "[x](blob:https://evil.example/1)",
    "[x](file:///etc/passwd)",
    "[x](ftp://evil.example/)",
    "[x](view-source:javascript:alert(1))",
    "[x](feed:javascript:alert(1))",
    # Hosts in disguise
    "[x](//evil.example/)",
    "[x](\\\\evil.example/)",
    "[x](/\\evil.example/)",
    "[x](/&#9;/evil.example/)",
    "[x](/&#x5c;evil.example/)",
    "[x](https:\\\\evil.example)",
    "[x](https:/evil.example)",
    "[x](http:///evil.example)",
    "[x](https:evil.example)",
    # Tricks with Markdown's own marks
    '[x](https://a.example "onmouseover=alert(1)")',
    "[x](https://a.example 'x\" onmouseover=\"alert(1)')",
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example/'><script>alert(1)</script>)",
    "[x](https://a.example/&quot;onmouseover=&quot;alert(1))",
    "[x](https://a.example/`onmouseover=alert(1)`)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "![x'onerror='alert(1)](y)",
    '![x](x"onerror="alert(1))',
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "[x [y](javascript:alert(1)) z](https://a.example)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x]\n\n[x]: data:text/html,<script>alert(1)</script>",
    "<javascript:alert(1)>",
    "<https://a.example/onmouseover=alert(1)//'\"x>",
    '<https://a.example/"onclick="alert(1)>',
    '<x@y.example"onclick=alert(1)>',
    "**<img src=x onerror=alert(1)>**",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- <script>alert(1)</script>",
    "\\<script>alert(1)\\</script>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "| [x](javascript:alert(1)) |\n|:-:|\n| x |",
    "# x {onclick=alert(1)}",
    "x\n{: onclick=alert(1) }",
    "[x](https://a.example){: onclick=alert(1) }",
    "**x**{: style='x' #top .btn }",
    # Our own scheme
    "[x](cite:javascript:alert(1))",
    "[x](cite:../admin)",
    '[x](cite:a#b"onclick="alert(1))',
    "[x](cite:a#<script>)",
    "[x](cite://evil.example)",
    "[x](CITE:a)",
    "[x](cite:a%22b)",
    "[x](cite:)",
]


class Inspector(HTMLParser):
    """Lists everything in a page that is not on the list of what may be there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ATTRIBUTES and tag not in BARE:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, ()) or not fits(name, value or ""):
                self.found.append(f"<{tag} {name}={value!r}>")
        links = dict(attrs)
        if "data-cite" in links:
            if links["href"] != f"/articles/{links['data-cite']}":
                self.found.append(f"citation {links}")
        elif re.match("https?:", links.get("href") or "") and "rel" not in links:
            self.found.append(f"no rel {links}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")


def fits(name: str, value: str) -> bool:
    match name:
        case "href":
            return leads_nowhere_else(value)
        case "class":
            return value in CLASSES
        case "rel":
            return value == "noopener noreferrer"
        case "data-cite":
            return bool(re.fullmatch(r"[a-z0-9-]+(#[a-z0-9-]+)?", value))
        case _:
            return value.isdigit()


def leads_nowhere_else(url: str) -> bool:
    """Read an address as a browser does: blanks fall off, backslashes turn."""
    read = re.sub(r"[\t\r\n]", "", url).strip("".join(map(chr, range(33))))
    read = read.replace("\\", "/")
    scheme = SCHEME.match(read)
    if scheme:
        return bool(re.match(r"https?://[^/]|mailto:", read, re.IGNORECASE))
    return not read.startswith("//")


def inspect(page: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(page)
    inspector.close()
    return inspector.found


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return dict(zip(PAYLOADS, render(PAYLOADS), strict=True))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_text_becomes_harmless(payload: str, pages: dict[str, str]) -> None:
    assert inspect(pages[payload]) == []


def test_it_stays_harmless_in_the_middle_of_a_text() -> None:
    frames = ["**粗**{}[a](/b)", "- 项\n\n    {}\n", "> {}", "[{}](https://a.example)"]
    texts = [frame.format(p) for frame in frames for p in PAYLOADS]
    assert [found for page in render(texts) if (found := inspect(page))] == []


def test_it_stays_harmless_next_to_another_one() -> None:
    texts = [a + b for a, b in zip(PAYLOADS, reversed(PAYLOADS), strict=True)]
    assert [found for page in render(texts) if (found := inspect(page))] == []


def test_raw_html_is_shown_as_it_was_typed(pages: dict[str, str]) -> None:
    page = pages["<img src=x onerror=alert(1)>"]
    assert page == "<p>&lt;img src=x onerror=alert(1)&gt;</p>"


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        "<p onclick='alert(1)'>x</p>",
        "<p title='x'>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\tscript:alert(1)'>x</a>",
        "<a href='/\\evil.example'>x</a>",
        "<a href='https://a.example'>x</a>",
        "<a class='btn'>x</a>",
        "<a href='/admin' class='cite' data-cite='a'>x</a>",
        "<!-- x -->",
        "<?x?>",
        "<!x>",
    ],
)
def test_the_inspector_bites(page: str) -> None:
    assert inspect(page)


def test_the_corpus_is_large_and_has_no_doubles() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60
