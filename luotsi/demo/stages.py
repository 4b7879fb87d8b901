"""Matters that are judged stage by stage, told one by one: child welfare, families, adult social work, guidance.

There are hundreds of them where the health stations have tens of thousands, so each is a small object and its clocks
are read by the rules themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from luotsi.demo import stages_story, story
from luotsi.demo.calendars import PROFESSIONS
from luotsi.demo.days import DAY, HOUR, MINUTE, NEVER, Days
from luotsi.demo.matters import CHANNELS, SERVICES
from luotsi.demo.outcomes import Story
from luotsi.demo.stages_story import Judging, Stages
from luotsi.domain.cases.definitions import CaseKind, case_kinds

_LAST = 19 * HOUR  # nobody judges or tells later in the day than this, but the on-call worker's urgency
_GUIDED_DAYS = 5
WAYS = ("phone", "meeting", "letter")  # keys of content/telling_ways


@dataclass(frozen=True)
class Came:
    """A contact. The first of a matter opens it, the others join."""

    at: int
    channel: int  # place in CHANNELS
    sender: str
    told: str


@dataclass(frozen=True)
class Judged:
    """A judgement of a stage, by the matter's own worker."""

    stage: str
    outcome: str
    at: int


@dataclass(frozen=True)
class Informed:
    """Somebody who must be told was told."""

    party: str
    way: str
    at: int


@dataclass(frozen=True)
class Matter:
    """One matter. Moments are seconds of local time; `taken` is when its worker took it, NEVER before that."""

    kind: CaseKind
    unit: int  # place in story.UNITS
    service: int  # place in SERVICES
    resident: int
    seat: int
    came: tuple[Came, ...]
    judged: tuple[Judged, ...] = ()
    informed: tuple[Informed, ...] = ()
    taken: int = int(NEVER)
    closed: int = int(NEVER)
    reason: str = ""
    conditions: dict[str, bool] = field(default_factory=dict)


def tell(rng: np.random.Generator, told: Story) -> list[Matter]:
    """Every such matter of the story as far as it has come, unit by unit in the order of time."""
    return [matter for one in stages_story.EVERY for matter in _of_unit(rng, told, one)]


def _of_unit(rng: np.random.Generator, told: Story, it: Stages) -> Iterator[Matter]:
    days, kind = told.days, case_kinds()[_unit(it).kind]
    place = story.UNITS.index(_unit(it))
    moments = _arrivals(rng, told, it)
    who = _residents(rng, told, it, len(moments))
    profession = np.full(len(moments), PROFESSIONS.index(_unit(it).assessor))
    seats = told.seats.any_of(rng, np.full(len(moments), place), profession)
    for at, resident, seat in zip(moments[: len(who)].tolist(), who.tolist(), seats.tolist(), strict=False):
        came = _came(rng, it, at)
        service = SERVICES.index(_one(rng, it.services))
        conditions = {"special_support_child": True} if rng.random() < it.supported else {}
        opened = Matter(kind, place, service, resident, seat, (came,), conditions=conditions)
        yield _until_now(days, _goes_on(rng, days, it, opened))


def _unit(it: Stages) -> story.UnitStory:
    return next(unit for unit in story.UNITS if unit.unit == it.unit)


def _arrivals(rng: np.random.Generator, told: Story, it: Stages) -> np.ndarray:
    """The moments of the contacts, until now, in order."""
    days = told.days
    month = np.array([day.month for day in days.dates])
    weight = np.where(days.is_working, 1.0, it.weekend) * np.where(month == 7, it.summer, 1.0)
    weight *= 1 + it.grows * (days.grown(np.arange(days.count)) * story.MONTHS / 12)
    weight *= (np.arange(days.count) >= days.start) & (np.arange(days.count) <= days.today)
    count = round(it.yearly * story.MONTHS / 12 * told.scale)
    day = np.repeat(np.arange(days.count), rng.multinomial(count, weight / weight.sum()))
    hour = np.where(days.is_working[day], 8.1 + 7.6 * rng.random(count), 9 + 12 * rng.random(count))
    moments = np.sort(day * DAY + (hour * HOUR).astype(np.int64))
    return moments[moments < days.now - MINUTE]


def _residents(rng: np.random.Generator, told: Story, it: Stages, count: int) -> np.ndarray:
    """Each in one matter of the unit only, of an age that fits all through the story."""
    people, (youngest, oldest) = told.residents, it.ages
    first = people.age_on(np.arange(people.count), np.full(people.count, told.days.start))
    last = people.age_on(np.arange(people.count), np.full(people.count, told.days.today))
    fitting = np.flatnonzero((first >= youngest) & (last < oldest))
    return rng.permutation(fitting)[:count]


def _came(rng: np.random.Generator, it: Stages, at: int) -> Came:
    return Came(at, CHANNELS.index(_one(rng, it.channels)), _one(rng, it.senders), it.told[rng.integers(len(it.told))])


def _goes_on(rng: np.random.Generator, days: Days, it: Stages, matter: Matter) -> Matter:
    """Judge stage after stage until a decision closes the matter."""
    judged: list[Judged] = []
    at = matter.came[0].at
    for judging in it.judging:
        decision = _one(rng, judging.outcomes)
        hurry = bool(judged) and matter.kind.outcome(judged[0].outcome).effect == "alarm"
        at = _moment(rng, days, judging, matter.came[0].at, at, hurry=hurry)
        judged.append(Judged(judging.stage, decision, at))
        if reason := matter.kind.outcome(decision).close_reason:
            done = replace(matter, judged=tuple(judged), closed=at, reason=reason)
            break
    else:
        later = days.working_after(np.int64(at // DAY + 1), int(rng.integers(_GUIDED_DAYS)))
        done = replace(matter, judged=tuple(judged), closed=int(later) * DAY + 9 * HOUR, reason="guided")
    return _joined(rng, days, it, _informed(rng, _taken(done)))


def _taken(matter: Matter) -> Matter:
    """Whoever begins the assessment has the matter from then on."""
    begun = next((one.at for one in matter.judged if one.stage == "start"), None)
    return matter if begun is None or begun + MINUTE >= matter.closed else replace(matter, taken=begun + MINUTE)


def _moment(rng: np.random.Generator, days: Days, judging: Judging, came: int, before: int, *, hurry: bool) -> int:
    """When the stage is judged: the first within two hours, the others on a working day."""
    mean, shape = judging.days
    if not mean:
        return before + int(rng.integers(12, 110)) * MINUTE
    if rng.random() < judging.late:
        later = int(rng.integers(*judging.late_days))
    else:
        later = min(round(rng.gamma(shape, mean / shape)), judging.most)
    first = came if judging.of_contact else before
    day = int(days.working_after(np.int64(first // DAY + (min(later, 1) if hurry and later < 15 else later)), 0))
    moment = day * DAY + int((8.4 + 7 * rng.random()) * HOUR)
    return max(moment, before + 20 * MINUTE)


def _informed(rng: np.random.Generator, matter: Matter) -> Matter:
    """The parties of the kind are told once the assessment is decided on, of an afternoon at the latest."""
    begun = next((one.at for one in matter.judged if one.stage == "start"), None)
    if begun is None:
        return matter
    told = []
    for party in matter.kind.parties:
        at = begun + int(rng.integers(-30, 150)) * MINUTE
        told.append(Informed(party.key, WAYS[rng.integers(len(WAYS))], min(at, _evening(begun))))
    after = matter.judged[0].at + MINUTE
    return replace(matter, informed=tuple(replace(one, at=max(one.at, after)) for one in told))


def _joined(rng: np.random.Generator, days: Days, it: Stages, matter: Matter) -> Matter:
    """Parallel notifications while the assessment goes on: urgency and start are judged for each of them."""
    begun = next((one.at for one in matter.judged if one.outcome == "started"), None)
    if not it.joining or begun is None:
        return matter
    first, last = begun // DAY + 1, matter.closed // DAY - 12
    for _ in range(rng.poisson(it.joining) if last > first else 0):
        at = int(rng.integers(first, last)) * DAY + int((9 + 10 * rng.random()) * HOUR)
        urgency = at + int(rng.integers(12, 110)) * MINUTE
        day = int(days.working_after(np.int64(at // DAY + rng.integers(1, 5)), 0))
        start = day * DAY + int((8.4 + 7 * rng.random()) * HOUR)
        again = (Judged("urgency", "not_urgent", urgency), Judged("start", "joined", start))
        came = replace(_came(rng, it, at), at=at)
        matter = replace(matter, came=(*matter.came, came), judged=(*matter.judged, *again))
    return replace(matter, judged=tuple(sorted(matter.judged, key=lambda one: one.at)))


def _until_now(days: Days, matter: Matter) -> Matter:
    is_closed = matter.closed < days.now
    return replace(
        matter,
        came=tuple(one for one in matter.came if one.at < days.now),
        judged=tuple(one for one in matter.judged if one.at < days.now),
        informed=tuple(one for one in matter.informed if one.at < days.now),
        taken=matter.taken if matter.taken < days.now else int(NEVER),
        closed=matter.closed if is_closed else int(NEVER),
        reason=matter.reason if is_closed else "",
    )


def _evening(moment: int) -> int:
    return max(moment // DAY * DAY + _LAST, moment)


def _one(rng: np.random.Generator, weights: stages_story.Weights) -> str:
    part = np.fromiter(weights.values(), float)
    return list(weights)[int(np.searchsorted(np.cumsum(part / part.sum()), rng.random()))]
