"""What an installation may set; read once at start.

Each field is set by the environment variable ``TRAINER_<FIELD>`` or by the same
name in ``trainer.toml`` of the data directory; the environment wins.
"""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import fields
from ipaddress import IPv4Network
from ipaddress import IPv6Network
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from trainer.audit.domain.retention import SHORTEST_KEPT
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.notices.domain.calendar import read_hours
from trainer.notices.domain.mailing import ADDRESS

FILE = "trainer.toml"
KEY_FILE = "secret-key"
SHORTEST_SECRET = 32
"""Least characters of a secret key; whoever guesses it can forge a session."""

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


Networks = tuple[IPv4Network | IPv6Network, ...]

FLAGS = ("open_reading", "secure_cookies", "local_login")
NETWORKS = ("proxies", "sso_proxies")
BOUNDS: Mapping[str, tuple[int, int]] = {
    "password_days": (0, 3650),
    "unused_days": (0, 3650),
    "idle_minutes": (1, 15),
    "session_hours": (1, 12),
    "address_failures": (20, 100_000),
    "login_rate": (10, 1_000_000),
    "search_rate": (30, 1_000_000),
    "api_rate": (1, 1_000_000),
    "keep_people_days": (1, 99_999),
    "audit_keep_days": (SHORTEST_KEPT, 99_999),
    "mail_port": (1, 65_535),
    "escalate_after": (1, 60),
}
"""Least and most of each number."""

HOST = re.compile(r"[a-z0-9.-]+(:[0-9]{1,5})?|\[[0-9a-f:]+\](:[0-9]{1,5})?")
"""Host and port of an origin; nothing that would end a header or a policy."""

USUAL_PORTS = {"http": ":80", "https": ":443"}

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


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

    audit_keep_days: int = 1095
    """Days an entry of the audit stays in the database, at least 183."""

    audit_secret: str = ""
    """Seals the audit; empty is ``secret_key``. Give the old one when that changes."""

    keep_people_days: int = 1095
    """Days after which ``trainer people retire`` removes who has left; at least 1."""

    site_url: str = ""
    """Address browsers call this site by; single sign-on leads back to it."""

    font: str = ""
    """TrueType font for PDF, a file, ``#1`` behind it in a collection; empty looks."""

    widget_origins: tuple[str, ...] = ()
    """Origins of business systems whose pages may show risk tips, commas between."""

    proxies: Networks = ()
    """Reverse proxies, commas between; whom they heard is who asked."""

    password_days: int = 180
    """Days a password lasts; 0 is for ever."""

    unused_days: int = 90
    """Days after which an unused account must be opened again; 0 is never."""

    idle_minutes: int = 15
    """Minutes after which an unused session ends."""

    session_hours: int = 12
    """Hours after which every session ends."""

    address_failures: int = 200
    """Wrong passwords from one network address within ten minutes."""

    login_rate: int = 600
    """Logins a minute from one network address, right or wrong."""

    search_rate: int = 600
    """Searches a minute of one person, each pause in typing counts."""

    api_rate: int = 120
    """Requests a minute with one API token."""

    sso_issuer: str = ""
    """Address that names the provider of single sign-on; empty is none."""

    sso_client: str = ""
    """Name the provider knows this site by."""

    sso_secret: str = ""
    """What this site proves it with; empty for a public client."""

    sso_claim: str = "preferred_username"
    """Which claim is the 工号."""

    sso_name: str = "统一身份认证"
    """What people call the provider."""

    sso_header: str = ""
    """Request header in which a proxy names the person; empty is none."""

    sso_proxies: Networks = ()
    """Addresses of those proxies, commas between."""

    local_login: bool = True
    """Whether everybody may use a password, or administrators only."""

    mail_host: str = ""
    """Mail server that takes the daily mails; empty is no mail."""

    mail_port: int = 25
    """Its port."""

    mail_security: str = "starttls"
    """How the connection is made safe: ``starttls``, ``tls`` or ``none``."""

    mail_user: str = ""
    """Who logs in there; empty is nobody."""

    mail_password: str = ""
    """His password."""

    mail_from: str = ""
    """The address that mails come from."""

    quiet_hours: str = "18:00-08:30"
    """When nobody is told anything, by the centre's clock."""

    escalate_after: int = 3
    """Working days after the last day on which a supervisor is told."""

    jobs_queue: str = ""
    """Queue of jobs, ``redis://`` or ``postgresql://``; empty is a file."""

    @property
    def setup_code(self) -> Path:
        """File of the code that makes the first account; gone once it was used."""
        return self.data / "setup-code"

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
    values = {name: _read(name, value) for name, value in values.items()}
    values.setdefault("secret_key", _secret(data / KEY_FILE))
    for name in ("secret_key", "audit_secret"):
        _must_be_long(name, str(values.get(name) or values["secret_key"]))
    read = Settings(data=data, **values)  # type: ignore[arg-type]  # names checked above
    _must_sign_on(read)
    _must_mail(read)
    return read


def _read(name: str, value: object) -> object:
    """Give a value as its field has it."""
    if name in FLAGS:
        return _flag(name, value)
    if name in BOUNDS:
        return _number(name, value)
    if name in NETWORKS:
        return _networks(name, value)
    if name == "widget_origins":
        return tuple(map(_origin, _names(value)))
    return _names(value) if name == "hosts" else str(value)


def _origin(told: str) -> str:
    """Give an origin as browsers say it: without the port that goes without saying."""
    parts = urlsplit(told.lower())
    beside = parts.path.strip("/") or parts.query or parts.fragment
    if beside or parts.scheme not in USUAL_PORTS or not HOST.fullmatch(parts.netloc):
        raise SettingError(
            "设置 widget_origins 要写成 https://主机名 或 https://主机名:端口，"
            f"不能是“{told}”"
        )
    host = parts.netloc.removesuffix(USUAL_PORTS[parts.scheme])
    return f"{parts.scheme}://{host}"


def _must_sign_on(read: Settings) -> None:
    """Refuse a single sign-on that is set up by halves, or can be listened to."""
    if read.sso_issuer and not (read.sso_client and read.site_url):
        raise SettingError("设置了 sso_issuer，还要设置 sso_client 和 site_url")
    if read.sso_header and not read.sso_proxies:
        raise SettingError(
            "设置了 sso_header，还要用 sso_proxies 写明代理的地址；否则谁都能冒充"
        )
    if not (read.local_login or read.sso_issuer or read.sso_header):
        raise SettingError("local_login 为 false 时，要先设好单点登录")
    for name in ("sso_issuer", "site_url"):
        _must_be_address(name, getattr(read, name))
    issuer = urlsplit(read.sso_issuer)
    if issuer.scheme == "http" and issuer.hostname not in LOOPBACK:
        raise SettingError("设置 sso_issuer 要用 https:// 地址；明文连接会被人冒充")


def _must_mail(read: Settings) -> None:
    """Refuse mail that is set up by halves, or tells a password to who listens."""
    whole = read.mail_host and read.site_url and ADDRESS.fullmatch(read.mail_from)
    if (read.mail_host or read.mail_from) and not whole:
        raise SettingError(
            "要发邮件，mail_host、mail_from（邮箱地址）和 site_url 三项都要设置"
        )
    if read.mail_security not in {"starttls", "tls", "none"}:
        raise SettingError("设置 mail_security 只能是 starttls、tls 或 none")
    near = read.mail_host in LOOPBACK
    if read.mail_user and read.mail_security == "none" and not near:
        raise SettingError(
            "设置了 mail_user，mail_security 不能是 none：密码会被人听到"
        )
    try:
        read_hours(read.quiet_hours)
    except ValueError as error:
        raise SettingError(
            f"设置 quiet_hours 要写成 18:00-08:30，不能是“{read.quiet_hours}”"
        ) from error


def _must_be_address(name: str, address: str) -> None:
    parts = urlsplit(address)
    known = parts.scheme in {"http", "https"} and parts.hostname
    if address and (not known or parts.query or parts.fragment):
        raise SettingError(f"设置 {name} 要写成 https://主机名，不能是“{address}”")


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


def _must_be_long(name: str, secret: str) -> None:
    if len(secret) < SHORTEST_SECRET:
        raise SettingError(
            f"设置 {name} 只有 {len(secret)} 个字符，"
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


def _number(name: str, value: object) -> int:
    least, most = BOUNDS[name]
    told = str(value).strip()
    if not (told.isascii() and told.isdigit() and least <= int(told) <= most):
        raise SettingError(
            f"设置 {name} 要是 {least} 到 {most} 的整数，不能是“{value}”"
        )
    return int(told)


def _networks(name: str, value: object) -> Networks:
    try:
        return tuple(map(ip_network, _names(value)))
    except ValueError as error:
        raise SettingError(
            f"设置 {name} 要写成地址或网段，如 10.0.0.5 或 10.0.0.0/24，不能是“{value}”"
        ) from error


def _names(value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list) else str(value).split(",")
    return tuple(name for told in names if (name := str(told).strip()))


def _secret(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text("ascii").strip()
