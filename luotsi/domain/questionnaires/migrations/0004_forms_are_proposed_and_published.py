"""A form of the county is proposed by one and published by another; of one key there is one draft and one in force."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_absences"),
        ("questionnaires", "0003_scores_tell_no_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="form",
            name="changed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.staff",
            ),
        ),
        migrations.AddField(
            model_name="form",
            name="proposed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="form",
            name="proposed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.staff",
            ),
        ),
        migrations.AddField(
            model_name="form",
            name="retired_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.staff",
            ),
        ),
        migrations.AddField(
            model_name="form",
            name="retired_why",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)), fields=("key",), name="one_draft_of_a_questionnaire"
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at__isnull", False), ("retired_at", None)),
                fields=("key",),
                name="one_questionnaire_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by", None),
                    models.Q(("published_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="form_is_published_by_another",
            ),
        ),
    ]
