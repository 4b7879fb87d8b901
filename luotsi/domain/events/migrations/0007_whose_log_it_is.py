"""Row-level security on the usage log: everybody's looks are written, a resident reads those at their own data only."""

from django.db import migrations

WALL = """
ALTER TABLE events_use ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY written ON events_use FOR INSERT WITH CHECK (true);
CREATE POLICY erased ON events_use FOR DELETE USING (true);
CREATE POLICY shown ON events_use FOR SELECT USING (
    coalesce(current_setting('luotsi.kind', true) IN ('system', 'staff'), false)
    OR resident = ANY (coalesce(nullif(current_setting('luotsi.own', true), ''), '{}')::uuid[])
);
"""
BACK = """
DROP POLICY shown ON events_use;
DROP POLICY erased ON events_use;
DROP POLICY written ON events_use;
ALTER TABLE events_use NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0006_the_role_that_serves")]
    operations = [migrations.RunSQL(WALL, BACK)]
