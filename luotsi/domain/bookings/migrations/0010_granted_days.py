"""Days that a decision grants and which ones a family wishes for, behind the second wall as in 0004."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import luotsi.base.ids

UP = """
ALTER TABLE bookings_daygrant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY shown ON bookings_daygrant USING ((SELECT luotsi_is_system())
    OR (resident_id::text) IN (SELECT unnest(luotsi_list('residents'))));
ALTER TABLE bookings_daywish ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY shown ON bookings_daywish USING ((SELECT luotsi_is_system())
    OR EXISTS (SELECT FROM bookings_daygrant g WHERE g.id = grant_id));
"""
DOWN = """
DROP POLICY shown ON bookings_daywish;
ALTER TABLE bookings_daywish NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
DROP POLICY shown ON bookings_daygrant;
ALTER TABLE bookings_daygrant NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""
KINDS = ("room", "equipment", "vehicle", "beds", "day_places")
_PROTECT = django.db.models.deletion.PROTECT
_WORKER = {"db_index": False, "null": True, "on_delete": _PROTECT, "related_name": "+", "to": "organisation.staff"}


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0010_groups"),
        ("organisation", "0003_absences"),
        ("people", "0005_a_birth_date_that_is_not_known"),
    ]
    operations = [
        migrations.RemoveConstraint(model_name="resource", name="resource_of_a_kind"),
        migrations.AddConstraint(
            model_name="resource",
            constraint=models.CheckConstraint(name="resource_of_a_kind", condition=Q(kind__in=KINDS)),
        ),
        migrations.CreateModel(
            name="DayGrant",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("register", models.TextField()),
                ("subject", models.UUIDField(db_index=True)),
                ("key", models.UUIDField()),
                ("kind", models.TextField()),
                ("days", models.PositiveSmallIntegerField()),
                ("has_transport", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                ("made_by", models.ForeignKey(**_WORKER)),
                (
                    "resident",
                    models.ForeignKey(on_delete=_PROTECT, related_name="granted_days", to="people.resident"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("resident", "key"), name="days_granted_once"),
                    models.CheckConstraint(
                        condition=Q(("days__gt", 0), ("valid_to__gte", F("valid_from"))), name="grant_has_days"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayWish",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                ("offering", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("transport", models.TextField(blank=True)),
                ("entered_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("why", models.JSONField(default=dict)),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wishes", to="bookings.daygrant"
                    ),
                ),
                ("made_by", models.ForeignKey(**_WORKER)),
                (
                    "place",
                    models.ForeignKey(null=True, on_delete=_PROTECT, related_name="+", to="bookings.resource"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("grant", "key"), name="days_wished_once"),
                    models.CheckConstraint(
                        condition=Q(("last_day__gte", F("first_day"))), name="wish_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=Q(("transport__in", ("", "there", "back", "both"))), name="wish_travels_somewhere"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("answer", ""), ("answered_at", None)),
                            Q(("answer__in", ("given", "not_given", "withdrawn")), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="wish_is_answered_in_words",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=Q(("answer__in", ("", "not_given"))), fields=["offering", "first_day"],
                        name="wish_open",
                    ),
                ],
            },
        ),
        migrations.RunSQL(UP, DOWN),
    ]
