"""Home visits with the wall around them, as in 0004, and the plannings of a day's rounds."""

import django.db.models.deletion
import luotsi.base.ids
from django.db import migrations, models


UP = """
ALTER TABLE bookings_homevisit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY shown ON bookings_homevisit USING ((SELECT luotsi_is_system())
    OR (resident_id::text) IN (SELECT unnest(luotsi_list('residents'))));
"""
DOWN = """
DROP POLICY shown ON bookings_homevisit;
ALTER TABLE bookings_homevisit NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0010_granted_days'),
        ('organisation', '0003_absences'),
        ('people', '0005_a_birth_date_that_is_not_known'),
    ]

    operations = [
        migrations.CreateModel(
            name='HomeVisit',
            fields=[
                ('id', models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='home_visits', to='people.resident')),
                ('key', models.UUIDField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('day', models.DateField()),
                ('offering', models.TextField()),
                ('reason', models.TextField(blank=True)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('earliest', models.TimeField()),
                ('latest', models.TimeField()),
                ('own_worker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.staff')),
                ('is_urgent', models.BooleanField(default=False)),
                ('northing', models.IntegerField(null=True)),
                ('easting', models.IntegerField(null=True)),
                ('series', models.UUIDField(null=True)),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.staff')),
                ('made_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('staff', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.staff')),
                ('starts_at', models.DateTimeField(null=True)),
                ('is_pinned', models.BooleanField(default=False)),
                ('why_left', models.TextField(blank=True)),
                ('booking', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='home_visit', to='bookings.booking')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('cancelled_at', None)), fields=['unit', 'day'], name='home_visit_of_day'), models.Index(condition=models.Q(('cancelled_at', None)), fields=['staff', 'day'], name='home_visit_of_worker')],
                'constraints': [models.UniqueConstraint(fields=('resident', 'key'), name='home_visit_sent_once'), models.CheckConstraint(condition=models.Q(('latest__gte', models.F('earliest'))), name='home_visit_has_a_window'), models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='home_visit_lasts'), models.CheckConstraint(condition=models.Q(models.Q(('staff', None), ('starts_at', None)), models.Q(('staff__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='home_visit_laid_with_somebody'), models.CheckConstraint(condition=models.Q(('is_pinned', False), models.Q(('staff', None), _negated=True), _connector='OR'), name='home_visit_pinned_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('easting', None), ('northing', None)), models.Q(('easting__isnull', False), ('northing__isnull', False)), _connector='OR'), name='home_visit_at_a_point')],
            },
        ),
        migrations.CreateModel(
            name='RoundPlanning',
            fields=[
                ('id', models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('day', models.DateField()),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.staff')),
                ('asked_at', models.DateTimeField()),
                ('began_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('visits', models.PositiveSmallIntegerField(default=0)),
                ('placed', models.PositiveSmallIntegerField(default=0)),
                ('drive_minutes', models.PositiveIntegerField(default=0)),
                ('has_failed', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'day', '-asked_at'], name='planning_of_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('unit', 'day'), name='one_planning_of_a_day_at_a_time'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='planning_is_a_part_of_a_whole')],
            },
        ),
        migrations.RunSQL(UP, DOWN),
    ]
