"""A returned file or a complaint becomes the draft of a scenario."""

from __future__ import annotations

from sqlalchemy.orm import Session

from trainer.publishing.service import Prepared
from trainer.publishing.service.changing import prepared
from trainer.scenarios.domain.case_replay import Replay
from trainer.scenarios.domain.case_replay import draft_text
from trainer.scenarios.domain.case_replay import must_name_nobody
from trainer.scenarios.service.texts import OWN


def replayed(session: Session, replay: Replay) -> Prepared:
    """Prepare the text of a case; ``publishing.begin`` keeps it as a draft.

    Raises:
        NotAnonymousError: it holds a number that may be somebody's.
        MistakesError: a code is not registered.
    """
    must_name_nobody(replay)
    return prepared(session, draft_text(replay), OWN)
