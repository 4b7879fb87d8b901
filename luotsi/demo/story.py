"""What the demonstration county tells, as figures at its full size (73,000 residents, 1.4 million visits a year).

Source document 001 (HELLÄ status slides, Kainuu, 14.9.2022): reception work renewed in Sotkamo, Kuhmo and Suomussalmi,
a virtual team in Kajaani; Sotkamo and Suomussalmi without a queue, Kuhmo gathered one over the summer, Kajaani has one.
Oral health: 1,022 waiting in Kajaani, 66 in Kuhmo, nobody elsewhere. The rest is invented to fit around that: the month
in which each unit took the team model into use, and that its queue fell from then on.
"""

from dataclasses import dataclass

RESIDENTS = 73_000
VISITS_A_YEAR = 1_400_000
MONTHS = 18
CAST_WAITING = {"suun-kajaani": 1}  # of those who wait, so many have a name and a story of their own
SLOTS_AHEAD_WEEKS = 6
# Where the team model is used, and for how many months; the virtual team began with it.
MODEL = {"sotkamo": 14.0, "suomussalmi": 11.0, "kuhmo": 9.5, "kajaani-virtuaalitiimi": 48.0}
# Before it: the part cared for on the day of the assessment, and the part assessed a day late.
SAME_DAY_BEFORE, LATE_BEFORE = 0.07, 0.07

# Months before now: how many wait, assessed and without a time. Between the points the line is straight.
Path = tuple[tuple[float, float], ...]
NO_QUEUE: Path = ((18, 0), (0, 0))
# A summer's queue: gathers from June, is gone by October.
SUMMER = ((1, 0), (5.8, 40), (7.2, 800), (8.0, 1_100), (8.9, 500), (9.8, 60), (10.5, 0), (12, 0))


@dataclass(frozen=True)
class Share:
    """One of several, by weight; `ages` from–below."""

    key: str
    weight: float
    ages: tuple[int, int] = (0, 120)


@dataclass(frozen=True)
class UnitStory:
    """How one unit works.

    visits      its part of the county's visits, in weights
    cases       the part of its visits that come of an assessed contact; 0 where matters go stage by stage (social.py)
    unrecorded  first visits without a recorded assessment, as a part of all first visits: what coverage falls short by
    waiting, young_waiting   those assessed without a time (aged 23+, under 23); `summer` adds a summer's queue on top
    same_day    the part of non-urgent needs cared for on the day of the assessment
    lead        working days from the offer to the offered time, on average
    late        the part of contacts assessed a day late
    digital     how much more or less than elsewhere is digital
    all_waiting those assessed and not yet cared for, with a time or without, to be hit exactly
    """

    unit: str
    visits: float
    homes: tuple[str, ...]
    professions: tuple[Share, ...]
    services: tuple[Share, ...]
    register: str = "health"
    kind: str = ""
    case_services: tuple[Share, ...] = ()
    cases: float = 0.0
    unrecorded: float = 0.0
    waiting: Path = NO_QUEUE
    young_waiting: Path = NO_QUEUE
    summer: bool = False
    same_day: float = 0.0
    lead: float = 4.0
    late: float = 0.03
    all_waiting: int | None = None
    assessor: str = "nurse"
    digital: float = 1.0
    min_age: int = 0

    @property
    def has_queue(self) -> bool:
        """Whether anybody waits there now for a time."""
        return self.waiting[-1][1] > 0


_STATION = (Share("nurse", 0.56), Share("doctor", 0.38), Share("physiotherapist", 0.06))
_STATION_CASES = (
    Share("nurse-reception", 0.62),
    Share("doctor-reception", 0.34),
    Share("memory-nurse", 0.12, (68, 120)),
)
_STATION_SERVICES = (
    *(Share("nurse-reception", 0.5, (7, 120)), Share("doctor-reception", 0.35)),
    *(
        Share("child-health-clinic", 1.5, (0, 7)),
        Share("school-health", 1.2, (7, 20)),
        Share("contraception", 0.1, (15, 45)),
    ),
)
_ORAL = (Share("dentist", 0.6), Share("dental-nurse", 0.4))
_ORAL_SERVICES = (
    *(Share("dental-care", 0.8, (18, 120)), Share("childrens-dental-care", 1.0, (0, 18))),
    *(Share("older-oral-check", 0.25, (65, 120)), Share("urgent-dental-care", 0.08)),
)
KAINUU = ("105", "205", "290", "578", "620", "697", "765", "777")


def _station(unit: str, visits: float, home: str, **rest) -> UnitStory:  # type: ignore[no-untyped-def]
    parts = {
        "professions": _STATION,
        "services": _STATION_SERVICES,
        "case_services": _STATION_CASES,
        "kind": "health_need",
    }
    return UnitStory(unit, visits, (home,), **parts | rest)


def _clinic(unit: str, visits: float, homes: tuple[str, ...], **rest) -> UnitStory:  # type: ignore[no-untyped-def]
    parts = {"professions": _ORAL, "services": _ORAL_SERVICES, "case_services": _ORAL_SERVICES, "kind": "oral_need"}
    return UnitStory(unit, visits, homes, assessor="dental-nurse", **parts | rest)


_PHYSIO, _MENTAL = (Share("physiotherapist", 1.0),), (Share("psychiatric-nurse", 0.8), Share("doctor", 0.2))
_MENTAL_SERVICES = (
    *(Share("mental-health", 0.75, (18, 120)), Share("youth-mental-health", 1.0, (13, 23))),
    Share("substance-services", 0.2, (18, 120)),
)

# The team model's units first, then the others, then oral health, then what serves the whole county.
UNITS: tuple[UnitStory, ...] = (
    _station("sotkamo", 11.0, "765", cases=0.27, unrecorded=0.08, same_day=0.34, lead=2.0, late=0.015,
             digital=1.15, waiting=((18, 1_300), (14, 1_500), (12.5, 450), (11, 0), (0, 0)),
             young_waiting=((18, 150), (14, 160), (12, 0), (0, 0))),
    _station("suomussalmi", 9.0, "777", cases=0.25, unrecorded=0.11, same_day=0.28, lead=2.6, late=0.02,
             waiting=((18, 900), (11, 1_100), (9.5, 350), (8, 0), (0, 0)),
             young_waiting=((18, 100), (11, 120), (9, 0), (0, 0))),
    _station("kuhmo", 9.0, "290", cases=0.22, unrecorded=0.16, same_day=0.24, lead=2.8, summer=True,
             digital=1.05, waiting=((18, 500), (9.5, 650), (8.7, 150), (8.2, 0), (0, 0)),
             young_waiting=((18, 70), (9.5, 80), (8.4, 0), (0, 0))),
    _station(
        "kajaani-virtuaalitiimi", 8.0, "205", cases=0.28, unrecorded=0.12, same_day=0.3, lead=2.4, late=0.02,
        digital=1.45,
        case_services=(Share("remote-reception", 1.0),), services=(Share("remote-reception", 1.0),),
    ),
    _station(
        "kajaani-hva", 27.0, "205", cases=0.13, unrecorded=0.34, same_day=0.06, lead=5.5, late=0.08,
        waiting=((18, 2_300), (12, 2_700), (5, 2_500), (0, 2_650)), young_waiting=((18, 330), (8, 300), (0, 310)),
    ),
    _station("paltamo", 3.5, "578", cases=0.13, unrecorded=0.28, same_day=0.12, lead=4.5,
             waiting=((18, 60), (9, 90), (0, 70)), young_waiting=((18, 6), (0, 5)), digital=0.85),
    _station("ristijarvi", 1.6, "697", cases=0.12, unrecorded=0.38, same_day=0.14, lead=4.5,
             waiting=((18, 18), (0, 12)), digital=0.75),
    _station("hyrynsalmi", 2.4, "105", cases=0.14, unrecorded=0.26, same_day=0.16, lead=4.0,
             waiting=((18, 40), (0, 25)), digital=0.8),
    _station("puolanka", 2.6, "620", cases=0.10, unrecorded=0.45, same_day=0.1, lead=5.0,
             waiting=((18, 60), (8, 95), (0, 80)), young_waiting=((18, 7), (0, 8)), digital=0.7),
    _clinic("suun-kajaani", 5.0, ("205", "578", "697"), cases=0.075, unrecorded=0.22, same_day=0.02, lead=8.0,
            late=0.05, waiting=((18, 2_900), (14, 2_600), (9, 1_950), (4, 1_250), (0, 902)),
            young_waiting=((18, 400), (9, 260), (0, 120)), all_waiting=1_022),
    _clinic("suun-kuhmo", 1.3, ("290",), cases=0.09, unrecorded=0.18, same_day=0.04, lead=7.0,
            waiting=((18, 190), (8, 110), (0, 57)), young_waiting=((18, 25), (0, 9)), all_waiting=66),
    _clinic("suun-sotkamo", 1.6, ("765",), cases=0.10, unrecorded=0.1, same_day=0.82, lead=1.0),
    _clinic("suun-suomussalmi", 1.3, ("777", "105", "620"), cases=0.10, unrecorded=0.12, same_day=0.8, lead=1.0),
    UnitStory("fysioterapia", 6.0, KAINUU, _PHYSIO,
              (Share("physiotherapy", 0.7), Share("home-rehabilitation", 0.2), Share("assistive-devices", 0.1)),
              kind="physio_direct", case_services=(Share("physiotherapy", 1.0),), cases=0.2, unrecorded=0.2,
              same_day=0.05, lead=5.0, waiting=((18, 260), (10, 320), (0, 180)), young_waiting=((18, 20), (0, 12)),
              assessor="physiotherapist", min_age=16),
    UnitStory("mielenterveys", 7.0, KAINUU, _MENTAL, _MENTAL_SERVICES, kind="mental_need",
              assessor="psychiatric-nurse", case_services=_MENTAL_SERVICES, cases=0.14, unrecorded=0.25,
              same_day=0.04, lead=6.0, waiting=((18, 420), (9, 520), (0, 470)),
              young_waiting=((18, 90), (0, 70)), late=0.05, min_age=13),
    UnitStory("perhekeskus", 4.5, KAINUU, (Share("social-worker", 1.0),),
              (Share("family-centre", 0.5), Share("family-counselling", 0.3), Share("school-social-worker", 0.2)),
              register="social", kind="family_need", assessor="social-worker"),
    UnitStory("lastensuojelu", 0.6, KAINUU, (Share("child-welfare-worker", 1.0),), (Share("child-welfare", 1.0),),
              register="child_welfare", kind="child_welfare", assessor="child-welfare-worker"),
    UnitStory("aikuissosiaalityo", 2.0, KAINUU, (Share("social-worker", 1.0),),
              (Share("adult-social-work", 0.7), Share("financial-counselling", 0.3)), register="social",
              kind="adult_social_work", assessor="social-worker", min_age=18),
    UnitStory("asiakasohjaus", 1.2, KAINUU, (Share("service-adviser", 1.0),),
              (Share("guidance-desk", 0.4), Share("older-people-guidance", 0.6, (65, 120))), register="social",
              kind="guidance", assessor="service-adviser", min_age=18),
)  # fmt: skip

# What an assessment decides, how contacts arrive, and what goes otherwise than planned.
URGENT, ADVICE = 0.08, 0.17
WITHDRAWN, MOVED = 0.02, 0.006
DECLINED, CANCELLED_BY_RESIDENT, CANCELLED_BY_PROVIDER = 0.04, 0.035, 0.015
DIGITAL_FIRST, DIGITAL_LAST, WALK_IN = 0.26, 0.47, 0.07
REMOTE_FIRST, REMOTE_LAST = 0.04, 0.13
OUTSIDE_HOURS = 0.22  # of digital contacts on a working day
BOOKED_FOLLOW_UPS = 0.45
CLOSED_AT_ONCE = 0.8

WEEKDAYS = (1.18, 1.06, 1.0, 0.98, 0.78, 0.07, 0.06)  # Monday to Sunday; a holiday is like a Sunday
SEASON = (1.08, 1.06, 1.05, 1.0, 0.98, 0.84, 0.6, 0.9, 1.04, 1.06, 1.08, 0.86)  # January to December

# Age groups of Kainuu with their weights; nobody is born during the story.
AGES = ((2, 7, 4.4), (7, 18, 11.5), (18, 23, 4.9), (23, 40, 16.0), (40, 65, 33.0), (65, 80, 21.7), (80, 97, 8.5))
# How often one is in touch, by the same groups.
NEED = (1.3, 0.7, 0.9, 0.8, 0.9, 1.4, 1.9)
LANGUAGES = (("fi", 0.978), ("sv", 0.004), ("en", 0.018))
