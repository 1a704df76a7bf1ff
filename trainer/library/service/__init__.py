"""Use cases of packs: check, import and export the authored texts."""

from __future__ import annotations

from trainer.library.service.exporting import export_pack
from trainer.library.service.importing import Importing
from trainer.library.service.importing import import_pack
from trainer.library.service.importing import take_in
from trainer.library.service.opening import NOTHING_KNOWN
from trainer.library.service.opening import Pack
from trainer.library.service.opening import check_pack
from trainer.library.service.opening import open_pack
from trainer.library.service.steps import Steps
from trainer.library.service.steps import quietly

__all__ = [
    "NOTHING_KNOWN",
    "Importing",
    "Pack",
    "Steps",
    "check_pack",
    "export_pack",
    "import_pack",
    "open_pack",
    "quietly",
    "take_in",
]
