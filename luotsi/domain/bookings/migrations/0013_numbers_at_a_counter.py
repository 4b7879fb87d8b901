import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import luotsi.base.ids


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0012_whether_it_is_still_needed"),
        ("organisation", "0003_absences"),
    ]
    operations = [
        migrations.CreateModel(
            name="QueueNumber",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("key", models.UUIDField(unique=True)),
                ("counter", models.TextField()),
                ("day", models.DateField()),
                ("number", models.PositiveSmallIntegerField()),
                ("taken_at", models.DateTimeField()),
                ("called_at", models.DateTimeField(null=True)),
                ("last_called_at", models.DateTimeField(null=True)),
                ("desk", models.TextField(blank=True, db_default="", default="")),
                ("ended_at", models.DateTimeField(null=True)),
                ("how", models.TextField(blank=True, db_default="", default="")),
                (
                    "called_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.staff",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(called_at=None, ended_at=None),
                        fields=["counter", "day", "number"],
                        name="number_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("counter", "day", "number"), name="number_given_once_a_day"),
                    models.CheckConstraint(
                        condition=Q(called_at__gte=F("taken_at")), name="number_is_not_called_before"
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at=None, how="")
                        | Q(ended_at__isnull=False, how__in=["served", "absent", "left"]),
                        name="number_ends_in_words",
                    ),
                ],
            },
        ),
    ]
