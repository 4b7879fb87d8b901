"""What editors do about the things on their desk."""

from django.db import models
from django.db.models import Q

from luotsi.base.ids import new_id


def _staff() -> models.ForeignKey:
    return models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Mending(models.Model):
    """Somebody has taken a thing on the desk, or done what it needed. `about` is words that were searched with, whose
    `subject` is their digest since they themselves are kept no longer than the searches, or a service by its key.

    `lack` is what the service lacked when it was done: with another lack it stands on the desk again, and words do when
    they are searched with on a later day.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    about = models.TextField()
    subject = models.TextField()
    lack = models.TextField(blank=True, default="")
    taken_by = _staff()
    taken_at = models.DateTimeField(null=True)
    done_by = _staff()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_mending_of_a_thing", fields=["about", "subject"]),
            models.CheckConstraint(name="mending_of_a_known_thing", condition=Q(about__in=["words", "service"])),
        ]
