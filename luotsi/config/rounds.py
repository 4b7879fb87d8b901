"""What the worker does on each round. Every step is safe to run in several workers at once and again after a crash."""

from django.conf import settings

from luotsi import reactions
from luotsi.base.now import now
from luotsi.config import allowance, national, retention, sessions
from luotsi.domain.bookings.actions import clearing, keeping, placing, recalling, reminding, rounding, waiting
from luotsi.domain.cases.actions import groups
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.events import actions as events
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.gateways.delivery.client import DjangoMailer


def once() -> dict[str, int]:
    """Read due clocks, remind whoever was asked to answer, free times that nobody confirmed, decide about groups,
    offer what is free to those who wait, remind of times that are near, react to new events, tell of digests, send
    waiting notices.

    Once a day erase what is past its time. Answers how many clocks, events and notices.
    """
    at = now()
    changed = clocks.tick(at=at)
    questionnaires.remind_due(at=at)
    keeping.let_lapse(at=at)
    groups.tick(at=at)
    clearing.close_served(at=at)
    recalling.tick(at=at)
    waiting.tick(at=at)
    placing.tick(at=at)
    rounding.tick(at=at)
    reminding.remind_due(at=at)
    handled = reactions.react(at=at)
    reactions.send_digests(at=at)
    sent, not_sent = messaging.send_due(mailer=DjangoMailer(), link=settings.PUBLIC_URL, at=at)
    allowance.sweep(at=at)
    sessions.sweep(at=at)
    events.seal(at=at, apart=events.SEALS_APART)
    retention.nightly(at=at)
    national.nightly(at=at)
    return {"clocks": changed, "events": handled, "sent": sent, "not_sent": not_sent}


def refresh_figures() -> None:
    """Bring the columnar facts up to date with the events."""
    from luotsi.analytics import facts

    facts.refresh()
