"""Reading as the system itself, for a moment, where nobody looks yet: who signs in, whose identity code this is."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def as_system(*, savepoint: bool = True) -> Iterator[None]:
    """Row-level security lets everything through inside. What is read here is shown to nobody before it is checked.

    Without a `savepoint` it costs two statements less, and after an exception inside nothing more can be asked in the
    transaction around it: for a reading that many pages make.
    """
    with transaction.atomic(savepoint=savepoint), connection.cursor() as sql:
        sql.execute("SELECT current_setting('luotsi.kind', true), set_config('luotsi.kind', 'system', true)")
        before = sql.fetchone()[0] or ""
        yield
        sql.execute("SELECT set_config('luotsi.kind', %s, true)", [before])
