"""A worker follows their own times in another calendar, by an address that is found by its digest."""

import django.db.models.deletion
from django.db import migrations, models

import luotsi.base.ids


class Migration(migrations.Migration):
    dependencies = [("bookings", "0008_plans_on_the_road"), ("organisation", "0003_absences")]
    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False),
                ),
                ("digest", models.BinaryField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to="organisation.staff",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("staff",), name="one_feed_of_a_worker"
                    )
                ]
            },
        ),
    ]
