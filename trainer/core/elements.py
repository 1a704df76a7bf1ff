"""XML from strangers as elements: no document type, no entities, bounded in size.

Expat reads it. A document type is refused before anything in it is read, so that no
entity can grow or reach for a file.

Source: OWASP, XML external entity prevention.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from xml.parsers.expat import ExpatError
from xml.parsers.expat import ParserCreate

MOST_ELEMENTS = 300_000
MOST_LEVELS = 100
"""Deepest nesting; a table in a table of a text has some thirty."""

NAMESPACE_END = " "


class BrokenXmlError(ValueError):
    """It is no XML that is read here; ``line`` from 1, 0 when it is none in particular.

    Attributes:
        trap: Whether it was refused for what it might do, not for a slip.
    """

    def __init__(self, line: int, *, trap: bool = False) -> None:
        super().__init__(f"line {line}")
        self.line = line
        self.trap = trap


@dataclass(slots=True)
class Element:
    """An element.

    Attributes:
        name: Its name without the namespace.
        space: Its namespace, empty when it has none.
        attributes: By name without the namespace.
        content: Its texts and elements in order.
        line: Line it begins on, from 1.
    """

    name: str
    space: str
    attributes: Mapping[str, str]
    line: int
    content: list[Element | str] = field(default_factory=list)

    @property
    def children(self) -> Iterator[Element]:
        """The elements in it."""
        return (part for part in self.content if isinstance(part, Element))

    @property
    def text(self) -> str:
        """All text in it, that of elements too."""
        return "".join(
            part if isinstance(part, str) else part.text for part in self.content
        )

    def every(self, name: str) -> list[Element]:
        """Give the elements in it with a name."""
        return [child for child in self.children if child.name == name]

    def one(self, *path: str) -> Element | None:
        """Give the first element at the end of a path of names."""
        found: Element | None = self
        for name in path:
            found = next(iter(found.every(name)), None) if found else None
        return found

    def words(self, *path: str) -> str:
        """Give the text at the end of a path, without spaces around it; or nothing."""
        found = self.one(*path)
        return found.text.strip() if found else ""


def read(data: bytes | str) -> Element:
    """Read a whole document.

    Raises:
        BrokenXmlError: it is no XML, has a document type, or is too large or deep.
    """
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)  # noqa: FBT003  (expat's own: this is all)
    except ExpatError as error:
        raise BrokenXmlError(error.lineno) from error
    except (ValueError, LookupError) as error:  # an encoding nobody knows
        if isinstance(error, BrokenXmlError):
            raise
        raise BrokenXmlError(0) from error
    return reading.root.content[0]  # type: ignore[return-value]  # expat has found one element


class _Reading:
    """A document being read."""

    def __init__(self) -> None:
        self.root = Element("", "", {}, 0)
        self.parser = ParserCreate(namespace_separator=NAMESPACE_END)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self._open = [self.root]
        self._count = 0

    def _refuse(self, *_what: object) -> None:
        raise BrokenXmlError(self.parser.CurrentLineNumber, trap=True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) > MOST_LEVELS:
            self._refuse()
        space, _, local = name.rpartition(NAMESPACE_END)
        told = {key.rpartition(NAMESPACE_END)[2]: v for key, v in attributes.items()}
        element = Element(local, space, told, self.parser.CurrentLineNumber)
        self._open[-1].content.append(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _say(self, text: str) -> None:
        if len(self._open) > 1:
            self._open[-1].content.append(text)
