"""What people answered."""

from django.db import models

from luotsi.base.ids import new_id


class Response(models.Model):
    """One filled questionnaire, with the version it was filled in."""

    id = models.UUIDField(primary_key=True, default=new_id)
    questionnaire = models.TextField()
    version = models.IntegerField()
    resident = models.ForeignKey("people.Resident", null=True, on_delete=models.PROTECT, related_name="responses")
    language = models.TextField(default="fi")
    answers = models.JSONField()
    completed_at = models.DateTimeField()
