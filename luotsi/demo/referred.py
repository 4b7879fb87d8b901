"""Referrals of the story's months: what health stations sent to physiotherapy and asked of specialised care.

Invented, around the routes of source document 001: a direct way from nurse to physiotherapist, and questions to
colleagues. Fewer come back where the team model is in use. Yearly figures are those of the county at its full size.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from luotsi.demo import story, teams
from luotsi.demo.calendars import PROFESSIONS
from luotsi.demo.days import DAY, HOUR, MINUTE, NEVER, Days
from luotsi.demo.matters import CARE, CARRIED, CHANNELS, SERVICES
from luotsi.demo.outcomes import Story
from luotsi.demo.stages import Came, Judged, Matter
from luotsi.domain.cases.definitions import case_kinds

STATIONS = ("kajaani-hva", "sotkamo", "kuhmo", "suomussalmi")
RECEIVER = -1  # who writes an entry: the receiving unit's worker, or the sender
SENDER = -2


@dataclass(frozen=True)
class Way:
    """A route: so many a year; what is asked, why it comes back (by weight), mean working days to an answer."""

    route: str
    yearly: float
    asks: tuple[str, ...]
    returns: dict[str, float]
    days: float
    notes: tuple[str, ...] = ("",)


PHYSIO = Way(
    "physiotherapy", 1_900,
    ("Polven kipu portaissa, ei lukkoja. Ohjeet ja harjoittelu.", "Alaselän jumi, ei hälytysmerkkejä.",
     "Olkapää ei nouse sivulle. Liikeharjoittelu."),
    {"more_needed": 0.55, "wrong_place": 0.15, "advice_enough": 0.2, "not_reached": 0.1}, 2.2,
)  # fmt: skip
QUESTION = Way(
    "specialist-question", 800,
    ("Ferritiini laskee hoidosta huolimatta. Tarvitaanko tähystys?", "Ihottuma ei rauhoitu voiteella. Koepalako?",
     "Verenpaine 170/95 kolmella lääkkeellä. Mikä seuraavaksi?"),
    {"more_needed": 0.5, "other_specialty": 0.2, "send_referral": 0.3}, 1.2,
    ("Jatka samalla hoidolla, kontrolli kolmen kuukauden päästä.", "Tutki ensin laboratoriokokeet, kysy sitten.",
     "Lääkkeen vaihto on perusteltu, ohje liitteenä."),
)  # fmt: skip
_RETURNED, _RETURNED_WITH_MODEL, _SENT_AGAIN = 0.22, 0.09, 0.7
_LATE, _LATE_DAYS = 0.07, (6, 10)
_READ_FIRST, _WITHDRAWN, _URGENT = 0.4, 0.03, 0.06
_OUTCOMES = {"plan": 0.5, "group": 0.2, "advice": 0.3}


@dataclass(frozen=True)
class Entry:
    """A step of a thread. `by` is RECEIVER or SENDER."""

    step: str
    at: int
    by: int = RECEIVER
    reason: str = ""
    note: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class Sent:
    """A thread. `case` is the sender's place among the matters; `follows` the place of the thread it repeats, or None.

    `seat` is the receiver's, None where no seat of the story answers. `opened` is the receiver's own matter.
    """

    way: Way
    case: int
    at: int
    question: str
    urgency: str
    entries: tuple[Entry, ...]
    seat: int | None
    follows: int | None = None
    opened: Matter | None = None

    @property
    def ended(self) -> int:
        last = self.entries[-1] if self.entries else None
        return last.at if last and last.step in {"returned", "done", "withdrawn"} else int(NEVER)


def tell(rng: np.random.Generator, told: Story) -> list[Sent]:
    """Every thread until now; one that repeats another stands after it."""
    found: list[Sent] = []
    for way in (PHYSIO, QUESTION):
        for case in _cases(rng, told, way):
            first = _thread(rng, told, way, case, int(told.matters.assessed[case]) + int(rng.integers(3, 40)) * MINUTE)
            found.append(first)
            if first.entries and first.entries[-1].step == "returned" and rng.random() < _SENT_AGAIN:
                again = _working(told.days, first.entries[-1].at, 1) + int(rng.integers(0, 6 * 60)) * MINUTE
                if again < told.days.now - HOUR:
                    thread = _thread(rng, told, way, case, again, is_again=True)
                    found.append(replace(thread, follows=len(found) - 1))
    return found


def _cases(rng: np.random.Generator, told: Story, way: Way) -> list[int]:
    """The sender's matters: adults judged to need care, at the stations, each sent by one way."""
    it, units = told.matters, [unit.unit for unit in story.UNITS]
    places = np.array([units.index(one) for one in STATIONS])
    fits = np.isin(it.unit, places) & (it.outcome == CARE) & (it.assessed < told.days.now - 2 * HOUR)
    fits &= (it.channel != CARRIED) & (it.assessed // DAY >= told.days.start) & (it.resident >= 0)
    fits &= (np.arange(it.count) % 2 == 0) if way is PHYSIO else (np.arange(it.count) % 2 == 1)
    fits &= np.minimum(told.closed, told.held) - it.assessed > HOUR
    every = np.flatnonzero(fits)
    count = min(round(way.yearly * story.MONTHS / 12 * told.scale), len(every))
    return sorted(rng.choice(every, count, replace=False).tolist())


def _thread(rng: np.random.Generator, told: Story, way: Way, case: int, at: int, *, is_again: bool = False) -> Sent:
    days = told.days
    later = int(rng.integers(*_LATE_DAYS)) if rng.random() < _LATE else min(round(rng.gamma(2.0, way.days / 2.0)), 3)
    answer = max(_working(days, at, later) + int(rng.integers(0, 7 * 60)) * MINUTE, at + 45 * MINUTE)
    entries = []
    if rng.random() < _READ_FIRST:
        entries.append(Entry("received", at + (answer - at) // 2))
    has_model = bool(teams.in_use(days, told.matters.unit[case : case + 1], np.array([at]))[0])
    lot, returned = rng.random(), 0.0 if is_again else _RETURNED_WITH_MODEL if has_model else _RETURNED
    opened = None
    if lot < returned:
        entries.append(Entry("returned", answer, reason=_one(rng, way.returns)))
    elif lot < returned + _WITHDRAWN and not is_again:
        entries.append(Entry("withdrawn", answer, by=SENDER, note="Asukas perui."))
    else:
        more, opened = _answered(rng, told, way, case, answer)
        entries += more
    urgency = "urgent" if rng.random() < _URGENT and later <= 1 else ""
    seat = opened.seat if opened else _receiver(rng, told) if way is PHYSIO else None
    question = way.asks[rng.integers(len(way.asks))] + (" Röntgen otettu, lisätiedot liitteenä." if is_again else "")
    kept = tuple(one for one in entries if one.at < days.now)
    is_open = opened is not None and opened.came[0].at < days.now
    return Sent(way, case, at, question, urgency, kept, seat, opened=opened if is_open else None)


def _answered(rng: np.random.Generator, told: Story, way: Way, case: int, at: int) -> tuple[list[Entry], Matter | None]:
    """How a thread goes on that did not come back: a colleague's answer is read, a physiotherapist takes it on."""
    if way is QUESTION:
        note = way.notes[rng.integers(len(way.notes))]
        read = _working(told.days, at, 1) + int(rng.integers(0, 5 * 60)) * MINUTE
        answer = Entry("answered", at, note=note, minutes=int(rng.integers(3, 15)))
        return [answer, Entry("done", read, by=SENDER)], None
    outcome, seat = _one(rng, _OUTCOMES), _receiver(rng, told)
    judged = at + int(rng.integers(15, 60)) * MINUTE
    weeks = 0 if outcome == "advice" else int(rng.integers(15, 40))
    closed = max(_working(told.days, at, weeks) + 6 * HOUR + int(rng.integers(0, 90)) * MINUTE, judged + 20 * MINUTE)
    done = closed < told.days.now
    matter = Matter(
        case_kinds()["physio_direct"], next(n for n, u in enumerate(story.UNITS) if u.unit == "fysioterapia"),
        SERVICES.index("physiotherapy"), int(told.matters.resident[case]), seat,
        (Came(at, CHANNELS.index("professional"), "professional", way.asks[0]),),
        (Judged("need", outcome, judged),) if judged < told.days.now else (),
        closed=closed if done else int(NEVER), reason=("advice" if outcome == "advice" else "cared") if done else "",
    )  # fmt: skip
    return [Entry("accepted", at), Entry("done", closed + MINUTE)], matter


def _receiver(rng: np.random.Generator, told: Story) -> int:
    unit = next(number for number, one in enumerate(story.UNITS) if one.unit == "fysioterapia")
    places = np.array([unit]), np.array([PROFESSIONS.index("physiotherapist")])
    return int(told.seats.any_of(rng, *places)[0])


def _working(days: Days, moment: int, count: int) -> int:
    """A quarter past eight of the count-th working day after."""
    return int(days.working_after(np.int64(moment // DAY), count)) * DAY + 8 * HOUR + 15 * MINUTE


def _one(rng: np.random.Generator, weights: dict[str, float]) -> str:
    part = np.fromiter(weights.values(), float)
    return list(weights)[int(np.searchsorted(np.cumsum(part / part.sum()), rng.random()))]


def matters(threads: list[Sent]) -> Iterator[Matter]:
    """The receivers' own matters, in the order of the threads."""
    return (one.opened for one in threads if one.opened)
