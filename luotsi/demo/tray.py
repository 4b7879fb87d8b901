"""What an association keeps in the wellbeing tray: services that people read, and one in every other standing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from luotsi.base.now import local_day
from luotsi.base.text import Text
from luotsi.demo import cast
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.catalogue.actions import entries
from luotsi.domain.catalogue.rules.entries import Content

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000061")
_TARU, _OONA = (cast.MEMBERS[key].as_who() for key in ("taru", "oona"))
_FREE = Text(fi="Maksuton.", sv="Avgiftsfritt.", en="Free of charge.")
_HOUSE = {"street": "Esimerkkikatu 12", "postcode": "87100", "post_office": "Kajaani", "municipality": "205"}


@dataclass(frozen=True)
class Kept:
    """A service, how far it has come, so many days ago, and in how many days it is looked at again."""

    content: Content
    comes_to: str
    days: int
    review_days: int
    remark: str = ""


_WALKS = Content(
    kind="exercise", phone="08 000 0153", cost=_FREE, municipalities=("205",), **_HOUSE,
    name=Text(fi="Kävelykaverit", sv="Promenadvänner", en="Walking companions"),
    summary=Text(
        fi="Kävelemme yhdessä kerran viikossa, kukin omaa vauhtiaan.",
        sv="Vi promenerar tillsammans en gång i veckan, var och en i sin egen takt.",
        en="We walk together once a week, each at their own pace.",
    ),
    description=Text(
        fi="Lähdemme torilta ja kuljemme puolisen tuntia tasaista reittiä. Rollaattorin ja kepin kanssa pysyy mukana. "
        "Lopuksi juomme kahvit. Mukana on aina kaksi vapaaehtoista.",
        sv="Vi börjar på torget och går en halvtimme längs en jämn väg. Man hänger med också med rollator och käpp. "
        "Till slut dricker vi kaffe. Två frivilliga är alltid med.",
        en="We start from the market square and walk half an hour along an even route. You keep up with a walker or a "
        "stick too. In the end we have coffee. Two volunteers always come along.",
    ),
    coming=Text(
        fi="Tiistaisin kello 10 torin kellolta. Ilmoittautua ei tarvitse.",
        sv="På tisdagar klockan 10 vid torgklockan. Du behöver inte anmäla dig.",
        en="On Tuesdays at 10 by the clock of the market square. You need not sign up.",
    ),
)  # fmt: skip
_FRIEND = Content(
    kind="volunteers", phone="08 000 0154", cost=_FREE,
    name=Text(fi="Ystävä kylään", sv="En vän på besök", en="A friend to visit"),
    summary=Text(
        fi="Vapaaehtoinen ystävä käy luonasi tai soittaa, kun kaipaat seuraa.",
        sv="En frivillig vän kommer på besök eller ringer när du saknar sällskap.",
        en="A volunteer friend visits or calls you when you miss company.",
    ),
    description=Text(
        fi="Etsimme sinulle ystävän, jonka kanssa on yhteistä puhuttavaa. Hän käy luonasi pari kertaa kuussa tai "
        "soittaa. Vapaaehtoisemme on haastateltu ja koulutettu, ja he pitävät kuulemansa omana tietonaan.",
        sv="Vi söker en vän som du har något gemensamt med. Vännen besöker dig ett par gånger i månaden eller ringer. "
        "Våra frivilliga är intervjuade och utbildade, och de håller det de hör för sig själva.",
        en="We look for a friend with whom you have something in common. They visit a couple of times a month or call. "
        "Our volunteers are interviewed and trained, and they keep to themselves what they hear.",
    ),
    coming=Text(
        fi="Soita, tai pyydä ammattilaista lähettämään tietosi meille. Soitamme sinulle viikon sisällä.",
        sv="Ring, eller be en yrkesperson skicka dina uppgifter till oss. Vi ringer dig inom en vecka.",
        en="Call, or ask a professional to send us your details. We call you within a week.",
    ),
)  # fmt: skip
_CARERS = Content(
    kind="peer_support", phone="08 000 0153", cost=_FREE, **_HOUSE,
    name=Text(fi="Omaishoitajien keskusteluilta", sv="Samtalskväll för närståendevårdare"),
    summary=Text(fi="Omaishoitajat juttelevat vapaasti keskenään.", sv="Närståendevårdare talar fritt med varandra."),
    description=Text(fi="Joka toinen torstai. Puhumme jaksamisesta, tai olemme vain hetken muualla kuin kotona."),
    coming=Text(fi="Torstaisin kello 17. Soita, jos tarvitset hoitajan kotiin siksi aikaa."),
)  # fmt: skip
_CHOIR = Content(
    kind="culture", phone="08 000 0153", **_HOUSE,
    name=Text(fi="Muistikuoro"),
    summary=Text(fi="Laulamme tuttuja lauluja, kun muisti tekee temppuja."),
    description=Text(fi="Kuoro on muistisairaille ja heidän läheisilleen. Nuotteja ei tarvitse osata."),
    coming=Text(fi="Maanantaisin kello 13. Ilmoittaudu puhelimella."),
)  # fmt: skip
_CRAFTS = Content(
    kind="culture", name=Text(fi="Kädentaitojen paja"), summary=Text(fi="Korjaamme, neulomme ja nikkaroimme.")
)
KEPT = (
    Kept(_WALKS, "published", 40, 200), Kept(_FRIEND, "published", 380, -3), Kept(_CARERS, "sent", 2, 300),
    Kept(_CHOIR, "returned", 5, 300, "Kerro osoite, johon tullaan, ja mistä ovesta pääsee pyörätuolilla."),
    Kept(_CRAFTS, "draft", 1, 300),
)  # fmt: skip


def keep(*, at: datetime) -> None:
    """Needs the cast. Where no catalogue was loaded there is nowhere to publish to."""
    if not catalogue.has_services():
        return
    for number, one in enumerate(KEPT):
        _take_on(one, number, at=at)


def _take_on(one: Kept, number: int, *, at: datetime) -> None:
    began = at - timedelta(days=one.days)
    entry = entries.begin(
        key=uuid5(_SPACE, str(number)), unit="kainuun-kumppanit", content=one.content, by=_TARU, at=began,
        review_on=local_day(at) + timedelta(days=one.review_days),
    ).id  # fmt: skip
    if one.comes_to == "draft":
        return
    entries.send(entry=entry, by=_TARU, at=began + timedelta(hours=1))
    if one.comes_to == "returned":
        entries.give_back(entry=entry, remark=one.remark, by=_OONA, at=began + timedelta(hours=20))
    elif one.comes_to == "published":
        entries.check(entry=entry, by=_OONA, at=began + timedelta(hours=20))
        entries.publish(entry=entry, by=_TARU, at=began + timedelta(hours=22))
