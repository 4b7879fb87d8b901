"""What people answer in the demonstration: feedback of two units over the year, a pulse of the staff, Amira's PHQ-9.

Feedback and pulse carry nobody. The instrument is Amira's, in a matter of hers at the psychiatric nurse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from luotsi.base.dates import is_working_day, start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.demo import cast
from luotsi.domain.cases import actions as cases
from luotsi.domain.events.actions import Dimensions
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.definitions import units
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.queries import feedback

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000005")
ESA, RIITTA, PILVI = (cast.MEMBERS[key].as_who() for key in ("esa", "riitta", "pilvi"))
AMIRA = cast.AMIRA.as_who()
# Her five rounds of PHQ-9: days ago, and the nine answers. The last has a sign of danger in the ninth.
PHQ9 = ((118, "333222220"), (88, "332222110"), (59, "222121110"), (31, "211111110"), (1, "211111111"))
_GOOD = (
    "Minua kuunneltiin ja sain selkeät ohjeet.",
    "Hoitaja soitti takaisin samana päivänä.",
    "Pääsin ajallaan ja asia hoitui kerralla.",
    "Ystävällinen vastaanotto, kiitos.",
    "Sain saman hoitajan kuin viimeksi.",
)
_BETTER = (
    "Puhelinjono oli aamulla pitkä.",
    "Odotustila on vetoinen.",
    "Olisin halunnut tietää, kuka minulle soittaa.",
    "Ajan siirtäminen verkossa oli hankalaa.",
    "Jatkohoidosta jäi epäselvä olo.",
)


@dataclass(frozen=True)
class Place:
    """A unit where people give feedback on a device, how many a week, and how content they are."""

    unit: str
    name: str
    by: Who
    weekly: float
    content: float


PLACES = (
    Place("sotkamo", "Sotkamon terveysaseman aula", ESA, weekly=4.0, content=0.78),
    Place("kuhmo", "Kuhmon terveysaseman aula", RIITTA, weekly=2.2, content=0.66),
)


def begin(*, at: datetime) -> None:
    """Needs units, staff and the registered cast."""
    chance = Random(46)  # noqa: S311 (a story, not a secret)
    for place in PLACES:
        _feedback(place, chance, at)
    _answered_publicly(at)
    _pulse(chance, at)
    _series(at)
    _pulse_now(chance, at)


def _feedback(place: Place, chance: Random, at: datetime) -> None:
    today = local_day(at)
    first = today.replace(year=today.year - 1, day=1)
    kiosk = questionnaires.open_collection(
        questionnaire="feedback_reception", name=place.name, mode="kiosk", key=_key(f"kiosk {place.unit}"),
        unit=place.unit, by=place.by, at=start_of(first),
    )  # fmt: skip
    days = [day for day in _days(first, today) if is_working_day(day) and day < today]
    said = [(day, _answer(place, chance)) for day in days for _ in range(_count(place.weekly / 5, chance))]
    questionnaires.load_anonymous(collection=kiosk.id, given=said)


def _answer(place: Place, chance: Random) -> dict[str, Any]:
    def step() -> str:
        return str(min(4, max(0, round(chance.gauss(4 * place.content, 1.0)))))

    answer: dict[str, Any] = {"recommend": min(10, max(0, round(chance.gauss(10.5 * place.content, 1.8))))}
    answer |= {"heard": step(), "help": step(), "next": step()}
    answer["wait"] = chance.choices(("not", "short", "long", "no_time"), (6, 3, 1, 2))[0]
    if chance.random() < 0.16:
        answer |= {"good": chance.choice(_GOOD), "quotable": chance.choice(("yes", "yes", "no"))}
    if chance.random() < 0.12:
        answer |= {"better": chance.choice(_BETTER), "quotable": chance.choice(("yes", "yes", "no"))}
    return answer


def _answered_publicly(at: datetime) -> None:
    """Esa has answered the newest words that may be shown."""
    said = feedback.said_in("sotkamo", viewer=ESA, at=at)
    first = next(one for one in said if one.may_reply)
    questionnaires.reply(
        text="Kiitos palautteesta. Olemme käyneet sen läpi tiimin aamukatsauksessa.", language="fi",
        key=_key("reply"), response=first.response, by=ESA, at=at - timedelta(hours=3),
    )  # fmt: skip


def _pulse(chance: Random, at: datetime) -> None:
    """Two rounds of the health stations' pulse that have ended."""
    stations = [one.key for one in units().values() if one.area == "reception"]
    members = organisation.members_of(stations, on=local_day(at))
    for number, days_ago in enumerate((150, 60)):
        opened = at - timedelta(days=days_ago)
        round_ = questionnaires.open_collection(
            questionnaire="staff_pulse", name=f"Terveysasemien pulssi {local_day(opened):%-m/%Y}", mode="invited",
            key=_key(f"pulse {number}"), by=RIITTA, at=opened, closes_at=opened + timedelta(days=14),
        )  # fmt: skip
        asked = [
            questionnaires.invite(
                questionnaire="staff_pulse", key=uuid5(round_.id, str(one.id)), collection=round_.id, staff=one.id,
                unit=one.unit, by=RIITTA, at=opened,
            ).id
            for one in members
        ]  # fmt: skip
        answered = asked[: max(5, round(len(asked) * (0.7, 0.85)[number]))]
        days = [local_day(opened) + timedelta(days=chance.randrange(1, 12)) for _ in answered]
        given = [(day, _feelings(chance, 2.3 + 0.5 * number)) for day in days]
        questionnaires.load_anonymous(collection=round_.id, given=given, by_invited=answered)


def _pulse_now(chance: Random, at: datetime) -> None:
    """A round that is open: it waits for everybody of the cast, and half of the others have answered."""
    opened = start_of(local_day(at) - timedelta(days=4)) + timedelta(hours=9)
    stations = [one.key for one in units().values() if one.area == "reception"]
    members = organisation.members_of(stations, on=local_day(at))
    round_ = questionnaires.open_collection(
        questionnaire="staff_pulse", name=f"Terveysasemien pulssi {local_day(opened):%-m/%Y}", mode="invited",
        key=_key("pulse now"), by=RIITTA, at=opened, closes_at=opened + timedelta(days=14),
    )  # fmt: skip
    asked = {
        one.id: questionnaires.invite(
            questionnaire="staff_pulse", key=uuid5(round_.id, str(one.id)), collection=round_.id, staff=one.id,
            unit=one.unit, by=RIITTA, at=opened,
        ).id
        for one in members
    }  # fmt: skip
    of_the_cast = {member.id for member in cast.WORKERS}
    others = [invitation for staff, invitation in asked.items() if staff not in of_the_cast]
    answered = others[: len(others) // 2]
    given = [(local_day(opened) + timedelta(days=1), _feelings(chance, 2.6)) for _ in answered]
    questionnaires.load_anonymous(collection=round_.id, given=given, by_invited=answered)


def _feelings(chance: Random, mean: float) -> dict[str, Any]:
    keys = ("doable", "supported", "say", "sense", "recover")
    return {key: str(min(4, max(0, round(chance.gauss(mean, 0.8))))) for key in keys}


def _series(at: datetime) -> None:
    """Amira and the psychiatric nurse: a matter, and her mood month by month."""
    began = start_of(local_day(at) - timedelta(days=PHQ9[0][0] + 2)) + timedelta(hours=10)
    case = cases.receive(
        resident=cast.AMIRA.id, kind="mental_need", service="mental-health", unit="mielenterveys", channel="form",
        language=cast.AMIRA.language, key=_key("amira mood"), questionnaire="contact", by=AMIRA, at=began,
        answers={"what": "I feel low and cannot sleep.", "since": "longer", "wish": "any", "phone": "040 000 9000"},
    )  # fmt: skip
    cases.assess(
        case=case.id, outcome="care_needed", note="PHQ-9 seurataan kuukausittain.", key=_key("amira need"), by=PILVI,
        at=began + timedelta(hours=2),
    )  # fmt: skip
    cases.record_visit(case=case.id, note="Ensikäynti: hoitosuunnitelma tehty.", by=PILVI, at=began + timedelta(days=6))
    for days_ago, points in PHQ9:
        questionnaires.complete(
            questionnaire="phq9", answers={f"phq{number}": point for number, point in enumerate(points, 1)},
            resident=cast.AMIRA.id, language=cast.AMIRA.language, by=AMIRA, subject=case.id,
            at=start_of(local_day(at) - timedelta(days=days_ago)) + timedelta(hours=18),
            where=Dimensions(
                register=case.register, unit=case.unit_id, case_kind=case.kind, channel="form", service=case.service,
                municipality=cast.AMIRA.municipality, language=cast.AMIRA.language,
            ),
        )  # fmt: skip


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _count(mean: float, chance: Random) -> int:
    return int(mean) + (chance.random() < mean % 1)


def _key(name: str) -> UUID:
    return uuid5(_SPACE, name)
