"""Settings fail closed: production does not start with a missing key, a wildcard host or the demonstration's people."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = ("LUOTSI_SECRET_KEY", "LUOTSI_IDENTITY_KEY", "LUOTSI_PSEUDONYM_KEY", "LUOTSI_SEAL_KEY")
KEYS = dict.fromkeys(NAMES, "ab" * 32)
WHOLE = {"LUOTSI_MODE": "production", "LUOTSI_HOSTS": "luotsi.example", **KEYS}


def start(settings: dict[str, str], data: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUOTSI_")}
    environment = {**kept, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", "LUOTSI_DATA": str(data), **settings}
    code = "import django; django.setup(); from django.conf import settings as s; print(s.DEBUG, s.ALLOWED_HOSTS)"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "DJANGO_SETTINGS_MODULE": "luotsi.config.settings"},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_a_whole_production_setting_starts_without_debug(tmp_path: Path) -> None:
    started = start(WHOLE, tmp_path)
    assert started.stdout.strip() == "False ['luotsi.example']", started.stderr
    assert not (tmp_path / "keys").exists(), "production keys are never made up"


@pytest.mark.parametrize("missing", sorted(KEYS))
def test_production_without_a_key_names_the_key(missing: str, tmp_path: Path) -> None:
    started = start({name: value for name, value in WHOLE.items() if name != missing}, tmp_path)
    assert started.returncode != 0
    assert missing in started.stderr


@pytest.mark.parametrize("hosts", ["", "*", "luotsi.example,*"])
def test_production_names_its_hosts(hosts: str, tmp_path: Path) -> None:
    started = start({**WHOLE, "LUOTSI_HOSTS": hosts}, tmp_path)
    assert started.returncode != 0
    assert "LUOTSI_HOSTS" in started.stderr


def test_an_unknown_mode_is_refused(tmp_path: Path) -> None:
    assert "either demo or production" in start({"LUOTSI_MODE": "prod"}, tmp_path).stderr


def test_production_has_no_demonstration_pages(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.urls import get_resolver; "
        "print([str(p.pattern) for p in get_resolver().url_patterns if 'demo' in str(p)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("LUOTSI_")}, **WHOLE,
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", "LUOTSI_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "luotsi.config.settings",
        },
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr


def test_demonstration_keys_are_kept_and_only_ours_to_read(tmp_path: Path) -> None:
    assert start({}, tmp_path).returncode == 0
    keys = sorted((tmp_path / "keys").iterdir())
    assert [key.stat().st_mode & 0o777 for key in keys] == [0o600] * len(NAMES)
    before = [key.read_text() for key in keys]
    assert start({}, tmp_path).returncode == 0
    assert [key.read_text() for key in keys] == before
