"""What the desk is told of scenarios."""

from __future__ import annotations

from sqlalchemy.orm import Session

from trainer.core.document import Mistake
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.queries import TextKind
from trainer.publishing.queries import TextKinds
from trainer.scenarios import queries
from trainer.scenarios import service
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.names import HINT
from trainer.scenarios.domain.names import KIND_NAME


def _warnings(_session: Session, manuscript: Manuscript) -> tuple[Mistake, ...]:
    return queries.warnings(manuscript.text)


KINDS: TextKinds = {
    SCENARIO: TextKind(
        code=SCENARIO,
        name=KIND_NAME,
        prepare=service.prepare,
        home="scenarios.scenario",
        begin="scripts.begin",
        hint=HINT,
        by_section=True,
        warnings=_warnings,
    )
}
