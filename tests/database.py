"""The tables of the tests are made once from the migrations and kept; each run begins with a copy of them.

They are kept beside the tests' databases under a name that tells the migrations and the installed versions: a migration
that was added or changed is a new name. Django still asks after copying whether a migration is missing.
"""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.db import OperationalError, ProgrammingError, connection

_ROOT = Path(__file__).parents[1]
_PREFIX = "kept_tables_"


def begin_with_kept_tables() -> None:
    """The next test database is copied from the kept one, if there is one."""
    if _name() in _kept():
        connection.settings_dict["TEST"]["TEMPLATE"] = _name()


def keep_tables() -> None:
    """Keep the tables of the test database that was just made; what older migrations made is thrown away."""
    kept = _kept()
    if _name() in kept:
        return
    connection.close()
    # Another run may keep the same ones at this moment, or copy the older ones: then it is done, or is done next time.
    with suppress(OperationalError, ProgrammingError), connection._nodb_cursor() as sql:
        sql.execute(f'CREATE DATABASE "{_name()}" TEMPLATE "{connection.settings_dict["NAME"]}"')
        for older in kept:
            sql.execute(f'DROP DATABASE IF EXISTS "{older}"')


def _kept() -> list[str]:
    with connection._nodb_cursor() as sql:
        sql.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX])
        return [row[0] for row in sql.fetchall()]


def _name() -> str:
    made_by = [*sorted((_ROOT / "luotsi").rglob("migrations/*.py")), _ROOT / "requirements" / "run.txt"]
    told = b"".join(str(path.relative_to(_ROOT)).encode() + path.read_bytes() for path in made_by)
    return _PREFIX + sha256(told).hexdigest()[:16]
