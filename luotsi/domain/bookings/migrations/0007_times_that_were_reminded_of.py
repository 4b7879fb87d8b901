"""A booked time knows when its resident was reminded of it, so that they are reminded once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0006_heads_without_names")]
    operations = [
        migrations.AddField(model_name="booking", name="reminded_at", field=models.DateTimeField(null=True)),
    ]
