import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("bookings", "0009_times_in_another_calendar")]
    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="group",
                        serialize=False,
                        to="bookings.plan",
                    ),
                ),
                ("offering", models.TextField()),
                ("name", models.TextField(blank=True)),
                ("fewest", models.PositiveSmallIntegerField(default=1)),
                ("decide_by", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancel_reason", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        F("decide_by"),
                        condition=Q(decided_at=None, cancelled_at=None, ended_at=None),
                        name="group_undecided",
                    ),
                    models.Index(
                        fields=["offering"], condition=Q(cancelled_at=None, ended_at=None), name="group_standing"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(fewest__gt=0), name="group_needs_somebody"),
                    models.CheckConstraint(
                        condition=Q(("cancelled_at", None)) ^ ~Q(cancel_reason=""),
                        name="group_called_off_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=Q(cancelled_at=None) | Q(ended_at=None), name="group_is_held_or_called_off"
                    ),
                ],
            },
        ),
    ]
