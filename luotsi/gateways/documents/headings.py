"""The words of the documents in three languages. The Finnish headings are those of the funder's form."""

from dataclasses import dataclass

from luotsi.base.text import LANGUAGES, Language

LOCALES: dict[Language, str] = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
Words = tuple[str, str, str]  # fi, sv, en

_SAID: dict[str, Words] = {
    "monthly_report": ("Kuukausiraportti", "Månadsrapport", "Monthly report"),
    "steering_deck": ("Tilannekatsaus", "Lägesöversikt", "Status review"),
    "summary": ("Tiivistelmä", "Sammanfattning", "Summary"),
    "contents_page": ("Sisällys", "Innehåll", "Contents"),
    "big_picture": ("Hankkeen iso kuva", "Projektets helhetsbild", "The big picture"),
    "vision": ("Visio", "Vision", "Vision"),
    "core_message": ("Ydinviesti", "Kärnbudskap", "Core message"),
    "funder": ("Rahoittaja", "Finansiär", "Funder"),
    "county": ("Alue", "Område", "County"),
    "period": ("Hankekausi", "Projektperiod", "Period"),
    "parts": ("Tehtäväpakettien tilanne", "Arbetspaketens läge", "State of the parts"),
    "part_contents": ("Sisältö", "Innehåll", "Contents"),
    "responsible": ("Vastuussa", "Ansvarig", "Responsible"),
    "state_on": ("Tilanne", "Läge", "State on"),
    "care_guarantee": ("Hoitotakuu", "Vårdgaranti", "Care guarantee"),
    "overall": (
        "Yleistilanne suhteessa hankesuunnitelmaan",
        "Allmänt läge i förhållande till projektplanen",
        "Overall status against the project plan",
    ),
    "achieved": ("Keskeiset aikaansaannokset {} mennessä", "Viktigaste resultat till {}", "Main achievements by {}"),
    "still_to_do": ("Vielä tehtävänä", "Återstår att göra", "Still to do"),
    "deviations_risks": ("Poikkeamat, ongelmat, riskit", "Avvikelser, problem, risker", "Deviations, problems, risks"),
    "stands_done": ("Valmis", "Klart", "Done"),
    "stands_going": ("Käynnissä", "Pågår", "Going"),
    "stands_late": ("Myöhässä", "Försenat", "Late"),
    "stands_not_started": ("Ei aloitettu", "Inte påbörjat", "Not started"),
    "stands_stopped": ("Pysähtynyt", "Avbrutet", "Stopped"),
    "units": ("Käyttöönotto yksiköittäin", "Ibruktagande per enhet", "Taken into use by unit"),
    "unit": ("Yksikkö", "Enhet", "Unit"),
    "state": ("Tila", "Status", "State"),
    "note": ("Huomio", "Anmärkning", "Note"),
    "in_use": ("käytössä", "i bruk", "in use"),
    "partly": ("osin käytössä", "delvis i bruk", "partly in use"),
    "starting": ("alkamassa", "börjar", "starting"),
    "preparing": ("valmistelussa", "under beredning", "being prepared"),
    "unknown": ("ei tiedossa", "inte känt", "not known"),
    "since": ("alkaen", "från", "since"),
    "indicators": (
        "Mittarit palvelujen omista tiedoista",
        "Indikatorer ur tjänsternas egna data",
        "Indicators from service data",
    ),
    "indicator": ("Mittari", "Indikator", "Indicator"),
    "value": ("Arvo", "Värde", "Value"),
    "target": ("Tavoite", "Mål", "Target"),
    "coverage": ("Kattavuus", "Täckning", "Coverage"),
    "cases": ("Osoittaja / nimittäjä", "Täljare / nämnare", "Numerator / denominator"),
    "as_of": ("Tiedot", "Uppgifter", "Data of"),
    "version": ("Määritelmä", "Definition", "Definition"),
    "reached": ("Tavoite täyttyy", "Målet nås", "On target"),
    "not_reached": ("Tavoite ei täyty", "Målet nås inte", "Not on target"),
    "no_goal": ("Ei lukutavoitetta", "Inget numeriskt mål", "No numeric target"),
    "no_figure": (
        "Ei lukua tältä ajalta tai alueelta",
        "Ingen uppgift för denna tid eller detta område",
        "No figure for this time or county",
    ),
    "dashed": (
        "Katkoviiva on tavoite, {}.",
        "Den streckade linjen är målet, {}.",
        "The dashed line is the target, {}.",
    ),
    "targets": ("Tavoitteet", "Mål", "Targets"),
    "targets_in_words": ("Tavoitteet ilman lukua", "Mål utan siffror", "Targets without numbers"),
    "aim": ("Tavoite", "Mål", "Target"),
    "direction": ("Suunta", "Riktning", "Direction"),
    "by_quarter": ("Kvartaaliin mennessä", "Senast kvartal", "By quarter"),
    "at_least": ("vähintään", "minst", "at least"),
    "at_most": ("enintään", "högst", "at most"),
    "grows": ("kasvaa", "ökar", "grows"),
    "shrinks": ("pienenee", "minskar", "shrinks"),
    "reached_by": ("toteutuu", "uppnås", "is reached"),
    "over": ("yli {}", "över {}", "over {}"),
    "days": ("{} pv", "{} dygn", "{} days"),
    "money": ("Talous", "Ekonomi", "Money"),
    "cost": ("Menot", "Utgifter", "Costs"),
    "total": ("Yhteensä", "Sammanlagt", "Total"),
    "money_left": (
        "Rahaa jäljellä {left}, suunniteltu yhteensä {plan}",
        "Medel kvar {left}, planerat sammanlagt {plan}",
        "Money left {left}, planned in total {plan}",
    ),
    "disagrees": ("Painettu luku ei täsmää", "En tryckt siffra stämmer inte", "A printed figure does not agree"),
    "stated_computed": (
        "{row}, {column}: painettu {stated}, laskettu {computed}, ero {difference}",
        "{row}, {column}: tryckt {stated}, beräknat {computed}, skillnad {difference}",
        "{row}, {column}: printed {stated}, computed {computed}, difference {difference}",
    ),
    "rounding": (
        "~ poikkeaa osistaan pyöristyksen verran. Luvut on painettu lähteen mukaan ja laskettu uudelleen.",
        "~ avviker från sina delar genom avrundning. Siffrorna står som i källan och har räknats på nytt.",
        "~ differs from its parts by rounding. Figures are printed as in the source and recomputed.",
    ),
    "risks": ("Riskikatsaus", "Risköversikt", "Risk review"),
    "risk": ("Riski", "Risk", "Risk"),
    "measures": (
        "Riskin minimointiin tähtäävät toimenpiteet",
        "Åtgärder för att minimera risken",
        "Measures against the risk",
    ),
    "communication": ("Viestintä", "Kommunikation", "Communication"),
    "what": ("Mitä?", "Vad?", "What?"),
    "for_whom": ("Kenelle?", "Till vem?", "For whom?"),
    "how": ("Miten?", "Hur?", "How?"),
    "told": ("Poimintoja viestinnästä", "Ur kommunikationen", "From the communication"),
    "models": ("Innokylään kuvatut toimintamallit", "Verksamhetsmodeller i Innokylä", "Operating models in Innokylä"),
    "sources": ("Lähteet ja päiväys", "Källor och datum", "Sources and date"),
    "status_source": ("Tilannetekstit", "Lägestexter", "Status texts"),
    "figure_source": ("Mittarit", "Indikatorer", "Indicators"),
    "money_source": ("Talous", "Ekonomi", "Money"),
    "made": ("Koottu {}", "Sammanställd {}", "Put together {}"),
    "signed": ("Raportista vastaa", "För rapporten ansvarar", "Answers for the report"),
    "page": ("Sivu", "Sida", "Page"),
    "chart_says": (
        "{name}, {first} – {last}: pienin {low}, suurin {high}, viimeisin {latest}.",
        "{name}, {first} – {last}: lägst {low}, högst {high}, senast {latest}.",
        "{name}, {first} – {last}: lowest {low}, highest {high}, latest {latest}.",
    ),
}


@dataclass(frozen=True)
class Say:
    """The words in one language: `say("achieved", "8/2022")`, in a template `t.summary`."""

    language: Language

    def __call__(self, key: str, *values: object, **named: object) -> str:
        words = _SAID[key][LANGUAGES.index(self.language)]
        return words.format(*values, **named) if values or named else words

    def __getitem__(self, key: str) -> str:
        return self(key)
