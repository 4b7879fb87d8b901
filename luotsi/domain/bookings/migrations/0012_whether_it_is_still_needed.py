"""Who waits can be asked whether they need the time still, and says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0011_home_visits")]
    operations = [
        migrations.AddField(model_name="waitingentry", name="asked_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="waitingentry", name="needed_at", field=models.DateTimeField(null=True)),
    ]
