"""Files given as answers, sealed, behind the wall of the response to which they belong. A file never changes."""

import django.db.models.deletion
import luotsi.base.ids
from django.db import migrations, models

WALL = """
ALTER TABLE questionnaires_attachment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY shown ON questionnaires_attachment USING (
    (SELECT coalesce(current_setting('luotsi.kind', true) = 'system', false))
    OR EXISTS (SELECT FROM questionnaires_response r WHERE r.id = response_id));
CREATE TRIGGER file_stands BEFORE UPDATE ON questionnaires_attachment FOR EACH ROW EXECUTE FUNCTION luotsi_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0004_forms_are_proposed_and_published")]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("item", models.TextField()),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("size", models.PositiveIntegerField()),
                ("digest", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="questionnaires.response",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("image/jpeg", "image/png", "application/pdf"))),
                        name="attachment_of_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", 5000000)),
                        name="attachment_of_a_fitting_size",
                    ),
                ],
            },
        ),
        migrations.RunSQL(WALL, "DROP TRIGGER file_stands ON questionnaires_attachment"),
    ]
