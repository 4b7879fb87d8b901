"""A referral put on hold says until which day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_the_wall_around_the_teams_work")]
    operations = [
        migrations.AddField(model_name="referralentry", name="until_on", field=models.DateField(null=True)),
    ]
