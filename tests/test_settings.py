"""Settings: read from environment and file; what is unsafe refuses to start."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from trainer import settings
from trainer.settings import SettingError

SECRET = "0123456789abcdef" * 2


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_a_fresh_directory_is_private_and_keeps_its_own_secret(data: Path) -> None:
    first = settings.load(data, {})
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((data / settings.KEY_FILE).stat().st_mode) == 0o600
    assert len(first.secret_key) >= settings.SHORTEST_SECRET
    assert settings.load(data, {}) == first


def test_an_empty_directory_is_made_private(data: Path) -> None:
    data.mkdir(mode=0o755)
    settings.load(data, {})
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o755, 0o701, 0o704, 0o777])
def test_a_directory_that_others_can_use_refuses_to_start(
    data: Path, mode: int
) -> None:
    settings.load(data, {})
    data.chmod(mode)
    with pytest.raises(SettingError, match=f"chmod 700 {data}"):
        settings.load(data, {})


def test_a_secret_that_can_be_guessed_refuses_to_start(data: Path) -> None:
    with pytest.raises(SettingError, match="至少要 32"):
        settings.load(data, {"TRAINER_SECRET_KEY": "secret"})
    assert settings.load(data, {"TRAINER_SECRET_KEY": SECRET}).secret_key == SECRET


def test_a_secret_file_cut_short_refuses_to_start(data: Path) -> None:
    settings.load(data, {})
    (data / settings.KEY_FILE).write_text("")
    with pytest.raises(SettingError, match="0 个字符"):
        settings.load(data, {})


def test_a_directory_that_cannot_be_written_refuses_to_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match="不能写入"):
        settings.load(tmp_path / "file" / "data", {})


def test_the_environment_wins_over_the_file(data: Path) -> None:
    settings.load(data, {})
    (data / settings.FILE).write_text(
        'site_name = "甲"\nopen_reading = true\nhosts = ["a.example", "b.example"]\n',
        "utf-8",
    )
    read = settings.load(data, {"TRAINER_SITE_NAME": "乙"})
    assert (read.site_name, read.open_reading) == ("乙", True)
    assert read.hosts == ("a.example", "b.example")
    told = settings.load(data, {"TRAINER_HOSTS": " c.example , "})
    assert told.hosts == ("c.example",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colour = 1", "不认识的设置：colour"),
        ("open_reading = 'perhaps'", "只能是 true 或 false"),
        ("site_name", "有误"),
        ("audit_keep_days = 182", "audit_keep_days 要是 183 到"),
        ("audit_keep_days = -1", "183 到"),
        ("audit_keep_days = 'always'", "不能是“always”"),
        ("audit_secret = 'short'", "audit_secret 只有 5 个字符"),
    ],
)
def test_a_file_that_cannot_be_read_refuses_to_start(
    data: Path, text: str, sentence: str
) -> None:
    settings.load(data, {})
    (data / settings.FILE).write_text(text, "utf-8")
    with pytest.raises(SettingError, match=sentence):
        settings.load(data, {})


def test_the_audit_is_kept_three_years_unless_it_is_said(data: Path) -> None:
    assert settings.load(data, {}).audit_keep_days == 1095
    told = settings.load(data, {"TRAINER_AUDIT_KEEP_DAYS": " 183 "})
    assert told.audit_keep_days == 183


def test_the_shell_is_asked_when_no_environment_is_given(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "TRAINER_HOME_CITY", "某某市")
    assert settings.load(data).home_city == "某某市"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("password_days", ["-1", "3651", "soon", "1.5", ""]),
        ("idle_minutes", ["0", "16"]),
        ("session_hours", ["0", "13"]),
        ("address_failures", ["19"]),
        ("search_rate", ["29", "９９"]),
    ],
)
def test_a_number_out_of_bounds_refuses_to_start(
    data: Path, name: str, values: list[str]
) -> None:
    least, most = settings.BOUNDS[name]
    for value in values:
        with pytest.raises(SettingError, match=f"{name} 要是 {least} 到 {most}"):
            settings.load(data, {f"TRAINER_{name.upper()}": value})
    for number in (least, most):
        read = settings.load(data, {f"TRAINER_{name.upper()}": str(number)})
        assert getattr(read, name) == number


def test_numbers_are_whole_in_the_file_and_in_the_environment(data: Path) -> None:
    settings.load(data, {})
    (data / settings.FILE).write_text("password_days = 90\n", "utf-8")
    assert settings.load(data, {}).password_days == 90
    told = settings.load(data, {"TRAINER_PASSWORD_DAYS": "0"})
    assert told.password_days == 0


def test_addresses_are_read_as_networks(data: Path) -> None:
    read = settings.load(
        data, {"TRAINER_PROXIES": "10.0.0.5, fd00::/64", "TRAINER_SSO_PROXIES": ""}
    )
    assert [str(network) for network in read.proxies] == ["10.0.0.5/32", "fd00::/64"]
    assert read.sso_proxies == ()
    for wrong in ("proxy.example", "10.0.0.5/24", "10.0.0"):
        with pytest.raises(SettingError, match="地址或网段"):
            settings.load(data, {"TRAINER_PROXIES": wrong})


SSO = {
    "TRAINER_SSO_ISSUER": "https://id.example/realms/centre",
    "TRAINER_SSO_CLIENT": "trainer",
    "TRAINER_SITE_URL": "https://desk.example",
}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"TRAINER_SSO_CLIENT": ""}, "sso_client 和 site_url"),
        ({"TRAINER_SITE_URL": ""}, "sso_client 和 site_url"),
        ({"TRAINER_SITE_URL": "desk.example"}, "site_url 要写成"),
        ({"TRAINER_SITE_URL": "https://desk.example?x=1"}, "site_url 要写成"),
        ({"TRAINER_SSO_ISSUER": "http://id.example"}, "https://"),
        ({"TRAINER_SSO_ISSUER": "ftp://id.example"}, "sso_issuer 要写成"),
        ({"TRAINER_SSO_HEADER": "X-Remote-User"}, "sso_proxies"),
    ],
    ids=str,
)
def test_a_single_sign_on_set_up_by_halves_refuses_to_start(
    data: Path, more: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SettingError, match=sentence):
        settings.load(data, SSO | more)


def test_a_provider_on_this_machine_may_do_without_tls(data: Path) -> None:
    for issuer in ("http://127.0.0.1:9400", "http://[::1]:9400", "http://localhost"):
        read = settings.load(data, SSO | {"TRAINER_SSO_ISSUER": issuer})
        assert read.sso_issuer == issuer


def test_passwords_are_taken_from_everybody_only_for_something_else(
    data: Path,
) -> None:
    with pytest.raises(SettingError, match="先设好单点登录"):
        settings.load(data, {"TRAINER_LOCAL_LOGIN": "false"})
    assert not settings.load(data, SSO | {"TRAINER_LOCAL_LOGIN": "false"}).local_login


def test_origins_of_widgets_are_kept_as_browsers_say_them(data: Path) -> None:
    told = "https://Core.example , http://10.0.0.5:8080,https://b.example:443/,http://[::1]:9"
    read = settings.load(data, {"TRAINER_WIDGET_ORIGINS": told})
    assert read.widget_origins == (
        "https://core.example",
        "http://10.0.0.5:8080",
        "https://b.example",
        "http://[::1]:9",
    )


@pytest.mark.parametrize(
    "origin",
    [
        *("*", "core.example", "null", "https://", "ftp://core.example"),
        *("https://core.example/desk", "https://core.example?x", "https://a b"),
        *("https://*.example", "https://a;script-src *", "https://user@core.example"),
        *("https://core.example\nX: y", "https://a'self'", "//core.example"),
    ],
)
def test_an_origin_that_is_none_refuses_to_start(data: Path, origin: str) -> None:
    with pytest.raises(SettingError, match="widget_origins"):
        settings.load(data, {"TRAINER_WIDGET_ORIGINS": origin})


MAIL = {
    "TRAINER_MAIL_HOST": "mail.example",
    "TRAINER_MAIL_FROM": "desk@example.cn",
    "TRAINER_SITE_URL": "https://desk.example",
}


def test_mail_is_set_up_whole_or_not_at_all(data: Path) -> None:
    assert settings.load(data, MAIL).mail_port == 25
    for name in MAIL:
        with pytest.raises(SettingError, match="三项都要设置"):
            settings.load(data, {k: v for k, v in MAIL.items() if k != name})
    with pytest.raises(SettingError, match="三项都要设置"):
        settings.load(data, {**MAIL, "TRAINER_MAIL_FROM": "desk"})


def test_a_mail_password_is_not_told_to_who_listens(data: Path) -> None:
    open_line = {"TRAINER_MAIL_USER": "desk", "TRAINER_MAIL_SECURITY": "none"}
    with pytest.raises(SettingError, match="会被人听到"):
        settings.load(data, {**MAIL, **open_line})
    near = {**MAIL, **open_line, "TRAINER_MAIL_HOST": "127.0.0.1"}
    assert settings.load(data, near).mail_user == "desk"
    with pytest.raises(SettingError, match="mail_security"):
        settings.load(data, {**MAIL, "TRAINER_MAIL_SECURITY": "ssl"})


def test_quiet_hours_are_two_times(data: Path) -> None:
    with pytest.raises(SettingError, match="quiet_hours"):
        settings.load(data, {"TRAINER_QUIET_HOURS": "night"})
