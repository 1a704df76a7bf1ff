"""Where the starter pack is: inside the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path

import trainer
from trainer.core.errors import TrainerError


def starter_pack() -> Path:
    """Give the folder of the content that comes with the program.

    Raises:
        TrainerError: the program was installed without it.
    """
    home = Path(trainer.__file__).parent
    for folder in (home / "starter" / "content", home.parent / "content"):
        if (folder / "topics.yaml").is_file():
            return folder
    raise TrainerError("安装包里没有示例内容（content/）；请重新安装完整的安装包")
