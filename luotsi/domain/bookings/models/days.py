"""Days that a decision grants, and which days a family wishes for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id

TRANSPORT = ("", "there", "back", "both")


class DayGrant(models.Model):
    """So many days of a kind (content/granted_days) were granted to a resident by a decision in the matter `subject`.

    `has_transport`: the decision holds the journeys, too. The days that were taken are bookings, whose series is the
    wish that they were given for; nothing is counted twice. `ended_on` is the last day when it ended before its time.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    resident = models.ForeignKey("people.Resident", on_delete=models.PROTECT, related_name="granted_days")
    register = models.TextField()
    subject = models.UUIDField(db_index=True)
    key = models.UUIDField()
    kind = models.TextField()
    days = models.PositiveSmallIntegerField()
    has_transport = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField()
    made_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="days_granted_once", fields=["resident", "key"]),
            models.CheckConstraint(name="grant_has_days", condition=Q(days__gt=0, valid_to__gte=F("valid_from"))),
        ]


class DayWish(models.Model):
    """Days that a family wishes for: from the first to the last, or only these `weekdays` (0 = Monday) of them.

    `place` is a house (a resource) if it must be that one. `answer` is "" until places are shared out; one that was not
    given is looked at again each time until its first day. `why` says what decided: a word of the rule, the day, how
    many places there were and how many wished for them. A stay that was given is the bookings of this series.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    grant = models.ForeignKey(DayGrant, on_delete=models.CASCADE, related_name="wishes")
    key = models.UUIDField()
    offering = models.TextField()
    place = models.ForeignKey("bookings.Resource", on_delete=models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    transport = models.TextField(blank=True)
    made_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    why = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="days_wished_once", fields=["grant", "key"]),
            models.CheckConstraint(name="wish_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="wish_travels_somewhere", condition=Q(transport__in=TRANSPORT)),
            models.CheckConstraint(
                name="wish_is_answered_in_words",
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=("given", "not_given", "withdrawn"), answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["offering", "first_day"], name="wish_open", condition=Q(answer__in=("", "not_given"))),
        ]
