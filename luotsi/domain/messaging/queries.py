"""Reading what is on its way."""

from dataclasses import dataclass

from luotsi.domain.messaging.models import Notice


@dataclass(frozen=True)
class Outgoing:
    """How the mail goes: waiting notices, those given up, and the newest reason."""

    waiting: int
    given_up: int
    last_error: str


def outgoing() -> Outgoing:
    unsent = Notice.objects.filter(sent_at=None)
    newest = unsent.exclude(last_error="").order_by("-created_at").values_list("last_error", flat=True).first()
    return Outgoing(
        waiting=unsent.filter(next_try_at__isnull=False).count(),
        given_up=unsent.filter(next_try_at=None).count(),
        last_error=newest or "",
    )
