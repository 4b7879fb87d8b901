"""What is under way between professions: referrals in every standing, a question, a partner, the guidance desk.

Made by the same actions as a real worker's, at moments of the last days.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from luotsi.base.dates import add_working_days, is_working_day, start_of
from luotsi.base.now import local_day
from luotsi.base.text import Text
from luotsi.base.who import SYSTEM
from luotsi.demo import cast
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.bookings.actions import CONSULTATION
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import directions, referrals
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.people import actions as people

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000002")
NELLI, PETRI, OONA, ELO, KERTTU, TARU = (
    cast.MEMBERS[key].as_who() for key in ("nelli", "petri", "oona", "elo", "kerttu", "taru")
)

# Not one of the cast. Toivo cannot stand here: nobody at Sotkamo may have had anything to do with him.
TARMO = cast.Resident(
    "tarmo", UUID("0d3c0000-0000-4000-8000-000000000112"),
    "Tarmo", "Mallikelpo", date(1969, 10, 12), "-", 993, "765", "fi",
    Text(fi="Työ ei enää suju: selkä, sydän ja jaksaminen ovat selvitettävinä."),
)  # fmt: skip


@dataclass
class Steps:
    """The moments of one thread, an hour apart, none of them ahead of now. `name` makes its keys."""

    name: str
    at: datetime
    now: datetime
    apart: timedelta = timedelta(hours=1)
    count: int = 0

    def told(self, **more: Any) -> dict[str, Any]:
        self.count += 1
        at = min(self.at + self.apart * self.count, self.now - timedelta(minutes=30 - self.count))
        return {"key": uuid5(_SPACE, f"{self.name} {self.count}"), "at": at, **more}


def begin(*, at: datetime) -> None:
    """Needs the cast, its household, and the services of the catalogue."""
    _register_tarmo(at)
    _waits_for_the_physiotherapist(at)
    _came_back_and_was_sent_again(at)
    _a_colleague_answered(at)
    _questions_wait_for_one_time(at)
    _a_partner_asks_back(at)
    if catalogue.has_services():
        guide(at=at)


def guide(*, at: datetime) -> None:
    """What was tried for somebody: one service did not suit, another has given no word yet."""
    told, began = "Olen yksin ja kotityöt kertyvät. En tiedä, kuka auttaisi.", _morning(at, 7)
    case = _writes(cast.AILI, told, "asiakasohjaus", "guidance-desk", began, kind="guidance")
    steps = Steps("guidance", began, at)
    sheet = {"reason": "everyday", "note": "Yksinäisyys ja arjen apu, etsitään yhdessä."}
    cases.assess(case=case, outcome="guided", by=OONA, **steps.told(**sheet))
    why = "Ryhmästä saa seuraa ja liikuntaa lähellä kotia."
    first = directions.direct(case=case, service="wellbeing-groups", why=why, by=OONA, **steps.told())
    directions.tell_result(direction=first.id, result="not_suitable", by=OONA, at=steps.told()["at"])
    help_at_home = "Kotihoito arvioi, millaista apua kotiin tarvitaan."
    directions.direct(case=case, service="home-care", why=help_at_home, by=OONA, **steps.told())
    _an_association_takes_on(case, steps)


def _an_association_takes_on(case: UUID, steps: Steps) -> None:
    """The resident wants a friend who visits: the association says yes, and what came of it is not known yet."""
    people.give_consent(resident=cast.AILI.id, purpose="refer-to-wellbeing", by=cast.AILI.as_who(), at=steps.at)
    question = "Ystävä kylään: Aili kaipaa juttuseuraa, iltapäivät sopivat."
    told = {"case": case, "route": "wellbeing", "to_unit": "kainuun-kumppanit", "question": question, "by": OONA}
    sent = referrals.send(**told, **steps.told())
    referrals.accept(referral=sent.id, note="Soitin, ensimmäinen käynti sovitaan.", by=TARU, **steps.told())


def _register_tarmo(at: datetime) -> None:
    people.register(
        identity_code=TARMO.identity_code, by=SYSTEM, at=at, id=TARMO.id, first_name=TARMO.first_name,
        last_name=TARMO.last_name, municipality=TARMO.municipality, language=TARMO.language,
    )  # fmt: skip


def _waits_for_the_physiotherapist(at: datetime) -> None:
    case, steps = _judged(TARMO, "Selkä on jumissa, istuminen sattuu.", _morning(at, 3), at)
    _send(case, "physiotherapy", "fysioterapia", "Alaselän jumi, ei hälytysmerkkejä. Ohjeet ja harjoittelu.", steps)


def _came_back_and_was_sent_again(at: datetime) -> None:
    case, steps = _judged(cast.AILI, "Lonkka on kipeä, portaat eivät onnistu.", _morning(at, 8), at)
    first = _send(case, "physiotherapy", "fysioterapia", "Lonkan kipu, liikkumisen ohjaus.", steps)
    note = "Onko lonkka kuvattu? Kaatumisia?"
    referrals.return_to_sender(referral=first, reason="more_needed", note=note, by=PETRI, **steps.told())
    more = "Lonkan kipu, liikkumisen ohjaus. Röntgen otettu, nivelrikko. Yksi kaatuminen tammikuussa."
    again = _send(case, "physiotherapy", "fysioterapia", more, steps, follows=first)
    referrals.receive(referral=again, by=PETRI, **steps.told())
    until = add_working_days(local_day(at), 8)
    referrals.hold(referral=again, reason="resident_wishes", until=until, by=PETRI, **steps.told())


def _a_colleague_answered(at: datetime) -> None:
    """A question to the central hospital, with a time at which it was to be read; more such times are free."""
    for days in range(1, 9):
        _consultation_time(at, days)
    case, steps = _judged(cast.AILI, "Ihottuma leviää käsivarsiin.", _morning(at, 5), at)
    question = "Leviävä rengasmainen ihottuma, terbinafiini 3 viikkoa ilman vastetta. Tarvitaanko koepala?"
    asked = _send(case, "specialist-question", "keskussairaala", question, steps)
    note = "Ota koepala reunasta ja sieniviljely ennen lääkkeen vaihtoa. Jatka paikallishoitoa."
    referrals.answer(referral=asked, note=note, minutes=8, by=ELO, **steps.told())


def _questions_wait_for_one_time(at: datetime) -> None:
    """Two questions that the specialist answers one after another at the next consultation time."""
    asked = (
        (TARMO, "Sydän muljahtelee iltaisin.", "Lisälyöntejä, EKG siisti. Tarvitaanko Holter?", "Betasalpaaja?"),
        (cast.AILI, "Hengästyn portaissa.", "proBNP 420, ei turvotusta. Riittääkö seuranta?", ""),
    )
    for days, (member, told, question, short) in enumerate(asked, 2):
        case, steps = _judged(member, told, _morning(at, days), at)
        thread = _send(case, "specialist-question", "keskussairaala", question, steps)
        slot = uuid5(_SPACE, "time 1")
        referrals.choose_time(referral=thread, slot=slot, questions=short, by=NELLI, **steps.told())


def _a_partner_asks_back(at: datetime) -> None:
    case, steps = _judged(TARMO, "En jaksa enää kokopäiväistä työtä.", _morning(at, 6), at)
    oneself = TARMO.as_who()
    people.give_consent(resident=TARMO.id, purpose="refer-to-kela", by=oneself, at=steps.at)
    question = "Ammatillisen kuntoutuksen mahdollisuus selvitettävänä. Mitä liitteitä tarvitsette?"
    asked = _send(case, "kela", "kela", question, steps)
    referrals.receive(referral=asked, by=KERTTU, **steps.told())
    note = "Tarvitsemme B-lausunnon ja asukkaan oman hakemuksen."
    referrals.write(referral=asked, note=note, by=KERTTU, **steps.told())


def _morning(at: datetime, days: int) -> datetime:
    """Nine o'clock of the working day so many days ago, or of the one before it: nobody sends referrals at night."""
    day = local_day(at) - timedelta(days=days)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return start_of(day) + timedelta(hours=9)


def _judged(member: cast.Resident, told: str, began: datetime, now: datetime) -> tuple[UUID, Steps]:
    """A matter at Sotkamo that the nurse judged to belong to a colleague."""
    case = _writes(member, told, "sotkamo", "nurse-reception", began)
    steps = Steps(told, began, now)
    cases.assess(case=case, outcome="referred", note="Ohjataan eteenpäin.", by=NELLI, **steps.told())
    return case, steps


def _send(case: UUID, route: str, unit: str, question: str, steps: Steps, *, follows: UUID | None = None) -> UUID:
    told = steps.told()
    sent = referrals.send(case=case, route=route, to_unit=unit, question=question, by=NELLI, follows=follows, **told)
    return sent.id


def _consultation_time(at: datetime, days: int) -> None:
    starts = start_of(add_working_days(local_day(at), days)) + timedelta(hours=14)
    row = {
        "id": uuid5(_SPACE, f"time {days}"), "unit_id": "keskussairaala", "staff_id": ELO.id, "profession": "doctor",
        "mode": CONSULTATION, "starts_at": starts, "ends_at": starts + timedelta(minutes=45), "capacity": 4,
    }  # fmt: skip
    bookings.open_slots([row])


def _writes(
    member: cast.Resident, told: str, unit: str, service: str, at: datetime, *, kind: str = "health_need"
) -> UUID:
    answers = {"what": told, "since": "week", "wish": "any", "phone": "040 000 0000"}
    case = cases.receive(
        resident=member.id, kind=kind, service=service, unit=unit, channel="form", language="fi",
        key=uuid5(_SPACE, told), questionnaire="contact", answers=answers, by=member.as_who(), at=at,
    )  # fmt: skip
    return case.id
