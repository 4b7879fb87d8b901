import django.db.models.deletion
from django.db import migrations, models

import luotsi.base.ids

STAFF = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "organisation.staff"}


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_searches_and_intakes"),
        ("organisation", "0004_qualifications"),
    ]
    operations = [
        migrations.CreateModel(
            name="TrayEntry",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("key", models.UUIDField(unique=True)),
                ("draft", models.JSONField()),
                ("shown", models.JSONField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("written_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("remark", models.TextField(blank=True, default="")),
                ("published_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("answered_by", models.ForeignKey(db_index=False, null=True, **STAFF)),
                ("unit", models.ForeignKey(**(STAFF | {"to": "organisation.unit"}))),
                ("written_by", models.ForeignKey(db_index=False, **STAFF)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="what_is_shown_was_published",
                        condition=models.Q(shown=None) | ~models.Q(published_at=None),
                    ),
                    models.CheckConstraint(
                        name="somebody_else_checks_an_entry",
                        condition=models.Q(checked_at=None) | ~models.Q(answered_by=models.F("written_by")),
                    ),
                ],
            },
        ),
    ]
