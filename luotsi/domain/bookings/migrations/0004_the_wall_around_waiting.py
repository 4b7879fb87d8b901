"""Two uses of a room at once are refused; and the second wall, as in cases 0005, around those who wait for a time.

An exclusion constraint over ranges needs no extension: a resource is the range of one number, its hash.
"""

from django.db import migrations

UP = """
ALTER TABLE bookings_resourceuse ADD CONSTRAINT one_use_at_a_time EXCLUDE USING gist (
    int8range(uuid_hash_extended(resource_id, 0), uuid_hash_extended(resource_id, 0), '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&);
ALTER TABLE bookings_waitingentry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY shown ON bookings_waitingentry USING ((SELECT luotsi_is_system())
    OR (resident_id::text) IN (SELECT unnest(luotsi_list('residents'))));
ALTER TABLE bookings_slotoffer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY shown ON bookings_slotoffer USING ((SELECT luotsi_is_system())
    OR EXISTS (SELECT FROM bookings_waitingentry w WHERE w.id = entry_id));
"""
DOWN = """
ALTER TABLE bookings_resourceuse DROP CONSTRAINT one_use_at_a_time;
DROP POLICY shown ON bookings_slotoffer;
ALTER TABLE bookings_slotoffer NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
DROP POLICY shown ON bookings_waitingentry;
ALTER TABLE bookings_waitingentry NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0003_plans_waiting_and_what_becomes_of_a_time"),
        ("cases", "0016_an_ended_thread_stays_for_its_days"),
    ]
    operations = [migrations.RunSQL(UP, DOWN)]
