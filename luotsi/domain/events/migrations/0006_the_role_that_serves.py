"""The database role in which pages run: luotsi_app owns no table, is no superuser and passes no row-level security.

It may read and write the tables that are there and those that come, but changes nothing that happened: events and the
usage log take new rows only, and of a row of the log it gives neither number, time nor transaction.
"""

from django.core.management import CommandError
from django.db import DatabaseError, migrations, transaction

ROLE = "luotsi_app"

GRANTS = """
GRANT USAGE ON SCHEMA public TO luotsi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO luotsi_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO luotsi_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO luotsi_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO luotsi_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO luotsi_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO luotsi_app;

REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM luotsi_app;
REVOKE UPDATE, DELETE, TRUNCATE ON events_event, events_use, events_seal FROM luotsi_app;
REVOKE INSERT ON events_use FROM luotsi_app;
GRANT INSERT (log, outcome, actor_kind, actor_id, actor_role, actor_units, acting_for, resident, what, subject,
              register, action, ground, recipient, request, address) ON events_use TO luotsi_app;
"""
BACK = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM luotsi_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM luotsi_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON FUNCTIONS FROM luotsi_app;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM luotsi_app;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM luotsi_app;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM luotsi_app;
REVOKE ALL ON SCHEMA public FROM luotsi_app;
"""


def make_role(apps, schema_editor):
    """The role belongs to the whole server: it is made once, and another database's migration may be making it now."""
    connection = schema_editor.connection
    with connection.cursor() as sql:
        sql.execute("SELECT count(*), current_user FROM pg_roles WHERE rolname = %s", [ROLE])
        exists, user = sql.fetchone()
        try:
            with transaction.atomic(using=connection.alias):
                if not exists:
                    sql.execute(
                        f"DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS; "
                        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
                    )
                if not _may_become(connection, sql):
                    sql.execute(f"GRANT {ROLE} TO CURRENT_USER")
        except DatabaseError as error:
            make = "" if exists else f"CREATE ROLE {ROLE} NOLOGIN; "
            raise CommandError(
                f"The database user {user} may not {'take on' if exists else 'make'} the role {ROLE}. "
                f'Let an administrator of the server run: {make}GRANT {ROLE} TO "{user}"; and then migrate again.'
            ) from error
        _check_harmless(sql)


def _may_become(connection, sql):
    right = "SET" if connection.pg_version >= 160000 else "MEMBER"
    sql.execute("SELECT pg_has_role(current_user, %s, %s)", [ROLE, right])
    return sql.fetchone()[0]


def _check_harmless(sql):
    """A role of that name which somebody else made may be able to do too much: then nothing would hold it back."""
    sql.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [ROLE])
    if sql.fetchone()[0]:
        raise CommandError(
            f"The role {ROLE} is a superuser or passes row-level security. "
            f"Let an administrator of the server run: ALTER ROLE {ROLE} NOSUPERUSER NOBYPASSRLS;"
        )


class Migration(migrations.Migration):
    dependencies = [("events", "0005_usage_log_keeps")]
    operations = [
        migrations.RunPython(make_role, migrations.RunPython.noop),
        migrations.RunSQL(GRANTS, BACK),
    ]
