"""The times of a told story: each declined or cancelled one is found among those that stood then."""

from collections.abc import Iterable
from dataclasses import replace

from luotsi.base.now import local_day
from luotsi.domain.clocks.definitions import ClockStories
from luotsi.domain.clocks.rules.told import ToldEvent


def with_offers_named(events: Iterable[ToldEvent], stories: ClockStories) -> tuple[ToldEvent, ...]:
    """The events in order, every declined or cancelled time with its name. Raises ToldWronglyError."""
    standing: dict[str, None] = {}
    named = []
    for event in events:
        if event.kind in stories.promises:
            _check_promise(event)
            standing[event.text("booking")] = None
        elif event.kind in (*stories.declines, *stories.cancels):
            name = _which(event, standing)
            del standing[name]
            event = replace(event, body={**event.body, "booking": name})
        named.append(event)
    return tuple(named)


def _check_promise(event: ToldEvent) -> None:
    starts_at = event.body["starts_at"]
    if local_day(starts_at) < local_day(event.at):
        raise event.wrong("starts_at", "the time is on a day before it was promised; mend starts_at or at")


def _which(event: ToldEvent, standing: dict[str, None]) -> str:
    name = event.text("booking")
    if name in standing:
        return name
    if name:
        raise event.wrong("booking", f"no time {name!r} stood then; it was not offered before, or had been let go")
    if not standing:
        raise event.wrong("kind", "no time stood then that could be let go; tell first when it was offered or booked")
    if len(standing) > 1:
        raise event.wrong("booking", f"it is missing, and several times stood: say which of {', '.join(standing)}")
    return next(iter(standing))
