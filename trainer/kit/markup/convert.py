"""Markdown to safe HTML, in three steps.

1. Python-Markdown (tables, sane lists) with raw HTML, images, headings and
   reference links switched off: such marks stay on the page as text. A link that
   only shows in a reference would also slip past the check of citations.
2. nh3: an allow-list of tags, attributes and schemes, applied to the parsed tree.
   This step alone keeps everything that acts off the page.
3. Links are decided on the decoded address that nh3 wrote, so no spelling of an
   address can differ between the one who decides and the browser.

It runs in the child process only (:mod:`.worker`): Python-Markdown takes quadratic
time on hostile input, 20 kB of ``[`` some 20 seconds.
"""

from __future__ import annotations

import html
import re
from functools import cache

import markdown  # type: ignore[import-untyped]  # ships no types
import nh3

SWITCHED_OFF = {
    "preprocessors": ("html_block",),
    "blockprocessors": ("hashheader", "setextheader", "reference"),
    "inlinePatterns": (
        "html",
        "reference",
        "short_reference",
        "image_link",
        "image_reference",
        "short_image_ref",
    ),
}
TAGS = frozenset(
    {"p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "a"}
    | {"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
)
SCHEMES = frozenset({"http", "https", "mailto", "cite"})
SIDES = {"left": "text-start", "center": "text-center", "right": "text-end"}
"""Alignment of a column and its class: the pages' CSP forbids inline style."""

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    # "*" is named because nh3 otherwise keeps title and lang on every tag.
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    tag_attribute_values={"th": {"align": set(SIDES)}, "td": {"align": set(SIDES)}},
    set_tag_attribute_values={"table": {"class": "table table-sm"}},
    url_schemes=set(SCHEMES),
    link_rel=None,
)

# In what nh3 writes "<" begins a tag and nothing else, so these match whole tags.
_LINK = re.compile(r'<a href="([^"]*)">')
_ALIGNED = re.compile(r'<(t[hd]) align="(left|center|right)">')
_CORNER = re.compile(r"<th([^>]*)></th>")

# Blanks, control characters and backslashes are what browsers drop or turn around.
_PLAIN = r"[^\x00-\x20\x7f\\]"
_CITATION = re.compile(r"cite:([a-z0-9-]+(?:#[a-z0-9-]+)?)")
_EXTERNAL = re.compile(rf"https?://(?!/){_PLAIN}+", re.IGNORECASE)
# A relative address has no colon before its first slash (RFC 3986, section 4.2).
_INTERNAL = re.compile(rf"(?:mailto:|(?!//|[^/?#]*:)){_PLAIN}+", re.IGNORECASE)


def convert(text: str, *, articles: str) -> str:
    """Turn the Markdown of one section into HTML that is safe to show.

    Args:
        text: The section, without its heading.
        articles: What stands before the slug in the address of an article;
            trusted.

    Returns:
        HTML with the tags of ``TAGS`` only. A link that may not be followed keeps
        its words and loses its address.
    """
    cleaned = _CLEANER.clean(_markdown().reset().convert(text))
    # A header without words, such as the corner of a table, is none.
    headed = _CORNER.sub(r"<td\1></td>", cleaned)
    aligned = _ALIGNED.sub(lambda m: f'<{m[1]} class="{SIDES[m[2]]}">', headed)
    return _LINK.sub(lambda m: _link(html.unescape(m[1]), articles), aligned)


def _link(url: str, articles: str) -> str:
    """Write the opening tag of a link to a decoded address."""
    if citation := _CITATION.fullmatch(url):
        place = citation[1]
        href = html.escape(articles + place)
        return f'<a class="cite" href="{href}" data-cite="{place}">'
    if _EXTERNAL.fullmatch(url):
        return f'<a href="{html.escape(url)}" rel="noopener noreferrer">'
    if _INTERNAL.fullmatch(url):
        return f'<a href="{html.escape(url)}">'
    return "<a>"


@cache
def _markdown() -> markdown.Markdown:
    converter = markdown.Markdown(
        extensions=["sane_lists", "tables"],
        extension_configs={"tables": {"use_align_attribute": True}},
    )
    registries = {
        "preprocessors": converter.preprocessors,
        "blockprocessors": converter.parser.blockprocessors,
        "inlinePatterns": converter.inlinePatterns,
    }
    for name, marks in SWITCHED_OFF.items():
        for mark in marks:
            registries[name].deregister(mark)
    return converter
