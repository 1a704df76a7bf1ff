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
        ("audit_keep_days = 182", "audit_keep_days 要写天数，至少 183"),
        ("audit_keep_days = -1", "至少 183"),
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
