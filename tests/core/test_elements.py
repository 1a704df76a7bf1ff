"""XML from strangers: read as elements, or refused."""

from __future__ import annotations

import pytest

from trainer.core import elements
from trainer.core.elements import BrokenXmlError

TEXT = '<a xmlns:x="urn:x"><b x:k="1">一<c>二</c>三</b>\n<x:b/><![CDATA[<四>]]></a>'


def test_elements_are_read_with_their_texts_and_lines() -> None:
    root = elements.read(TEXT)
    first, second = root.every("b")
    assert (first.text, first.attributes["k"], root.words("b", "c")) == (
        "一二三",
        "1",
        "二",
    )
    assert (second.space, second.line, root.one("d", "e")) == ("urn:x", 2, None)
    assert root.text.endswith("<四>")
    assert elements.read(TEXT.encode("utf-16")).text == root.text


@pytest.mark.parametrize(
    ("text", "trap"),
    [
        ("", False),
        ("<a>\n</b>", False),
        ("<a>&nbsp;</a>", False),
        ("<?xml version='1.0' encoding='unheard'?><a/>", False),
        ('<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', True),
        ('<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>', True),
        ("<a>" * 120 + "</a>" * 120, True),
    ],
)
def test_what_is_no_plain_xml_is_refused(text: str, trap: bool) -> None:  # noqa: FBT001  (a row)
    with pytest.raises(BrokenXmlError) as refused:
        elements.read(text.encode())
    assert refused.value.trap is trap
