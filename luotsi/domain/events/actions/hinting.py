"""A hint to open pages of a unit that something moved there, where no event of that unit says so."""

from collections.abc import Collection

from django.db import connection


def hint(units: Collection[str]) -> None:
    """Open pages of these units ask again, once the transaction has committed. The hint carries no data."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_notify('luotsi_events', unit) FROM unnest(%s::text[]) AS unit", [sorted(units)])
