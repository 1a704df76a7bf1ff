"""Reading a pack: every file parsed, every mistake found, nothing written.

What is slow (parsing, making HTML) happens here and needs no database, so that
the transaction of an import is short. What the database holds is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.checklists import service as checklists
from trainer.checklists.domain import CHECKLIST
from trainer.core import document
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.courses import service as courses
from trainer.courses.domain.outline import COURSE
from trainer.kit.files import TextFile
from trainer.kit.markup import MarkupError
from trainer.knowledge import service as knowledge
from trainer.library.domain import laws
from trainer.library.domain.claims import Claim
from trainer.library.domain.claims import Known
from trainer.library.domain.claims import by_slug
from trainer.library.domain.claims import overlapping
from trainer.library.domain.claims import unresolved
from trainer.library.domain.laws import Law
from trainer.library.domain.laws import LawDefaults
from trainer.library.domain.pack import FOLDERS
from trainer.library.domain.pack import ArticleFile
from trainer.library.domain.pack import Finding
from trainer.library.domain.pack import PackError
from trainer.library.domain.pack import article_file
from trainer.library.domain.pack import structured_file
from trainer.library.service.leading import misled
from trainer.library.service.steps import Steps
from trainer.library.service.steps import quietly
from trainer.people.domain.posts import Post
from trainer.people.domain.posts import parse_posts
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.service import Prepared
from trainer.quizzes import domain as quizzes_domain
from trainer.quizzes import service as quizzes
from trainer.scenarios import service as scenarios
from trainer.scenarios.domain import SCENARIO
from trainer.topics import queries as topics
from trainer.topics import service as topics_service
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.lines import parse_topics
from trainer.topics.domain.saves import TextName

POSTS = "posts.yaml"
TEXTS = {f"{name}.yaml": name for name in TextName}
SPINE = frozenset({POSTS, *TEXTS})
"""Names of the files that all content hangs on."""
STRAY = Mistake(
    0,
    "不知道这是什么：文章应放在 policies/<标识>/<施行日>.md，"
    "题库、测验、易错清单、情景和课程应是 <标识>.yaml，"
    "法规原文应有“第一条”这样的条文行",
)
Prepare = Callable[[str, Vocabulary], Prepared]
PREPARED_BY: Mapping[str, Prepare] = {
    **dict.fromkeys(quizzes_domain.KINDS, quizzes.prepare),
    CHECKLIST: checklists.prepare,
    SCENARIO: scenarios.prepare,
    COURSE: courses.prepare_course,
}
"""What reads the texts of a kind, articles aside."""
NOTHING_KNOWN = Known()
"""There is no database."""
NO_DEFAULTS = LawDefaults()


@dataclass(frozen=True, slots=True)
class Article:
    """A text of a pack, ready to become a draft; ``law`` when it was one."""

    file: ArticleFile
    prepared: Prepared
    law: Law | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Slug and digest: an article with the same is the same."""
        return self.file.slug, self.prepared.manuscript.content_hash


@dataclass(frozen=True, slots=True)
class Spine:
    """What all content hangs on, as far as a pack brings it."""

    posts: tuple[Post, ...]
    texts: Mapping[TextName, str]


@dataclass(frozen=True, slots=True)
class Pack:
    """What is in the files; articles with older first days come first."""

    spine: Spine
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """A text before it is parsed."""

    file: ArticleFile
    text: str
    prepare: Prepare
    law: Law | None = None


def open_pack(
    files: Sequence[TextFile],
    known: Known = NOTHING_KNOWN,
    *,
    defaults: LawDefaults = NO_DEFAULTS,
    steps: Steps = quietly,
) -> Pack:
    """Read a pack.

    Args:
        files: All of it.
        known: What the database holds; citations may lead there.
        defaults: What law texts do not say.
        steps: Shows how far the work has come.

    Raises:
        PackError: the pack has mistakes; it lists them with file and line.
    """
    pack, findings = _examined(files, known, defaults, steps)
    if findings:
        raise PackError(findings)
    return pack


def check_pack(
    files: Sequence[TextFile],
    known: Known = NOTHING_KNOWN,
    *,
    defaults: LawDefaults = NO_DEFAULTS,
    steps: Steps = quietly,
) -> list[Finding]:
    """Find every mistake of a pack; arguments as for :func:`open_pack`."""
    return _examined(files, known, defaults, steps)[1]


def _examined(
    files: Sequence[TextFile], known: Known, defaults: LawDefaults, steps: Steps
) -> tuple[Pack, list[Finding]]:
    texts = {file.path: file.text for file in files if isinstance(file.text, str)}
    findings = [
        Finding(file.path, file.text)
        for file in files
        if isinstance(file.text, Mistake)
    ]
    spine, wrong = _spine(texts)
    sources, strays = _sources(texts, defaults)
    findings += wrong + strays
    vocabulary = _vocabulary(spine, known.vocabulary)
    articles = []
    broken = {place.slug for f in findings if (place := article_file(f.path))}
    for source in steps(sources, "检查"):
        found = _article(source, vocabulary)
        if isinstance(found, Article):
            articles.append(found)
        else:
            broken.add(source.file.slug)
            findings += [Finding(source.file.path, mistake) for mistake in found]
    findings += _misfits(articles, known, broken)
    return Pack(spine, tuple(articles)), sorted(set(findings))


def _spine(texts: Mapping[str, str]) -> tuple[Spine, list[Finding]]:
    """Read the files that all content hangs on."""
    paths: dict[str, str] = {}
    findings = []
    for path in texts:
        name = _name(path)
        if name in SPINE and paths.setdefault(name, path) != path:
            message = f"这个内容包里已有一份 {name}（{paths[name]}）；请只留一份"
            findings.append(Finding(path, Mistake(0, message)))
    posts: list[Post] = []
    read: dict[TextName, str] = {}
    for name, path in paths.items():
        if name == POSTS:
            posts, mistakes = parse_posts(texts[path])
        else:
            mistakes = topics_service.mistakes_in(TEXTS[name], texts[path])
            read[TEXTS[name]] = texts[path]
        findings += [Finding(path, mistake) for mistake in mistakes]
    return Spine(tuple(posts), read), findings


def _sources(
    texts: Mapping[str, str], defaults: LawDefaults
) -> tuple[list[_Source], list[Finding]]:
    """Find the articles and law texts, and the files whose place nobody knows."""
    sources = []
    findings = []
    lawlike = {path for path, text in texts.items() if _is_law_file(path, text)}
    slugs = laws.slugs_of(_name(path) for path in lawlike)
    for path, text in texts.items():
        if place := article_file(path):
            sources.append(_Source(place, text, knowledge.prepare))
        elif (prepare := _prepares(path, text)) and (place := structured_file(path)):
            sources.append(_Source(place, text, prepare))
        elif path in lawlike:
            found = laws.article_of(text, _name(path), defaults)
            if isinstance(found, Law):
                day = found.effective_from.isoformat()
                place = ArticleFile(day, 1, slugs[_name(path)], path)
                sources.append(_Source(place, found.text, knowledge.prepare, found))
            else:
                findings += [Finding(path, mistake) for mistake in found]
        elif _name(path) not in SPINE:
            findings.append(Finding(path, STRAY))
    return sorted(sources, key=lambda source: source.file), findings


def _prepares(path: str, text: str) -> Prepare | None:
    """Give what reads a text written as YAML, by its kind or else by its folder."""
    if _name(path) in SPINE:
        return None
    kind = document.parse(text).meta.get("kind")
    lies_in = (k for k, folder in FOLDERS.items() if f"/{folder}/" in f"/{path}")
    return PREPARED_BY.get(str(kind)) or PREPARED_BY.get(next(lies_in, ""))


def _is_law_file(path: str, text: str) -> bool:
    return article_file(path) is None and _name(path) not in SPINE and laws.is_law(text)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _vocabulary(spine: Spine, known: Vocabulary) -> Vocabulary:
    """Give the codes there will be: a text of the pack replaces the one before."""
    lines, businesses = known.lines, known.businesses
    steps, competencies, tiers = known.steps, known.competencies, known.tiers
    if TextName.TOPICS in spine.texts:
        read, _ = parse_topics(spine.texts[TextName.TOPICS])
        lines = frozenset(line.code for line in read.lines) if read else frozenset()
        businesses = frozenset(b.code for b in read.businesses) if read else frozenset()
        steps = frozenset(step.code for step in read.steps) if read else frozenset()
    if TextName.COMPETENCIES in spine.texts:
        framework, _ = parse_competencies(spine.texts[TextName.COMPETENCIES])
        found = framework.competencies if framework else ()
        competencies = frozenset(competency.code for competency in found)
        tiers = frozenset(t.code for t in framework.tiers) if framework else tiers
    return Vocabulary(
        lines=lines,
        businesses=businesses,
        steps=steps,
        competencies=competencies,
        formulas=topics.formula_codes(),
        posts=known.posts | {post.code for post in spine.posts},
        tiers=tiers,
    )


def _article(source: _Source, vocabulary: Vocabulary) -> Article | list[Mistake]:
    try:
        prepared = source.prepare(source.text, vocabulary)
    except MistakesError as error:
        mistakes = list(error.mistakes)
    except MarkupError as error:
        mistakes = [Mistake(0, error.message)]
    else:
        article = Article(source.file, prepared, source.law)
        mistakes = _misplaced(article)
        if not mistakes:
            return article
    # The lines of a law's article are not those of its file.
    return [Mistake(0, m.message) for m in mistakes] if source.law else mistakes


def _misplaced(article: Article) -> list[Mistake]:
    day = article.prepared.manuscript.header.effective_from.isoformat()
    if article.file.day in {day, ""}:
        return []
    message = f"施行日 {day} 与文件名 {article.file.day} 不一致；请改成同一天"
    return [Mistake(_line_of_first_day(article), message)]


def _misfits(
    articles: Sequence[Article], known: Known, broken: Collection[str]
) -> Iterator[Finding]:
    """Find shared days and citations that lead nowhere, in pack and database together.

    Nothing is said of citations of articles that could not be read.
    """
    claims = by_slug(known.claims)
    for article in articles:
        others = claims.setdefault(article.file.slug, [])
        claim = _claim(article, 1 + max((c.number for c in others), default=0))
        if others and article.key not in known.hashes:
            wrong = overlapping(claim, others, _line_of_first_day(article))
            yield from (Finding(article.file.path, mistake) for mistake in wrong)
        if article.key not in known.hashes or not any(
            other.effective_from == claim.effective_from for other in others
        ):
            others.append(claim)
    for article in articles:
        manuscript = article.prepared.manuscript
        citations = [c for c in manuscript.citations if c.target not in broken]
        wrong = unresolved(citations, manuscript.header.effective_from, claims)
        yield from (Finding(article.file.path, mistake) for mistake in wrong)
    texts = {each.file.slug: each.prepared.manuscript for each in articles}
    for article in articles:
        wrong = misled(article.file.slug, article.prepared.manuscript, texts, known)
        yield from (Finding(article.file.path, mistake) for mistake in wrong)


def _claim(article: Article, number: int) -> Claim:
    manuscript = article.prepared.manuscript
    return Claim(
        slug=article.file.slug,
        name=article.file.path,
        number=number,
        effective_from=manuscript.header.effective_from,
        effective_to=manuscript.header.effective_to,
        supersedes=manuscript.header.supersedes,
        sections=frozenset(section.id for section in manuscript.sections),
    )


def _line_of_first_day(article: Article) -> int:
    if article.law:
        return 0
    text = article.prepared.manuscript.text
    return document.parse(text).lines.get("effective_from", 0)
