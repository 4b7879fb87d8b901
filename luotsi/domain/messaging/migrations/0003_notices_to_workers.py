"""A notice goes to a resident or to a worker: a manager hears that the week's digest can be read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_notices_to_an_address"),
        ("organisation", "0003_absences"),
        ("people", "0004_emergencies_say_why"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="staff",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.staff",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="resident",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="people.resident"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("resident", None), ("staff", None), _connector="XOR"),
                name="notice_to_a_resident_or_a_worker",
            ),
        ),
    ]
