"""Where answers are gathered, who is invited to answer, and what is answered publicly to what they said."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id

MODES = ("link", "kiosk", "invited")


class Collection(models.Model):
    """Answers to one questionnaire, gathered in one place or round: by a link or its QR code, on a kiosk, or from those
    who are invited. The version is the one in force when it was opened, and stays.

    `subject` is what the answers are about: a group, a round, a pilot. Whoever has the link's token may answer. The
    token is found by a keyed digest; sealed, it can be shown again to whoever hangs the QR code on the wall.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    questionnaire = models.TextField()
    version = models.IntegerField()
    name = models.TextField()
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="collections")
    subject = models.UUIDField(null=True)
    mode = models.TextField()
    audience = models.TextField(db_default="anyone")
    is_anonymous = models.BooleanField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)
    token_digest = models.BinaryField(unique=True)
    token_sealed = models.BinaryField()
    made_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="collection_of_a_known_mode", condition=Q(mode__in=MODES)),
            models.CheckConstraint(
                name="collection_closes_after_it_opens", condition=Q(closes_at=None) | Q(closes_at__gte=F("opens_at"))
            ),
        ]
        indexes = [models.Index(fields=["questionnaire", "opens_at"], name="collection_of_questionnaire")]


class Invitation(models.Model):
    """One resident or worker asked to answer, with the day by which. It is reminded of once.

    To an anonymous collection nothing ties the answer: `response` stays null, and `answered_on` says only the day, so
    that nobody is reminded of what they have done. It is written in another transaction than the answer.
    A resident signs in to answer; a worker, and whoever is invited to an anonymous collection, comes with the token.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    questionnaire = models.TextField()
    collection = models.ForeignKey(Collection, null=True, on_delete=models.PROTECT, related_name="invitations")
    is_anonymous = models.BooleanField(db_default=False)
    resident = models.ForeignKey("people.Resident", null=True, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    register = models.TextField(db_default="none")
    subject = models.UUIDField(null=True)
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    message = models.TextField(blank=True, db_default="")
    token_digest = models.BinaryField(unique=True)
    token_sealed = models.BinaryField()
    made_by = models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    response = models.OneToOneField(
        "questionnaires.Response", null=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_of_a_resident_or_a_worker", condition=Q(resident=None) ^ Q(staff=None)
            ),
            models.CheckConstraint(
                name="anonymous_invitation_knows_no_answer", condition=Q(is_anonymous=False) | Q(response=None)
            ),
            models.CheckConstraint(
                name="invitation_due_after_it_is_sent", condition=Q(due_at=None) | Q(due_at__gt=F("sent_at"))
            ),
            models.UniqueConstraint(
                name="resident_invited_once", fields=["collection", "resident"], condition=Q(withdrawn_at=None)
            ),
            models.UniqueConstraint(
                name="worker_invited_once", fields=["collection", "staff"], condition=Q(withdrawn_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["subject"], name="invitation_subject", condition=Q(subject__isnull=False)),
            models.Index(
                fields=["due_at"],
                name="invitation_to_remind",
                condition=Q(reminded_at=None, answered_on=None, withdrawn_at=None),
            ),
        ]


class Reply(models.Model):
    """What a manager answers publicly to one response or to what a collection gathered. Taken back, it is not shown."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    response = models.ForeignKey("questionnaires.Response", null=True, on_delete=models.CASCADE, related_name="replies")
    collection = models.ForeignKey(Collection, null=True, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    language = models.TextField(default="fi")
    by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reply_to_one_thing", condition=Q(response=None) ^ Q(collection=None)
            ),
        ]  # fmt: skip
