"""Files in and out of the program."""

from __future__ import annotations

from trainer.kit.files.folder import TextFile
from trainer.kit.files.folder import read_folder
from trainer.kit.files.folder import write_folder
from trainer.kit.files.fonts import Font
from trainer.kit.files.fonts import NoFontError
from trainer.kit.files.fonts import chinese_font
from trainer.kit.files.pdf import NoGlyphError
from trainer.kit.files.pdf import Pdf
from trainer.kit.files.records import RecordsError
from trainer.kit.files.records import records
from trainer.kit.files.sheets import SHEET_WRITERS
from trainer.kit.files.sheets import Sheet
from trainer.kit.files.sheets import write_csv
from trainer.kit.files.sheets import write_workbook
from trainer.kit.files.sheets import write_xlsx

__all__ = [
    "SHEET_WRITERS",
    "Font",
    "NoFontError",
    "NoGlyphError",
    "Pdf",
    "RecordsError",
    "Sheet",
    "TextFile",
    "chinese_font",
    "read_folder",
    "records",
    "write_csv",
    "write_folder",
    "write_workbook",
    "write_xlsx",
]
