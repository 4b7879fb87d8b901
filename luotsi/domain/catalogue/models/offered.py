"""The catalogue's tables, shaped so that the national service catalogue (PTV, API v11 and v12) maps onto them.

PTV's Service, ServiceChannel (five types), Connection, address and serviceHours are Service, Channel, Connection,
Place and OpeningHours here. What disappears from its source gets `unpublished_at`; nothing is deleted.
Texts are JSON objects by language: {"fi": "…", "sv": "…", "en": "…"}.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id
from luotsi.domain.organisation.models import Unit


def _texts() -> models.JSONField:
    return models.JSONField(default=dict)


def _codes() -> ArrayField:
    return ArrayField(models.TextField(), default=list)


class Published(models.QuerySet["Sourced"]):
    def published(self) -> "Published":
        return self.filter(unpublished_at=None)


class Sourced(models.Model):
    """Comes from a source of truth elsewhere: the shelf, or PTV with its own identifier. `digest` tells a change."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.TextField(unique=True)
    source = models.TextField(default="shelf")
    source_id = models.TextField(default="")
    digest = models.TextField(default="")
    unpublished_at = models.DateTimeField(null=True)

    objects = Published.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.key)


class Service(Sourced):
    """What a resident can get. No municipalities: the whole county. Ages in whole years, inclusive."""

    name = _texts()
    summary = _texts()
    description = _texts()
    user_instruction = _texts()
    next_steps = _texts()
    cost = _texts()
    municipalities = _codes()
    age_from = models.SmallIntegerField(null=True)
    age_to = models.SmallIntegerField(null=True)
    audience = _codes()
    service_class = _codes()
    life_events = _codes()
    words = models.JSONField(default=dict)  # everyday words by language: {"fi": ["…"]}
    provider = _texts()
    changed_on = models.DateField(null=True)  # when its texts were last changed in the source
    case_kind = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
            )
        ]


class ServiceUnit(models.Model):
    """Which unit gives the service to the people of a municipality; "" stands for the whole county."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    municipality = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_unit_once", fields=["service", "municipality", "unit"])]


class Place(Sourced):
    """An address that receives people. Coordinates are ETRS-TM35FIN metres (EPSG:3067), not degrees."""

    name = _texts()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    street = models.TextField(default="")
    postcode = models.TextField(default="")
    post_office = _texts()
    municipality = models.TextField(default="")
    northing = models.FloatField(null=True)
    easting = models.FloatField(null=True)


class Channel(Sourced):
    """A way in. `kind` is PTV's channel type, `way` what the resident does there. No `serves`: the whole county.

    `language` is the one in which alone it answers, "" for any.
    """

    class Kind(models.TextChoices):
        E_CHANNEL = "EChannel"
        WEB_PAGE = "WebPage"
        PRINTABLE_FORM = "PrintableForm"
        PHONE = "Phone"
        SERVICE_LOCATION = "ServiceLocation"

    class Way(models.TextChoices):
        FORM = "form"
        MESSAGE = "message"
        PHONE = "phone"
        BOOK = "book"
        WALK_IN = "walk_in"
        WEB = "web"

    kind = models.TextField(choices=Kind)
    way = models.TextField(choices=Way)
    note = _texts()
    language = models.TextField(default="")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="channels")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    phone = models.TextField(default="")
    url = models.TextField(default="")
    serves = _codes()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="channel_kind_known",
                condition=Q(kind__in=["EChannel", "WebPage", "PrintableForm", "Phone", "ServiceLocation"]),
            ),
            models.CheckConstraint(
                name="channel_way_known", condition=Q(way__in=["form", "message", "phone", "book", "walk_in", "web"])
            ),
        ]


class Connection(models.Model):
    """A service can be reached by a channel; the lowest position is offered first."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="connections")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="connections")
    position = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_connection", fields=["service", "channel"])]


class ServiceCollection(Sourced):
    """Services that belong together under a name."""

    name = _texts()
    description = _texts()
    services = models.ManyToManyField(Service, related_name="collections")


class OpeningHours(models.Model):
    """When a channel answers, in Finnish local time.

    always: round the clock. weekly: each such weekday (0 = Monday) from `opens` to `closes`, past midnight if
    `closes` is not later; public holidays are off unless `on_holidays`. exceptional: instead of the weekly hours from
    `first_day` to `last_day`; closed when no times are given.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="hours")
    kind = models.TextField()
    weekday = models.SmallIntegerField(null=True)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    on_holidays = models.BooleanField(default=False)
    note = _texts()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hours_say_what_they_need",
                condition=Q(kind="always")
                | Q(kind="weekly", weekday__range=(0, 6), opens__isnull=False, closes__isnull=False)
                | Q(kind="exceptional", first_day__isnull=False, last_day__gte=F("first_day")),
            )
        ]


class Intake(models.Model):
    """One taking in of a source. `faults`: what was wrong, as a list; `refused` when nothing was taken in for it."""

    source = models.TextField()
    is_whole = models.BooleanField()
    at = models.DateTimeField()
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unpublished = models.IntegerField(default=0)
    refused = models.BooleanField(default=False)
    faults = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["source", "at"], name="intake_latest")]
