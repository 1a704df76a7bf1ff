"""Files in and out of the program."""

from __future__ import annotations

from trainer.kit.files.folder import TextFile
from trainer.kit.files.folder import read_folder
from trainer.kit.files.folder import write_folder

__all__ = ["TextFile", "read_folder", "write_folder"]
