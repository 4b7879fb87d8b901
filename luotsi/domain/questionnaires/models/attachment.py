"""A file that belongs to a response."""

from django.db import models
from django.db.models import Q

from luotsi.base.ids import new_id
from luotsi.domain.questionnaires.rules.files import ENDINGS, MOST_BYTES


class Attachment(models.Model):
    """A picture or a paper that somebody gave as an answer. `item` is the question; where in the answers it stands, the
    answers say. `name` is cleaned, `kind` its media type as its first bytes say, `digest` SHA-256 of the content, and
    `sealed` the content under the key of the installation, bound to this id. It never changes: it is taken away, or
    goes with its response. What stands in no answer when they are sent goes then.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    response = models.ForeignKey("questionnaires.Response", on_delete=models.CASCADE, related_name="attachments")
    item = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    size = models.PositiveIntegerField()
    digest = models.BinaryField()
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="attachment_of_a_known_kind", condition=Q(kind__in=tuple(ENDINGS))),
            models.CheckConstraint(name="attachment_of_a_fitting_size", condition=Q(size__gte=1, size__lte=MOST_BYTES)),
        ]
