"""What keeps production from starting: settings under which residents' data would not be safe.

Each is one sentence that names the variable and the mend. `python -m luotsi.config.checks` says them all.
"""

import logging
import os
import re
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from luotsi.config.postgres import DURABLE, why_not_durable

log = logging.getLogger("luotsi.checks")
KEYS = ("SECRET_KEY", "IDENTITY_KEY", "PSEUDONYM_KEY", "SEAL_KEY")
_HERE = {"", "localhost", "127.0.0.1", "::1"}
# What PostgreSQL would write into its own log of what residents wrote, and the values that keep it silent, best first.
# An error's own words carry the value that was wrong; Luotsi logs the error itself, without it.
SILENT = {
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_min_messages": ("log", "fatal", "panic"),
    "log_min_error_statement": ("panic", "fatal", "log"),
    "log_parameter_max_length_on_error": ("0",),
    "log_error_verbosity": ("terse",),
}


def why_unsafe() -> list[str]:
    """Why this process may not serve in production; empty when it may, and in the demonstration."""
    from django.conf import settings
    from django.db import Error, connection

    if settings.MODE != "production":
        return []
    for warning in warnings(settings):
        log.warning(warning)
    found = list(of_settings(settings))
    try:
        with connection.cursor() as sql:
            found += of_database(sql, settings.DATABASES["default"]["HOST"])
    except Error as error:
        found.append(
            f"PostgreSQL at DATABASE_URL did not answer ({type(error).__name__}); mend the address or start it"
        )
    finally:
        connection.close()
    return found


def of_settings(settings: Any) -> Iterator[str]:
    """What can be seen without asking anybody."""
    if settings.DEBUG:
        yield "DEBUG is on and would show the insides of an error to anybody; take it out of the settings"
    if not settings.ALLOWED_HOSTS or any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        yield "LUOTSI_HOSTS has a wildcard; name each host: LUOTSI_HOSTS=luotsi.county.example"
    url = urlsplit(settings.PUBLIC_URL)
    if url.scheme != "https" or url.hostname not in settings.ALLOWED_HOSTS:
        yield "LUOTSI_URL is not an https:// address of one of LUOTSI_HOSTS; set LUOTSI_URL=https://luotsi.county.example/"
    if "luotsi.demo" in settings.INSTALLED_APPS:
        yield "the demonstration is installed, where anybody signs in as anybody; take luotsi.demo out of the settings"
    yield from _of_keys({name: getattr(settings, name) for name in KEYS})


def _of_keys(keys: dict[str, str]) -> Iterator[str]:
    for name, value in keys.items():
        if not re.fullmatch(r"[0-9a-fA-F]{64,}", value) or len(set(value.lower())) < 8:
            yield f"LUOTSI_{name} is not 64 random hexadecimal digits; make one: openssl rand -hex 32"
    for number, (name, value) in enumerate(keys.items()):
        for other in list(keys)[:number]:
            if keys[other] == value:
                yield f"LUOTSI_{name} is the same as LUOTSI_{other}; give each a key of its own: openssl rand -hex 32"


def of_database(sql: Any, host: str) -> Iterator[str]:
    """What the pages' login may do beyond its task, what a crash could lose, what the server's own log would keep."""
    sql.execute(_LOGIN)
    login, is_super, bypasses, makes_roles, owns, creates, serves = sql.fetchone()
    mend = f'let an administrator of the server run: ALTER ROLE "{login}"'
    if is_super:
        yield f"DATABASE_URL signs in as the superuser {login}, whom no row-level security holds; {mend} NOSUPERUSER"
    if bypasses:
        yield f"the login {login} of DATABASE_URL passes row-level security; {mend} NOBYPASSRLS"
    if makes_roles:
        yield f"the login {login} of DATABASE_URL may make roles; {mend} NOCREATEROLE"
    if owns:
        yield (
            f"the login {login} of DATABASE_URL owns the tables; give the pages a login of their own in DATABASE_URL, "
            "and put the owner's address into DATABASE_OWNER_URL"
        )
    if creates:
        yield f"the login {login} of DATABASE_URL may make tables; run: REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    if not serves:
        yield f'the login {login} of DATABASE_URL is not in the role of the pages; run: GRANT luotsi_app TO "{login}"'
    if not (host in _HERE or host.startswith("/")) and not _is_encrypted(sql):
        yield f"the line to PostgreSQL at {host} is not encrypted; let it offer TLS and set PGSSLMODE=verify-full"
    sql.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*DURABLE, *SILENT]])
    known = dict(sql.fetchall())
    yield from filter(None, [why_not_durable(known), why_not_silent(known)])


def why_not_silent(settings: dict[str, str]) -> str:
    """What must be mended when the server's log would keep what residents wrote; "" when it would not."""
    loud = [name for name, calm in SILENT.items() if settings.get(name, calm[0]) not in calm]
    mends = " ".join(f"ALTER SYSTEM SET {name} = '{SILENT[name][0]}';" for name in loud)
    return f"PostgreSQL's own log would keep what residents write ({', '.join(loud)}); run: {mends}" if loud else ""


def calm_embedded(sql: Any) -> str:
    """Let the embedded server's log keep nothing of what residents write. Why it cannot be used, or ""."""
    for name in SILENT:
        sql.execute(f"ALTER SYSTEM SET {name} = '{SILENT[name][0]}'")
    sql.execute("SELECT pg_reload_conf()")
    sql.execute("SHOW listen_addresses")
    heard = sql.fetchone()[0]
    return (
        f"the embedded PostgreSQL listens on {heard}, where it asks for no password; set DATABASE_URL" if heard else ""
    )


def warnings(settings: Any) -> Iterator[str]:
    """What is unwise, and may be meant."""
    if not settings.EMAIL_HOST:
        yield "LUOTSI_MAIL is not set: notices are written to a folder and reach nobody"
    elif settings.EMAIL_HOST not in _HERE and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield "LUOTSI_MAIL sends without encryption; use smtps:// or smtp+starttls://"
    if settings.ALLOW_TEMPORARY_CODES:
        yield "LUOTSI_HETU_ALLOW_TEMPORARY lets identity codes of nobody (900-999) in"
    if settings.DATA.exists() and settings.DATA.stat().st_mode & 0o007:
        yield "LUOTSI_DATA can be read by everybody on this machine; run: chmod o-rwx on that folder"


def _is_encrypted(sql: Any) -> bool:
    sql.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    row = sql.fetchone()
    return bool(row and row[0])


_LOGIN = """
SELECT rolname, rolsuper, rolbypassrls, rolcreaterole,
    EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        AND pg_has_role(session_user, relowner, 'MEMBER') AND NOT rolsuper),
    has_schema_privilege(session_user, 'public', 'CREATE') AND NOT rolsuper,
    EXISTS (SELECT FROM pg_roles app WHERE app.rolname = 'luotsi_app' AND pg_has_role(session_user, app.oid, 'MEMBER'))
FROM pg_roles WHERE rolname = session_user
"""


def main() -> int:
    """Say every sentence; 1 when there is one."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    django.setup()
    found = why_unsafe()
    for sentence in found:
        print(f"luotsi: {sentence}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
