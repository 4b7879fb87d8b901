"""How many things happened, told to a page that shows nobody."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Count

from luotsi.base.dates import start_of
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.events.models import Event


def subjects_by_kind(kinds: Collection[str], *, units: Collection[str], first: date, last: date) -> dict[str, int]:
    """How many matters each kind of event happened to in these units, both days counted. Numbers of everything that
    happened: the caller checks who asks.
    """
    rows = Event.objects.filter(
        kind__in=kinds, unit__in=units, occurred_at__gte=start_of(first), occurred_at__lt=start_of(last + timedelta(1))
    )
    with as_system():
        return dict(rows.order_by().values_list("kind").annotate(Count("subject", distinct=True)))
