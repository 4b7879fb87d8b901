"""Settings fail closed: production does not start where residents' data would not be safe, and says what to mend."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings as demo
from django.db import connection

from luotsi.config import checks
from luotsi.config.checks import SILENT, calm_embedded, of_database, of_settings, warnings, why_not_silent

NAMES = tuple(f"LUOTSI_{name}" for name in checks.KEYS)
KEYS = {name: hashlib.sha256(name.encode()).hexdigest() for name in NAMES}
WHOLE = {
    "LUOTSI_MODE": "production", "LUOTSI_HOSTS": "luotsi.example", "LUOTSI_URL": "https://luotsi.example/",
    "LUOTSI_PROXIES": "1", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", **KEYS,
}  # fmt: skip
SHOW = (
    "import django; django.setup(); from django.conf import settings as s; from django.urls import get_resolver as r; "
    "print(s.DEBUG, s.ALLOWED_HOSTS, s.ALLOW_TEMPORARY_CODES, [str(p) for p in r().url_patterns if 'demo' in str(p)])"
)


def run(*command: str, data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Python with this environment and nothing else of ours in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOTSI_", "DATABASE_"))}
    usual = {"LUOTSI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "luotsi.config.settings"}
    return subprocess.run(
        [sys.executable, *command], env={**kept, **usual, **variables}, capture_output=True, text=True, timeout=60
    )


def start(settings: dict[str, str], data: Path) -> subprocess.CompletedProcess[str]:
    return run("-c", SHOW, data=data, **settings)


def test_a_whole_production_setting_starts_without_debug_or_demonstration(tmp_path: Path) -> None:
    started = start(WHOLE, tmp_path)
    assert started.stdout.strip() == "False ['luotsi.example'] False []", started.stderr
    assert not (tmp_path / "keys").exists(), "production keys are never made up"


@pytest.mark.parametrize("missing", sorted([*KEYS, "DATABASE_URL", "LUOTSI_HOSTS"]))
def test_what_is_missing_is_named(missing: str, tmp_path: Path) -> None:
    started = start({name: value for name, value in WHOLE.items() if name != missing}, tmp_path)
    assert started.returncode != 0
    assert missing in started.stderr.splitlines()[-1]
    assert not (tmp_path / "postgres").exists(), "no embedded server starts in production"


@pytest.mark.parametrize(
    "variable, value, words",
    [
        ("LUOTSI_HOSTS", "*", "LUOTSI_HOSTS"),
        ("LUOTSI_HOSTS", "luotsi.example,*", "LUOTSI_HOSTS"),
        ("LUOTSI_MODE", "prod", "either demo or production"),
        ("LUOTSI_PROXIES", "some", "LUOTSI_PROXIES"),
        ("LUOTSI_PROXIES", "-1", "LUOTSI_PROXIES"),
    ],
)
def test_a_wrong_value_is_told(variable: str, value: str, words: str, tmp_path: Path) -> None:
    started = start({**WHOLE, variable: value}, tmp_path)
    assert started.returncode != 0
    assert words in started.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "mode, said, allowed", [("production", "", "False"), ("production", "yes", "True"), ("demo", "no", "False")]
)
def test_codes_of_nobody_are_let_in_only_when_it_is_said(mode: str, said: str, allowed: str, tmp_path: Path) -> None:
    """The demonstration lets them in by itself: all its people have them."""
    started = start({**WHOLE, "LUOTSI_MODE": mode, "LUOTSI_HETU_ALLOW_TEMPORARY": said} if said else WHOLE, tmp_path)
    assert started.stdout.split("] ")[1].startswith(allowed), started.stderr
    assert demo.ALLOW_TEMPORARY_CODES


def test_demonstration_keys_are_kept_and_only_ours_to_read(tmp_path: Path) -> None:
    given = {"DATABASE_URL": WHOLE["DATABASE_URL"]}
    assert start(given, tmp_path).returncode == 0
    keys = sorted((tmp_path / "keys").iterdir())
    assert [key.stat().st_mode & 0o777 for key in keys] == [0o600] * len(NAMES)
    before = [key.read_text() for key in keys]
    assert start(given, tmp_path).returncode == 0
    assert [key.read_text() for key in keys] == before


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: Any) -> Iterator[psycopg.Cursor]:
    """The tests' PostgreSQL as its superuser, its log kept silent, with logins good and bad."""
    with django_db_blocker.unblock():
        with connection.cursor() as sql:
            assert calm_embedded(sql) == ""
        place = connection.settings_dict
        with psycopg.connect(host=place["HOST"], user=place["USER"], dbname=place["NAME"], autocommit=True) as line:
            for name, made in LOGINS.items():
                line.execute(f'DROP ROLE IF EXISTS "{name}"')
                line.execute(f'CREATE ROLE "{name}" LOGIN {made}')
            for name, setting in LOUD.items():
                line.execute(f'ALTER ROLE "{name}" SET {setting}')
            line.execute('CREATE TABLE hard_own (id int); ALTER TABLE hard_own OWNER TO "hard owner"')
            yield line.cursor()
            line.execute("DROP TABLE hard_own")
            for name in LOGINS:
                line.execute(f'DROP ROLE "{name}"')


LOGINS = {
    "hard good": "IN ROLE luotsi_app",
    "hard super": "SUPERUSER IN ROLE luotsi_app",
    "hard bypass": "BYPASSRLS IN ROLE luotsi_app",
    "hard maker": "CREATEROLE IN ROLE luotsi_app",
    "hard owner": "IN ROLE luotsi_app",
    "hard heir": 'IN ROLE luotsi_app, "hard owner"',
    "hard stranger": "",
    "hard loud": "IN ROLE luotsi_app",
    "hard hasty": "IN ROLE luotsi_app",
}
LOUD = {"hard loud": "log_min_error_statement = 'error'", "hard hasty": "synchronous_commit = off"}
REFUSED = {
    "hard super": ["superuser", "DATABASE_URL", "NOSUPERUSER"],
    "hard bypass": ["row-level security", "NOBYPASSRLS"],
    "hard maker": ["may make roles", "NOCREATEROLE"],
    "hard owner": ["owns the tables", "DATABASE_OWNER_URL"],
    "hard heir": ["owns the tables", "DATABASE_OWNER_URL"],
    "hard stranger": ["GRANT luotsi_app"],
    "hard loud": ["log_min_error_statement = 'panic'"],
    "hard hasty": ["synchronous_commit turned off"],
}


def as_login(name: str) -> dict[str, str]:
    place = connection.settings_dict
    return {
        **WHOLE,
        "DATABASE_URL": f"postgresql://{quote(name)}@/{place['NAME']}?host={quote(place['HOST'], safe='')}",
    }


def check(variables: dict[str, str], data: Path, *command: str) -> tuple[int, list[str]]:
    """What the check at the start says, with the sentences it would refuse with."""
    done = run(*(command or ("-m", "luotsi.config.checks")), data=data, **variables, LUOTSI_AS="web")
    said = [line.removeprefix("luotsi: ") for line in done.stderr.splitlines() if line.startswith("luotsi: ")]
    assert said or not done.returncode, done.stderr
    return done.returncode, said


@pytest.mark.usefixtures("server")
def test_the_good_login_starts_the_pages_and_the_check_is_quiet(tmp_path: Path) -> None:
    assert check(as_login("hard good"), tmp_path) == (0, [])
    assert check(as_login("hard good"), tmp_path, "-c", "import luotsi.config.asgi") == (0, [])


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("login", REFUSED)
def test_a_login_that_may_too_much_or_forgets_is_refused(login: str, tmp_path: Path) -> None:
    code, said = check(as_login(login), tmp_path)
    assert (code, len(said)) == (1, 1), said
    assert all(words in said[0] for words in REFUSED[login])


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    "command", [["-c", "import luotsi.config.asgi"], ["-m", "luotsi.cli", "worker"], ["-m", "luotsi.cli", "serve"]]
)
def test_pages_worker_and_serve_all_refuse(command: list[str], tmp_path: Path) -> None:
    code, said = check(as_login("hard super"), tmp_path, *command)
    assert code == 1
    assert any("superuser" in sentence for sentence in said)


BAD_VARIABLES = {
    "no https": ({"LUOTSI_URL": "http://luotsi.example/"}, ["LUOTSI_URL", "https://"]),
    "another host": ({"LUOTSI_URL": "https://other.example/"}, ["LUOTSI_URL", "LUOTSI_HOSTS"]),
    "subdomains": ({"LUOTSI_HOSTS": "luotsi.example,.example"}, ["LUOTSI_HOSTS", "wildcard"]),
    "short": ({"LUOTSI_IDENTITY_KEY": KEYS["LUOTSI_IDENTITY_KEY"][:62]}, ["LUOTSI_IDENTITY_KEY", "openssl"]),
    "plain": ({"LUOTSI_PSEUDONYM_KEY": "ab" * 32}, ["LUOTSI_PSEUDONYM_KEY", "random"]),
    "twice": ({"LUOTSI_SECRET_KEY": KEYS["LUOTSI_IDENTITY_KEY"]}, ["LUOTSI_IDENTITY_KEY", "LUOTSI_SECRET_KEY", "same"]),
    "nobody there": ({"DATABASE_URL": WHOLE["DATABASE_URL"]}, ["DATABASE_URL", "did not answer"]),
}


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("what", BAD_VARIABLES)
def test_each_unsafe_variable_is_refused_with_its_name_and_mend(what: str, tmp_path: Path) -> None:
    changed, words = BAD_VARIABLES[what]
    code, said = check({**as_login("hard good"), **changed}, tmp_path)
    assert (code, len(said)) == (1, 1), said
    assert all(word in said[0] for word in words)


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    "line, words", [("DEBUG = True", "DEBUG"), ("INSTALLED_APPS = [*INSTALLED_APPS, 'luotsi.demo']", "demonstration")]
)
def test_settings_of_ones_own_are_looked_at_too(line: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(f"from luotsi.config.settings import *\n{line}\n")
    changed = {"DJANGO_SETTINGS_MODULE": "own", "PYTHONPATH": str(tmp_path)}
    code, said = check({**as_login("hard good"), **changed}, tmp_path)
    assert (code, len(said)) == (1, 1), said
    assert words in said[0]


def test_serve_needs_a_proxy_that_speaks_tls(tmp_path: Path) -> None:
    code, said = check({**WHOLE, "LUOTSI_PROXIES": ""}, tmp_path, "-m", "luotsi.cli", "serve")
    assert code == 1
    assert "LUOTSI_PROXIES=1" in said[0]


class _Answers:
    """A cursor whose answers are known: for what a server of the tests cannot be."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)

    def execute(self, *_: Any) -> None:
        return

    def fetchone(self) -> Any:
        return self.answers.pop(0)

    fetchall = fetchone


GOOD_LOGIN = ("luotsi_web", False, False, False, False, False, True)
CALM = list({**checks.DURABLE, **{name: next(iter(calm)) for name, calm in SILENT.items()}}.items())


@pytest.mark.parametrize(
    "host, ssl, said", [("db.example", False, 1), ("db.example", True, 0), ("127.0.0.1", False, 0)]
)
def test_a_line_to_another_machine_is_encrypted(host: str, ssl: bool, said: int) -> None:
    asked = [GOOD_LOGIN, *([(ssl,)] if host == "db.example" else []), CALM]
    assert len(list(of_database(_Answers(*asked), host))) == said


@pytest.mark.parametrize("name", checks.DURABLE)
def test_a_server_that_may_lose_writes_is_refused(name: str) -> None:
    found = list(of_database(_Answers(GOOD_LOGIN, list({**dict(CALM), name: "off"}.items())), ""))
    assert len(found) == 1
    assert name in found[0]


def test_a_login_that_may_make_tables_is_refused() -> None:
    found = list(of_database(_Answers((*GOOD_LOGIN[:5], True, True), CALM), ""))
    assert len(found) == 1
    assert "REVOKE CREATE" in found[0]


def test_the_servers_own_log_stays_silent() -> None:
    loud = {"log_statement": "all", "log_min_duration_statement": "250", "log_error_verbosity": "default"}
    for name, value in loud.items():
        assert f"ALTER SYSTEM SET {name}" in why_not_silent({name: value})
    assert why_not_silent(dict(CALM)) == ""


def test_what_is_unwise_is_a_warning(settings: Any, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    settings.DATA, settings.ALLOW_TEMPORARY_CODES = tmp_path, False
    settings.EMAIL_HOST, settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = "mail.example", True, False
    assert list(warnings(settings)) == []
    settings.EMAIL_USE_SSL, settings.ALLOW_TEMPORARY_CODES = False, True
    tmp_path.chmod(0o755)
    assert [said.split()[0] for said in warnings(settings)] == [
        "LUOTSI_MAIL", "LUOTSI_HETU_ALLOW_TEMPORARY", "LUOTSI_DATA",
    ]  # fmt: skip
    settings.EMAIL_HOST = ""
    assert "reach nobody" in next(warnings(settings))


def test_the_demonstrations_own_settings_would_all_be_refused() -> None:
    said = " ".join(of_settings(demo))
    assert all(word in said for word in ("LUOTSI_URL", "demonstration"))
