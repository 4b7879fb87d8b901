"""The second wall: a thread that has ended is its receiver's for thirty days, as cases/access.py says; after that it is
theirs only where the matter that it opened is theirs. The days are those of content/grounds/referral.yaml, and a test
of the wall asks whether they are the same.
"""

import importlib

from django.db import migrations

wall = importlib.import_module("luotsi.domain.cases.migrations.0005_row_level_security")
earlier = importlib.import_module("luotsi.domain.cases.migrations.0008_the_wall_around_the_teams_work")

RECEIVED = "to_unit_id = ANY ((SELECT luotsi_units())::text[])"
IS_KEPT = (
    "ended_at IS NULL OR ended_at > (SELECT luotsi_at()) - interval '30 days' "
    "OR EXISTS (SELECT FROM cases_case c WHERE c.id = opened_id)"
)
RULE = f"({RECEIVED} AND ({IS_KEPT})) OR {wall.OF_CASE}"


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_the_wall_around_answers")]
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY shown ON cases_referral USING ({wall.SYSTEM} OR {RULE});",
            f"ALTER POLICY shown ON cases_referral USING ({wall.SYSTEM} OR {earlier.RULES['cases_referral']});",
        ),
    ]
