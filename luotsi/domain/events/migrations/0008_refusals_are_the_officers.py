"""A resident reads the looks at their own data: what was shown. What was asked for and refused is the officer's to read.

Refused rows name the resident too, so that whoever looks after the log finds by person who tried.
"""

from django.db import migrations

OWN = "resident = ANY (coalesce(nullif(current_setting('luotsi.own', true), ''), '{}')::uuid[])"
WATCHING = "coalesce(current_setting('luotsi.kind', true) IN ('system', 'staff'), false)"


class Migration(migrations.Migration):
    dependencies = [("events", "0007_whose_log_it_is")]
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY shown ON events_use USING ({WATCHING} OR (outcome = 'shown' AND {OWN}));",
            f"ALTER POLICY shown ON events_use USING ({WATCHING} OR {OWN});",
        )
    ]
