"""What people in the demonstration write: invented sentences, by service, in the language they use."""

TOLD = {
    "fi": {
        "nurse-reception": (
            "Yskä on jatkunut kaksi viikkoa ja öisin se on pahimmillaan.",
            "Korvaan on koskenut eilisestä, kuumetta on 38,2.",
            "Verenpainemittari näytti kolmena aamuna yli 160.",
            "Haava kämmenessä ei ole parantunut, reunat punoittavat.",
            "Virtsaaminen kirvelee, alkoi toissapäivänä.",
        ),
        "doctor-reception": (
            "Huimausta on ollut kuukauden ajan, varsinkin noustessa.",
            "Vatsakivut palaavat syömisen jälkeen, omahoito ei auta.",
            "Sydän muljahtelee iltaisin, haluaisin että se tutkitaan.",
            "Luomi selässä on muuttunut kesän aikana.",
        ),
        "memory-nurse": ("Unohtelen sovittuja asioita, puoliso on huolissaan.",),
        "remote-reception": (
            "Silmä rähmii ja on punainen, asiointi käy etänä.",
            "Reseptini loppuu, vointi on ennallaan.",
        ),
        "dental-care": (
            "Takahampaasta lohkesi pala, kylmä vihloo.",
            "Ien vuotaa harjatessa, viime tarkastuksesta on neljä vuotta.",
            "Paikka irtosi viikonloppuna, ei juuri särje.",
        ),
        "childrens-dental-care": (
            "Lapsella on tumma kohta poskihampaassa.",
            "Koululaisen hampaat risteävät, voisiko katsoa?",
        ),
        "older-oral-check": ("Alaproteesi hiertää eikä pysy paikoillaan.",),
        "urgent-dental-care": ("Poski on turvonnut ja särky valvottaa.",),
        "physiotherapy": (
            "Polvi kipeytyy portaissa, turvotusta iltaisin.",
            "Selkä jumiutui halkotöissä, kipu säteilee reiteen.",
            "Olkapää ei nouse sivulle kipeytymättä.",
        ),
        "mental-health": ("Uni ei tule ja päivät tuntuvat raskailta.", "Olen ollut alakuloinen syksystä asti."),
        "youth-mental-health": ("Koulussa ahdistaa ja olen jäänyt usein kotiin.",),
        "substance-services": ("Juominen on lisääntynyt, haluaisin apua vähentämiseen.",),
    },
    "sv": {"": ("Jag har haft besvär i två veckor och skulle vilja få en bedömning.",)},
    "en": {"": ("I have had this trouble for two weeks and would like it to be looked at.",)},
}
SINCE = ("today", "week", "week", "month", "longer")
WISH = ("visit", "phone", "remote", "any")
JUDGED = {
    "care_needed": (
        "Kiireetön hoidon tarve. Ohjeet annettu odotusajaksi.",
        "Tarvitsee vastaanottoajan. Ei hälyttäviä oireita.",
    ),
    "urgent": ("Hoidetaan tänään.",),
    "advice": ("Annettu kotihoito-ohjeet, ottaa uudelleen yhteyttä jos ei helpota.",),
}
HELD = (
    "Tutkittu ja hoidettu, jatko-ohjeet annettu.",
    "Tilanne rauhallinen. Kontrolli tarvittaessa.",
    "Hoito aloitettu, soittoaika sovittu.",
    "Asia hoidettu käynnillä.",
)
REMINDED = (
    "Kysyy, milloin aika tulee. On odottanut viikkoja.",
    "Lupasimme soittaa takaisin, puhelua ei tullut.",
    "Pyydettiin yrittämään uudelleen, kun uusia aikoja avataan.",
    "Kysyy, onko asia kirjattu jonoon.",
)
JUDGED_STAGE = {
    "urgency": "Yhteydenotto luettu, kiireellisyys arvioitu.",
    "start": "Päätös kirjattu, perheelle kerrottu.",
    "assessment": "Tavattu kolme kertaa, arviointi koottu yhdessä.",
    "decision": "Päätös ja perustelut lähetetty.",
    "carried_out": "Palvelu alkoi sovitusti.",
    "need": "Tilanne käyty läpi puhelimessa.",
}


def told(language: str, service: str) -> tuple[str, ...]:
    """Sentences one could write about the service; a general one where none is written."""
    by_service = TOLD[language]
    return by_service.get(service) or by_service.get("") or by_service["nurse-reception"]
