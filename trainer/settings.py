"""What an installation may set; read once at start.

Each field is set by the environment variable ``TRAINER_<FIELD>`` or by the same
name in ``trainer.toml`` of the data directory; the environment wins.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields
from pathlib import Path

from trainer.core.errors import TrainerError

FILE = "trainer.toml"
KEY_FILE = "secret-key"
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class SettingError(TrainerError):
    """A setting has a value that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one installation."""

    data: Path
    """Directory of the database, the index and the keys; only its owner reads it."""

    database_url: str
    """SQLAlchemy address; default is SQLite in the data directory."""

    secret_key: str
    """Signs cookies; default is made once and kept in the data directory."""

    site_name: str = "公积金窗口助手"
    """Shown on every page."""

    home_city: str = "示例市"
    """The centre's own city; a question that names another one gets a warning."""

    open_reading: bool = False
    """Whether search and articles need no login (on a trusted intranet)."""

    secure_cookies: bool = False
    """Whether cookies travel over HTTPS only; switch on behind TLS."""

    @property
    def index(self) -> Path:
        """Directory of the search index."""
        return self.data / "index"


def load(data: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of the installation that lives in a directory.

    Raises:
        SettingError: a value cannot be read, or the directory cannot be used.
    """
    environment = os.environ if environment is None else environment
    data = data.resolve()
    _make(data)
    written = _file(data / FILE)
    known = {f.name for f in fields(Settings)} - {"data"}
    unknown = set(written) - known
    if unknown:
        raise SettingError(
            f"{data / FILE} 里有不认识的设置：{'、'.join(sorted(unknown))}"
        )
    values: dict[str, object] = {
        "database_url": f"sqlite:///{data / 'trainer.db'}",
        **written,
    }
    for name in known:
        if (value := environment.get(f"TRAINER_{name.upper()}")) is not None:
            values[name] = value
    for name in ("open_reading", "secure_cookies"):
        if name in values:
            values[name] = _flag(name, values[name])
    values.setdefault("secret_key", _secret(data / KEY_FILE))
    return Settings(data=data, **values)  # type: ignore[arg-type]  # names checked above


def _make(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SettingError(
            f"数据目录 {data} 不能写入（{error.strerror}）；请换目录或改权限"
        ) from error


def _file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} 有误：{error}") from error


def _flag(name: str, value: object) -> bool:
    told = str(value).lower()
    if told not in TRUE | FALSE:
        raise SettingError(f"设置 {name} 只能是 true 或 false，不能是“{value}”")
    return told in TRUE


def _secret(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text("ascii").strip()
