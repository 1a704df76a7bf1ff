"""Where the starter pack is: inside the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path

import trainer
from trainer.core.errors import TrainerError
from trainer.kit.files import TextFile
from trainer.kit.files import read_folder
from trainer.library.domain.pack import ENDINGS

QUIZZES = "quizzes"


def starter_pack() -> Path:
    """Give the folder of the articles that come with the program.

    Question banks and quizzes lie in the folder ``quizzes`` beside it.

    Raises:
        TrainerError: the program was installed without it.
    """
    home = Path(trainer.__file__).parent
    for folder in (home / "starter" / "content", home.parent / "content"):
        if (folder / "topics.yaml").is_file():
            return folder
    raise TrainerError("安装包里没有示例内容（content/）；请重新安装完整的安装包")


def starter_files() -> list[TextFile]:
    """Read everything that comes with the program."""
    articles = starter_pack()
    quizzes = articles.parent / QUIZZES
    return read_folder(articles, ENDINGS) + read_folder(quizzes, ENDINGS)
