"""The people one can be in the demonstration. None of them exists: the names say so, the codes are from the 900s."""

from datetime import date

from luotsi.base.text import Text
from luotsi.demo.members import Resident, Worker
from luotsi.demo.members import member_id as _id

RESIDENTS = (
    Resident(
        "veera", _id(1), "Veera", "Näyteniemi", date(1992, 3, 14), "-", 990, "765", "fi",
        Text(
            fi="Yskä ei ole hellittänyt kahteen viikkoon. Hän ottaa yhteyttä lomakkeella ja seuraa asiaansa.",
            sv="Hostan har inte gett med sig på två veckor. Hon tar kontakt med formuläret och följer sitt ärende.",
            en="Her cough has not eased for two weeks. She gets in touch with the form and follows her matter.",
        ),
    ),
    Resident(
        "gunvor", _id(2), "Gunvor", "Exempelström", date(1948, 6, 2), "-", 992, "205", "sv",
        Text(
            fi="Proteesi hiertää. Hammashoitola on tarjonnut hänelle aikaa, johon hän ei ole vielä vastannut.",
            sv="Protesen skaver. Tandkliniken har erbjudit henne en tid som hon inte har svarat på ännu.",
            en="Her denture chafes. The dental clinic has offered her a time that she has not answered yet.",
        ),
    ),
    Resident(
        "amira", _id(3), "Amira", "Specimen", date(2007, 2, 11), "A", 994, "290", "en",
        Text(
            fi="Alle 23-vuotiaana hänen hoitoonpääsynsä määräaika on 14 päivää. Hänellä on aika Kuhmoon.",
            sv="Hon är under 23, så tidsfristen för hennes vård är 14 dagar. Hon har en tid i Kuhmo.",
            en="She is under 23, so the time limit of her care is 14 days. She has a booked time in Kuhmo.",
        ),
    ),
    Resident(
        "onni", _id(4), "Onni", "Näyteniemi", date(2012, 9, 5), "A", 991, "765", "fi",
        Text(
            fi="Veeran 14-vuotias poika. Äiti hoitaa asioita hänen puolestaan, mutta yksi asia on vain hänen omansa.",
            sv="Veeras 14-åriga son. Mamman sköter ärenden åt honom, men ett ärende är bara hans eget.",
            en="Veera's son of 14. His mother takes care of his matters, but one matter is only his own.",
        ),
    ),
    Resident(
        "aili", _id(5), "Aili", "Mallikas", date(1940, 11, 21), "-", 994, "765", "fi",
        Text(
            fi="Veeran äiti. Hän on valtuuttanut Veeran asioimaan terveydenhuollossa puolestaan.",
            sv="Veeras mamma. Hon har gett Veera fullmakt att sköta hennes ärenden inom hälsovården.",
            en="Veera's mother. She has given Veera a mandate to act for her in health care.",
        ),
    ),
    Resident(
        "suvi", _id(6), "Suvi", "Peitenimi", date(1986, 4, 8), "-", 996, "765", "fi",
        Text(
            fi="Hänellä on turvakielto. Kukaan ei saa löytää häntä palvelun kautta.",
            sv="Hon har spärrmarkering. Ingen får hitta henne via tjänsten.",
            en="She has a protection order. Nobody may find her through the service.",
        ),
    ),
    Resident(
        "toivo", _id(7), "Toivo", "Naapurinen", date(1971, 1, 30), "-", 995, "765", "fi",
        Text(
            fi="Sairaanhoitaja Nellin naapuri. Hänellä ei ole asiaa vireillä, joten Nelli ei näe hänestä mitään.",
            sv="Sjukskötaren Nellis granne. Han har inget ärende på hälsostationen, så Nelli ser ingenting om honom.",
            en="Nurse Nelli's neighbour. He has no matter at the health station, so Nelli sees nothing about him.",
        ),
    ),
)  # fmt: skip

WORKERS = (
    Worker(
        "nelli", _id(11), "Nelli Mallimäki", "nurse", "sotkamo",
        Text(
            fi="Lukee päivän yhteydenotot, arvioi hoidon tarpeen, tarjoaa ajan, pitää vastaanoton ja päättää asian.",
            sv="Läser dagens kontakter, bedömer vårdbehovet, erbjuder en tid, håller besöket och avslutar ärendet.",
            en="Reads the day's contacts, assesses the need, offers a time, holds the visit, closes the matter.",
        ),
    ),
    Worker(
        "linda", _id(12), "Linda Tarulampi", "doctor", "sotkamo",
        Text(
            fi="Ottaa vastaan ne, jotka hoitaja ohjaa lääkärille.",
            sv="Tar emot dem som sjukskötaren hänvisar till läkare.",
            en="Sees those whom the nurse directs to a doctor.",
        ),
    ),
    Worker(
        "petri", _id(13), "Petri Koeranta", "physiotherapist", "fysioterapia",
        Text(
            fi="Fysioterapian suoravastaanotto: selät, polvet ja olkapäät ilman lähetettä.",
            sv="Fysioterapeutens direktmottagning: ryggar, knän och axlar utan remiss.",
            en="Direct access to physiotherapy: backs, knees and shoulders without a referral.",
        ),
    ),
    Worker(
        "helmi", _id(14), "Helmi Näytejoki", "dental-nurse", "suun-kajaani",
        Text(
            fi="Arvioi suun hoidon tarpeen Kajaanissa, missä on jonoa.",
            sv="Bedömer behovet av tandvård i Kajana, där det finns en kö.",
            en="Assesses the need for oral care in Kajaani, where there is a queue.",
        ),
    ),
    Worker(
        "tuomas", _id(15), "Tuomas Satuvaara", "dentist", "suun-kajaani",
        Text(
            fi="Hoitaa hampaita ja purkaa jonoa.",
            sv="Sköter tänder och avvecklar kön.",
            en="Treats teeth and clears the queue.",
        ),
    ),
    Worker(
        "esa", _id(16), "Esa Haaveharju", "unit-manager", "sotkamo",
        Text(
            fi="Katsoo ohjaustaululta, miten Sotkamon tiimi pysyy määräajoissa.",
            sv="Ser på styrtavlan hur teamet i Sotkamo håller tidsfristerna.",
            en="Sees on the board how the Sotkamo team keeps the time limits.",
        ),
    ),
    Worker(
        "riitta", _id(17), "Riitta Oletuskangas", "service-manager", "kehittaminen",
        Text(
            fi="Vertaa kaikkia yksiköitä: missä on jonoa, missä malli toimii.",
            sv="Jämför alla enheter: var det finns kö och var modellen fungerar.",
            en="Compares all units: where there is a queue, where the model works.",
        ),
    ),
    Worker(
        "kaisa", _id(18), "Kaisa Kuvitelmanen", "programme-coordinator", "kehittaminen",
        Text(
            fi="Lukee HELLÄ-hankkeen tavoitteet elävinä lukuina ja lataa kuukausiraportin.",
            sv="Läser HELLÄ-projektets mål som levande siffror och laddar ner månadsrapporten.",
            en="Reads the goals of the HELLÄ programme as live figures and downloads the monthly report.",
        ),
    ),
    Worker(
        "pilvi", _id(19), "Pilvi Kuvasalo", "psychiatric-nurse", "mielenterveys",
        Text(
            fi="Ottaa vastaan ne, joiden mieli on maassa. Hän pitää nuoren asian nuoren omana tietona.",
            sv="Tar emot dem som mår psykiskt dåligt. Hon håller den ungas ärende som den ungas eget.",
            en="Sees those whose mood is low. She keeps a young person's matter the young person's own.",
        ),
    ),
    Worker(
        "sirpa", _id(20), "Sirpa Esimerkkilä", "social-worker", "aikuissosiaalityo",
        Text(
            fi="Aikuissosiaalityö. Hän näkee terveystiedot vain, jos asukas on antanut siihen luvan.",
            sv="Vuxensocialarbete. Hon ser hälsouppgifter bara om invånaren har tillåtit det.",
            en="Adult social work. She sees health records only if the resident has allowed it.",
        ),
    ),
    Worker(
        "tiina", _id(21), "Tiina Turvaniitty", "privacy-officer", "tietosuoja",
        Text(
            fi="Valvoo, kuka on katsonut kenenkin tietoja, ja vastaa asukkaiden kysymyksiin.",
            sv="Övervakar vem som har läst vems uppgifter och svarar på invånarnas frågor.",
            en="Watches who has looked at whose data, and answers residents' questions.",
        ),
    ),
    Worker(
        "aatu", _id(22), "Aatu Asetelma", "county-administrator", "kehittaminen",
        Text(
            fi="Ehdottaa käyttöoikeuksia. Toinen pääkäyttäjä vahvistaa ne.",
            sv="Föreslår behörigheter. En annan huvudanvändare bekräftar dem.",
            en="Proposes access rights. Another administrator confirms them.",
        ),
    ),
    Worker(
        "outi", _id(23), "Outi Varmennus", "county-administrator", "kehittaminen",
        Text(
            fi="Vahvistaa tai hylkää toisen pääkäyttäjän ehdotukset.",
            sv="Bekräftar eller avslår den andra huvudanvändarens förslag.",
            en="Confirms or declines the other administrator's proposals.",
        ),
    ),
    Worker(
        "noora", _id(24), "Noora Sijaislampi", "nurse", "sotkamo",
        Text(
            fi="Nellin työpari. Hän on tänään poissa, ja Nelli huolehtii hänen asioistaan.",
            sv="Nellis arbetspar. Hon är borta i dag, och Nelli sköter om hennes ärenden.",
            en="Nelli's fellow nurse. She is away today, and Nelli looks after her matters.",
        ),
    ),
    Worker(
        "lilja", _id(25), "Lilja Harjoitelma", "child-welfare-worker", "lastensuojelu",
        Text(
            fi="Lukee lastensuojeluilmoitukset heti, päättää arvioinnista ja kertoo lapselle ja huoltajalle.",
            sv="Läser barnskyddsanmälningar genast, beslutar om bedömningen och berättar för barn och vårdnadshavare.",
            en="Reads child-welfare notifications at once, decides on the assessment, tells child and guardian.",
        ),
    ),
    Worker(
        "reino", _id(26), "Reino Rekisteri", "registrar", "kirjaamo",
        Text(
            fi="Kirjaamo: ottaa vastaan muistutukset ja korjauspyynnöt ja vastaa niihin määräajassa.",
            sv="Registratorskontoret: tar emot anmärkningar och rättelser och besvarar dem inom fristen.",
            en="The registry: takes in complaints and requests to correct, and answers them in time.",
        ),
    ),
    Worker(
        "oona", _id(31), "Oona Ohjesalo", "service-adviser", "asiakasohjaus",
        Text(
            fi="Etsii asukkaan kanssa oikean palvelun ja kirjaa, mitä siitä seurasi.",
            sv="Söker den rätta tjänsten med invånaren och antecknar vad som följde.",
            en="Finds the right service with the resident and writes down what came of it.",
        ),
    ),
    Worker(
        "leila", _id(51), "Leila Lepovaara", "service-adviser", "lyhytaikaishoito",
        Text(
            fi="Jakaa lyhytaikaishoidon paikat perheiden toiveiden mukaan ja katsoo, kuka tänään tulee.",
            sv="Fördelar platserna i korttidsvården enligt familjernas önskemål och ser vem som kommer i dag.",
            en="Shares the places of short-term care out by the families' wishes and sees who comes today.",
        ),
    ),
    Worker(
        "elo", _id(32), "Elo Erikoisranta", "doctor", "keskussairaala",
        Text(
            fi="Vastaa kollegojen kysymyksiin. Potilas ja vastuu pysyvät kysyjällä.",
            sv="Svarar på kollegers frågor. Patienten och ansvaret stannar hos den som frågar.",
            en="Answers colleagues' questions. The patient and the responsibility stay with whoever asks.",
        ),
    ),
    Worker(
        "kerttu", _id(33), "Kerttu Kumppani", "partner-worker", "kela",
        Text(
            fi="Lukee ja vastaa viesteihin, jotka Kelaan on lähetetty. Muuta hän ei näe.",
            sv="Läser och besvarar det som har skickats till FPA. Annat ser hon inte.",
            en="Reads and answers what was sent to Kela. She sees nothing else.",
        ),
    ),
    Worker(
        "teemu", _id(34), "Teemu Työmallinen", "partner-worker", "tyollisyyspalvelut",
        Text(
            fi="Lukee ja vastaa viesteihin, jotka työllisyyspalveluihin on lähetetty.",
            sv="Läser och besvarar det som har skickats till sysselsättningstjänsterna.",
            en="Reads and answers what was sent to employment services.",
        ),
    ),
    Worker("kirsti", _id(41), "Kirsti Kierrosniemi", "round-planner", "kotihoito", Text(
        fi="Suunnittelee kotihoidon päivän: kuka käy kenenkin luona, missä järjestyksessä ja milloin.",
        sv="Planerar hemvårdens dag: vem som besöker vem, i vilken ordning och när.",
        en="Plans the day of home care: who visits whom, in which order and when.",
    )),
    Worker("lauri", _id(42), "Lauri Lähisaari", "practical-nurse", "kotihoito", Text(
        fi="Kiertää päivän kotikäynnit puhelin kädessä ja merkitsee ne tehdyiksi.",
        sv="Gör dagens hembesök med telefonen i handen och antecknar dem som gjorda.",
        en="Makes the day's home visits with a phone in hand, and marks them done.",
    )),
    Worker("taru", _id(61), "Taru Talkoola", "organisation-worker", "kainuun-kumppanit", Text(
        fi="Pitää yllä yhdistyksen palveluja palvelutarjottimella ja vastaa, kun asukas ohjataan mukaan.",
        sv="Håller föreningens tjänster aktuella på servicebrickan och svarar när en invånare hänvisas dit.",
        en="Keeps the association's services in the wellbeing tray, and answers when a resident is sent there.",
    )),
    Worker("lasse", _id(62), "Lasse Liikuntasaari", "organisation-worker", "kajaanin-liikunta", Text(
        fi="Kertoo palvelutarjottimella kaupungin liikuntaryhmistä.",
        sv="Berättar på servicebrickan om stadens motionsgrupper.",
        en="Tells in the wellbeing tray of the city's exercise groups.",
    )),
)  # fmt: skip

MEMBERS: dict[str, Resident | Worker] = {member.key: member for member in (*RESIDENTS, *WORKERS)}
VEERA, GUNVOR, AMIRA, ONNI, AILI, SUVI, TOIVO = RESIDENTS
