"""What is told of matters that are judged stage by stage: how many a year, from whom, and how long each stage takes.

Source document 002 (Soite, a county of about the same size): 2,331, 2,438 and 3,085 child-welfare notifications in
three years, handled in 4.12, 4.16 and 4.78 days on average; assessments of children and families ready in 90 days 698
of 788, 810 of 896, 643 of 760. The rest is invented. Yearly figures are those of the county at its full size.
"""

from dataclasses import dataclass

Weights = dict[str, float]


@dataclass(frozen=True)
class Judging:
    """One stage: what is decided, by weight; so many days after the stage before, and how often it takes too long.

    `days` are the mean and shape of a gamma distribution, counted from the contact where `of_contact`.
    """

    stage: str
    outcomes: Weights
    days: tuple[float, float] = (0.0, 1.0)
    late: float = 0.0
    late_days: tuple[int, int] = (0, 1)
    most: int = 400
    of_contact: bool = False


@dataclass(frozen=True)
class Stages:
    """How matters of one unit come and go on. `summer`: how busy July is beside an ordinary month."""

    unit: str
    services: Weights
    yearly: float
    grows: float  # a year
    ages: tuple[int, int]
    channels: Weights
    senders: Weights
    judging: tuple[Judging, ...]
    told: tuple[str, ...]
    summer: float = 0.8
    weekend: float = 0.0
    supported: float = 0.0  # the part about children who need special support
    joining: float = 0.0  # further notifications while an assessment goes on, on average


_URGENCY = Judging("urgency", {"not_urgent": 0.93, "at_once": 0.07})
_ADULT_URGENCY = Judging("urgency", {"not_urgent": 0.58, "at_once": 0.07, "advice": 0.35})
_FAMILY_URGENCY = Judging("urgency", {"not_urgent": 0.81, "at_once": 0.05, "advice": 0.14})
_DECISION = Judging(
    "decision", {"granted": 0.58, "granted_plan": 0.2, "granted_group": 0.07, "sent_on": 0.1, "rejected": 0.05},
    days=(6.0, 2.0),
)  # fmt: skip
_CARRIED_OUT = Judging("carried_out", {"begun": 1.0}, days=(18.0, 3.0))
_READY = {"late": 0.115, "late_days": (93, 126), "most": 88, "of_contact": True}
_TOLD_OF_CHILD = (
    "Oppilas on ollut poissa koulusta kaksi viikkoa, kotiin ei saada yhteyttä.",
    "Lapsi kertoi, että illalla kotona huudetaan eikä hän uskalla nukkua.",
    "Naapurista kuului riitelyä yöllä, lapset olivat kotona.",
    "Vanhempi pyytää tukea, voimat ovat loppu.",
)
_TOLD_OF_FAMILY = (
    "Arki kolmen pienen kanssa uuvuttaa, tarvitsisimme apua kotiin.",
    "Vanhemmat eroavat, lapset reagoivat voimakkaasti.",
    "Neuvolassa huomattiin, että äiti on hyvin väsynyt.",
)
_TOLD_OF_ADULT = (
    "Vuokra on rästissä, häätöuhka.",
    "Rahat eivät riitä lääkkeisiin ja ruokaan.",
    "Olen ollut pitkään työttömänä, en jaksa hoitaa papereita.",
)
_TOLD_OF_GUIDANCE = (
    "Äiti ei enää pärjää yksin kotona, mistä saa apua?",
    "Mihin hakemus omaishoidon tuesta lähetetään?",
    "Kaipaan seuraa ja liikuntaa, mitä täällä on tarjolla?",
)

EVERY = (
    Stages(
        "lastensuojelu", {"child-welfare": 1.0}, 2_750, 0.13, (1, 18), {"notification": 1.0},
        {"authority": 0.3, "school": 0.23, "professional": 0.2, "relative": 0.08, "guardian": 0.06, "neighbour": 0.05,
         "anonymous": 0.08},
        (
            _URGENCY,
            Judging("start", {"started": 0.31, "not_started": 0.69}, (3.5, 2.4), 0.03, (12, 17), 9, of_contact=True),
            Judging("assessment", {"client": 0.22, "family_services": 0.38, "no_need": 0.4}, (62.0, 14.0), **_READY),
        ),
        _TOLD_OF_CHILD, summer=0.6, weekend=0.35, joining=0.4,
    ),
    Stages(
        "perhekeskus", {"family-centre": 0.6, "family-counselling": 0.4}, 920, 0.04, (22, 48),
        {"phone": 0.5, "professional": 0.35, "letter": 0.05, "visit": 0.1},
        {"resident": 0.6, "professional": 0.3, "school": 0.1},
        (
            _FAMILY_URGENCY,
            Judging("start", {"started": 0.96, "start_refused": 0.04}, (4.0, 2.5), 0.05, (12, 20), 8, of_contact=True),
            Judging("assessment", {"needs_service": 0.72, "needs_none": 0.28}, (60.0, 12.0), **_READY),
            _DECISION, _CARRIED_OUT,
        ),
        _TOLD_OF_FAMILY, supported=0.35,
    ),
    Stages(
        "aikuissosiaalityo", {"adult-social-work": 0.7, "financial-counselling": 0.3}, 1_500, 0.05, (19, 64),
        {"phone": 0.6, "authority": 0.15, "visit": 0.2, "letter": 0.05}, {"resident": 0.75, "authority": 0.25},
        (
            _ADULT_URGENCY,
            Judging("start", {"started": 0.94, "start_refused": 0.06}, (4.2, 2.5), 0.06, (12, 20), 8, of_contact=True),
            Judging("assessment", {"needs_service": 0.66, "needs_none": 0.34}, (24.0, 3.0), 0.06, (93, 120), 85,
                    of_contact=True),
            _DECISION, _CARRIED_OUT,
        ),
        _TOLD_OF_ADULT, summer=0.85,
    ),
    Stages(
        "asiakasohjaus", {"guidance-desk": 1.0}, 2_400, 0.1, (50, 96), {"phone": 0.8, "visit": 0.15, "letter": 0.05},
        {"resident": 0.7, "relative": 0.3}, (Judging("need", {"guided": 0.55, "advice": 0.45}),), _TOLD_OF_GUIDANCE,
    ),
)  # fmt: skip
SENDER_NAMES = {
    "school": "Esimerkkikoulu",
    "authority": "Poliisi",
    "professional": "Neuvola",
    "relative": "Lähiomainen",
    "guardian": "Huoltaja",
}
