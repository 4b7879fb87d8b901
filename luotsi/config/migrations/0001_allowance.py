"""Counts of who asked how often, kept outside the write-ahead log: a crash may forget them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("taken", models.IntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE luotsi_config_allowance SET UNLOGGED", "ALTER TABLE luotsi_config_allowance SET LOGGED"
        ),
    ]
