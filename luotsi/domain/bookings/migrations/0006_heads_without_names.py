import django.db.models.deletion
from django.db import migrations, models

import luotsi.base.ids


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0005_slots_have_no_index_twice"),
        ("organisation", "0003_absences"),
    ]
    operations = [
        migrations.CreateModel(
            name="HeadCount",
            fields=[
                (
                    "id",
                    models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False),
                ),
                ("people", models.PositiveSmallIntegerField()),
                ("counted_at", models.DateTimeField()),
                (
                    "counted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.staff",
                    ),
                ),
                (
                    "slot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="heads", to="bookings.slot"
                    ),
                ),
            ],
        ),
    ]
