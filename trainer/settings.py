"""What an installation may set; read once at start.

Each field is set by the environment variable ``TRAINER_<FIELD>`` or by the same
name in ``trainer.toml`` of the data directory; the environment wins.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import fields
from pathlib import Path

from trainer.core.errors import TrainerError
from trainer.core.wording import N_

FILE = "trainer.toml"
KEY_FILE = "secret-key"
SHORTEST_SECRET = 32
"""Least characters of a secret key; whoever guesses it can forge a session."""

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

    site_name: str = N_("公积金窗口助手")
    """Shown on every page."""

    home_city: str = "示例市"
    """The centre's own city; a question that names another one gets a warning."""

    open_reading: bool = False
    """Whether search and articles need no login (on a trusted intranet)."""

    secure_cookies: bool = False
    """Whether cookies travel over HTTPS only; switch on behind TLS."""

    hosts: tuple[str, ...] = ()
    """Names this site is called by, commas between; empty takes any name."""

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
    if "hosts" in values:
        values["hosts"] = _names(values["hosts"])
    values.setdefault("secret_key", _secret(data / KEY_FILE))
    _must_be_long(str(values["secret_key"]))
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
    _must_be_private(data)


def _must_be_private(data: Path) -> None:
    """Refuse a directory that others on the machine can read or change.

    One that is still empty holds nothing to hide and is made private.
    """
    if os.name != "posix":
        return  # Windows keeps rights elsewhere
    if not any(data.iterdir()):
        with suppress(PermissionError):  # somebody else's: told below
            data.chmod(0o700)
    mode = data.stat().st_mode & 0o777
    if mode & 0o007:
        raise SettingError(
            f"数据目录 {data} 的权限是 {mode:o}，这台机器的其他用户能读到账号和密钥；"
            f"请运行 chmod 700 {data} 后再启动"
        )


def _must_be_long(secret: str) -> None:
    if len(secret) < SHORTEST_SECRET:
        raise SettingError(
            f"设置 secret_key 只有 {len(secret)} 个字符，"
            f"至少要 {SHORTEST_SECRET} 个随机字符；不设置则系统自动生成"
        )


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


def _names(value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list) else str(value).split(",")
    return tuple(name for told in names if (name := str(told).strip()))


def _secret(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text("ascii").strip()
