"""Who acts for whom, who is protected, whose register is whose: the walls of access made visible.

Veera has a son of 14 and an old mother; one of the son's matters is his own. Suvi has a protection order. Nelli the
nurse lives next door to Toivo. Somebody opened a record in an emergency the day before.
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.demo import cast
from luotsi.demo.residents import identity_code
from luotsi.domain.cases import actions as cases
from luotsi.domain.people import actions as people

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000001")
_NURSE_AT_HOME = UUID("0d3c0000-0000-4000-8000-000000000111")
_STREETS = {"veera": "Esimerkkitie 4", "onni": "Esimerkkitie 4", "aili": "Kuvakuja 2", "toivo": "Mallitie 3"}
NELLI, PILVI, SIRPA = (cast.MEMBERS[key].as_who() for key in ("nelli", "pilvi", "sirpa"))


def settle(*, at: datetime) -> None:
    """Mandates, protection, addresses and matters of the household; needs units, staff and the registered cast."""
    for key, street in _STREETS.items():
        _lives(cast.MEMBERS[key].id, street, at)
    _mandates(at)
    _nelli_lives_next_door(at)
    _own_matter_of_onni(at)
    _protection_of_suvi(at)
    _social_matter_of_veera(at)
    _emergency(at)


def _lives(resident: UUID, street: str, at: datetime) -> None:
    who = Who(kind="resident", role="resident", id=resident)
    people.change_details(resident=resident, by=who, at=at, street=street, postal_code="88600", town="Sotkamo")


def _mandates(at: datetime) -> None:
    since = local_day(at) - timedelta(days=200)
    people.give_mandate(
        principal=cast.ONNI.id, agent=cast.VEERA.id, kind="guardian", registers=("health", "social", "none"),
        source="population_register", valid_from=since, by=NELLI, at=at,
    )  # fmt: skip
    people.give_mandate(
        principal=cast.AILI.id, agent=cast.VEERA.id, kind="mandate", registers=("health",), source="visit",
        valid_from=since, valid_to=since + timedelta(days=365), by=NELLI, at=at,
    )  # fmt: skip


def _nelli_lives_next_door(at: datetime) -> None:
    """The nurse is a resident too, so that the privacy officer's patterns know her surname and address."""
    home = people.register(
        identity_code=identity_code(date(1988, 5, 17), "-", 998), by=SYSTEM, at=at, id=_NURSE_AT_HOME,
        first_name="Nelli", last_name="Mallimäki", municipality="765",
    )  # fmt: skip
    _lives(home.id, "Mallitie 3", at)
    people.link_staff(resident=home.id, staff=NELLI.id, by=SYSTEM, at=at)


def _own_matter_of_onni(at: datetime) -> None:
    """One matter his mother takes care of; of the other Pilvi judged that a boy of 14 may decide for himself."""
    _writes(cast.ONNI, "Polveen sattui koripallossa.", "sotkamo", "nurse-reception", at - timedelta(days=2))
    told = "Ahdistaa koulussa. En halua, että kotiin kerrotaan."
    own = _writes(cast.ONNI, told, "mielenterveys", "youth-mental-health", at - timedelta(days=6))
    why = "Ikä ja kehitystaso riittävät tästä asiasta päättämiseen; keskusteltu yhdessä."
    cases.keep_private(case=own, why=why, by=PILVI, at=at - timedelta(days=5))


def _protection_of_suvi(at: datetime) -> None:
    _writes(cast.SUVI, "Päänsärky ei hellitä.", "sotkamo", "nurse-reception", at - timedelta(hours=20))
    people.set_protection(resident=cast.SUVI.id, is_on=True, by=NELLI, at=at - timedelta(days=90))


def _social_matter_of_veera(at: datetime) -> None:
    """Health staff do not see it: she has not allowed it."""
    told = "Vuokra on rästissä, ja tarvitsen apua talouden järjestämiseen."
    case = _writes(
        cast.VEERA, told, "aikuissosiaalityo", "adult-social-work", at - timedelta(days=3), kind="social_need"
    )
    note = "Talousneuvonnan tarve, sovitaan tapaaminen."
    cases.assess(case=case, outcome="care_needed", note=note, key=case, by=SIRPA, at=at - timedelta(days=2))


def _emergency(at: datetime) -> None:
    people.open_emergency(
        resident=cast.AMIRA.id, register="health", reason_key="cannot-tell",
        reason="Tuotiin tajuttomana päivystykseen, lääkitys tarkistettava", by=NELLI, at=at - timedelta(days=1),
    )  # fmt: skip


def _writes(
    member: cast.Resident | cast.Worker, told: str, unit: str, service: str, at: datetime, *, kind: str = "health_need"
) -> UUID:
    answers = {"what": told, "since": "week", "wish": "any", "phone": "040 000 0000"}
    case = cases.receive(
        resident=member.id, kind=kind, service=service, unit=unit, channel="form", language="fi",
        key=uuid5(_SPACE, told), questionnaire="contact", answers=answers, by=member.as_who(), at=at,
    )  # fmt: skip
    return case.id
