"""What times are made from: rooms and things, recurring plans, and what differs from them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id

# Beds and day places are those of a house or a group together: each of its times says how many there are.
RESOURCE_KINDS = ("room", "equipment", "vehicle", "beds", "day_places")


class Resource(models.Model):
    """A room, a thing or a vehicle that a time needs and that one can use at a time. `active_to` is its last day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="resources")
    kind = models.TextField()
    type = models.TextField(db_default="", blank=True)  # which equipment: an offering's need names it
    name = models.TextField()
    active_from = models.DateField()
    active_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="resource_of_a_kind", condition=Q(kind__in=RESOURCE_KINDS)),
            models.CheckConstraint(
                name="resource_ends_after_it_begins",
                condition=Q(active_to=None) | Q(active_to__gte=F("active_from")),
            ),
            models.UniqueConstraint(
                name="one_resource_of_a_name", fields=["unit", "kind", "name"], condition=Q(active_to=None)
            ),
        ]


class Plan(models.Model):
    """When somebody or something can be booked, again and again: the rule from which slots are made.

    `recurrence` is the RRULE of RFC 5545 without its name; `begins` and `ends` are the clock on the wall in Finland.
    A changed plan is a new row that `replaces` the old one; the old one has ended. `stop` is a key of
    content/vehicle_stops where its times are given on the road, "" elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, null=True, related_name="plans")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="plans")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="plans")
    profession = models.TextField(blank=True)
    offerings = ArrayField(models.TextField(), default=list, blank=True)  # empty: any that the profession gives
    mode = models.TextField(default="visit")
    recurrence = models.TextField()
    begins = models.TimeField()
    ends = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField()
    slot_minutes = models.PositiveSmallIntegerField()
    buffer_minutes = models.PositiveSmallIntegerField(default=0)
    capacity = models.PositiveSmallIntegerField(default=1)
    overbook = models.PositiveSmallIntegerField(default=0)
    resources = models.ManyToManyField(Resource, related_name="+")  # a room or a thing that goes with every time
    stop = models.TextField(db_default="", default="", blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_of_somebody_or_something",
                condition=Q(staff=None, resource__isnull=False) | Q(staff__isnull=False, resource=None),
            ),
            models.CheckConstraint(name="plan_ends_after_it_begins", condition=Q(ends__gt=F("begins"))),
            models.CheckConstraint(name="plan_lasts_a_day", condition=Q(valid_to__gte=F("valid_from"))),
            models.CheckConstraint(name="plan_has_times", condition=Q(slot_minutes__gt=0, capacity__gt=0)),
        ]


class ResourceUse(models.Model):
    """From when to when a room or a thing is in use: for a whole session of a plan, or for one booking.

    The database refuses two uses at once. `booking` is a number without a key, so that this is nobody's data.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="uses", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, related_name="uses")
    booking = models.UUIDField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="use_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="use_for_a_plan_or_a_booking",
                condition=Q(plan=None, booking__isnull=False) | Q(plan__isnull=False, booking=None),
            ),
        ]


class CalendarChange(models.Model):
    """What differs from the plans: somebody is away, a unit is shut, or (`opens`) open on a public holiday.

    Of one worker, of one resource, or of a whole unit. Why somebody is away is nobody's business here: `reason` is a
    word of content/calendar_reasons. One taken back stays, with `ended_at`.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="calendar_changes"
    )
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="changes")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, null=True, related_name="calendar_changes")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opens = models.BooleanField(default=False)
    reason = models.TextField()
    made_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="change_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="change_of_somebody_or_something",
                condition=Q(staff__isnull=False) | Q(resource__isnull=False) | Q(unit__isnull=False),
            ),
        ]
