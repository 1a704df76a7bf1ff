"""The content that comes with the program is whole."""

from __future__ import annotations

from tests.commands import REPOSITORY
from trainer.cli.starter import starter_files
from trainer.cli.starter import starter_pack
from trainer.core.document import parse
from trainer.kit.files import TextFile
from trainer.kit.files import read_folder
from trainer.library import service
from trainer.library.domain.pack import ENDINGS
from trainer.library.domain.pack import article_file
from trainer.topics.domain.glossary import parse_glossary
from trainer.topics.domain.lines import parse_topics

CONTENT = REPOSITORY / "content"
FILES = read_folder(CONTENT, ENDINGS)


def articles() -> dict[str, list[TextFile]]:
    """Give the texts of each article, by slug."""
    found: dict[str, list[TextFile]] = {}
    for file in FILES:
        if place := article_file(file.path):
            found.setdefault(place.slug, []).append(file)
    return found


def head(file: TextFile) -> dict[str, object]:
    return dict(parse(str(file.text)).meta)


def test_every_file_parses_and_every_citation_leads_somewhere() -> None:
    assert list(map(str, service.check_pack(starter_files()))) == []


def test_there_are_thirty_articles_and_more_on_every_business_line() -> None:
    topics, _ = parse_topics((CONTENT / "topics.yaml").read_text("utf-8"))
    assert topics is not None
    lines = {head(texts[-1])["line"] for texts in articles().values()}
    assert lines == {line.code for line in topics.lines}
    assert len(articles()) >= 30


def test_every_kind_of_article_is_there() -> None:
    kinds = {head(texts[-1])["kind"] for texts in articles().values()}
    assert kinds == {"policy", "guide", "qa", "risk", "online"}


def test_articles_of_the_fictitious_city_are_marked_as_a_sample() -> None:
    sample = [slug for slug in articles() if slug.startswith("sample-")]
    marks = [head(file).get("sample") for slug in sample for file in articles()[slug]]
    assert len(sample) >= 2
    assert set(marks) == {True}


def test_the_glossary_has_its_groups() -> None:
    glossary, mistakes = parse_glossary((CONTENT / "glossary.yaml").read_text("utf-8"))
    assert (mistakes, glossary is not None) == ([], True)
    assert glossary is not None
    assert len(glossary.groups) >= 150


def test_the_program_finds_the_starter_pack_of_the_checkout() -> None:
    assert starter_pack() == CONTENT
