"""Sessions that say whose they are, and the owners of passkeys. Django's own table of sessions goes: all sign in anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("luotsi_config", "0001_allowance")]
    # Their tables point at the account, and they ask only for this app's first migration.
    run_before = [("account", "0001_initial"), ("socialaccount", "0001_initial"), ("mfa", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[("id", models.UUIDField(primary_key=True, serialize=False))],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("kind", models.TextField(default="")),
                ("person", models.UUIDField(null=True)),
                ("way", models.TextField(default="")),
                ("subject", models.TextField(default="")),
                ("sid", models.TextField(default="")),
                ("began_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(name="session_by_sid", fields=["way", "sid"], condition=~models.Q(sid="")),
                    models.Index(name="session_by_subject", fields=["way", "subject"], condition=~models.Q(subject="")),
                ]
            },
        ),
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
