"""A cohort is invited to choose times: the round of invitations, and that somebody was invited by it."""

import django.db.models.deletion
from django.db import migrations, models

import luotsi.base.ids


class Migration(migrations.Migration):
    dependencies = [("bookings", "0014_free_times_anywhere"), ("organisation", "0003_absences")]
    operations = [
        migrations.CreateModel(
            name="Recall",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("cohort", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("closes_on", models.DateField()),
                ("candidates", models.PositiveIntegerField()),
                ("seen", models.PositiveIntegerField(default=0)),
                ("invited", models.PositiveIntegerField(default=0)),
                ("after", models.UUIDField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="organisation.staff",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recalls", to="organisation.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("cohort", "unit"), name="one_recall_at_a_time"
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="waitingentry", name="is_invited", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            model_name="waitingentry",
            name="recall",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="bookings.recall"
            ),
        ),
    ]  # fmt: skip
