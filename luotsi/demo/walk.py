"""The walks of the guide: from a resident's cough to the programme's monthly report, and who may see what of her."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as now_in_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, override

from luotsi.demo import cast

# What one writes into the finder, in the language of the page.
QUESTION = gettext_noop("the cough will not go away")
_SERVICE, _PROGRAMME = "nurse-reception", "hella"


@dataclass(frozen=True)
class Step:
    """One step: what to do, who does it ("" for a visitor) and where it begins."""

    title: Promise
    text: Promise
    who: str
    url: Callable[[], str]

    @property
    def member(self) -> cast.Resident | cast.Worker | None:
        return cast.MEMBERS.get(self.who)


def _finder() -> str:
    question = urlencode({"q": now_in_language(QUESTION), "municipality": cast.VEERA.municipality})
    return f"{reverse('front')}?{question}"


ROAD = (
    Step(
        _("Find help in your own words"),
        _("Write on the front page what is wrong, in the words you would use. Choose the nurse's reception."),
        "",
        _finder,
    ),
    Step(
        _("Read the service"),
        _("See for whom it is, what happens next and the ways to get in touch in Sotkamo."),
        "",
        lambda: f"{reverse('service', args=[_SERVICE])}?municipality={cast.VEERA.municipality}",
    ),
    Step(
        _("Send the contact form"),
        _("Tell about the cough and send the form. Try also what happens when you tick severe chest pain."),
        "veera",
        lambda: reverse("contact", args=[_SERVICE]),
    ),
    Step(
        _("Follow your matter"),
        _("Your matter stands on your own page, with the day by which somebody has read it."),
        "veera",
        lambda: reverse("matters"),
    ),
    Step(
        _("See the worklist"),
        _("The same contact is on the list of the Sotkamo team, among those due today, at risk and overdue. Open it."),
        "nelli",
        lambda: reverse("worklist"),
    ),
    Step(
        _("Assess the need for care"),
        _("Decide that care is needed. The care guarantee begins to run; open the date to see why it is that day."),
        "nelli",
        lambda: reverse("worklist"),
    ),
    Step(
        _("Offer a time"),
        _("Choose a free time. Times after the last lawful day are marked."),
        "nelli",
        lambda: reverse("worklist"),
    ),
    Step(
        _("Accept the time"),
        _("The offered time waits in your matter. Accept it, or ask for another one."),
        "veera",
        lambda: reverse("matters"),
    ),
    Step(
        _("Hold the visit and close the matter"),
        _("Record the visit in the case and close it. The clock stops: met."),
        "nelli",
        lambda: reverse("worklist"),
    ),
    Step(
        _("Watch the board move"),
        _("The visit stands in the figures of Sotkamo within half a minute. Compare it with the other units."),
        "esa",
        lambda: reverse("boards"),
    ),
    Step(
        _("See the programme's goal live"),
        _("The HELLÄ programme shows the same indicator beside its target, and its money as printed and as computed."),
        "kaisa",
        lambda: reverse("programme", args=[_PROGRAMME]),
    ),
    Step(
        _("Download the monthly report"),
        _("A Word report with the live figure and its chart. The slide deck is on the programme's page."),
        "kaisa",
        lambda: reverse("programme-report", args=[_PROGRAMME]),
    ),
)


RIGHTS = (
    Step(
        _("See who looked"),
        _(
            "Each time somebody was shown your data, it stands in your own log: who, when and why. "
            "Ask about one of them."
        ),
        "veera",
        lambda: reverse("own-log"),
    ),
    Step(
        _("Decide what others may see"),
        _("Let social services read your health data, or refuse it. It holds from the next press."),
        "veera",
        lambda: reverse("consents"),
    ),
    Step(
        _("Try to look without a reason"),
        _("Find Toivo Naapurinen by the code on his card. Nothing of him opens, unless you say what the emergency is."),
        "nelli",
        lambda: reverse("people"),
    ),
    Step(
        _("Judge the emergency"),
        _("The privacy officer sees every emergency access, judges it, and searches the log. That is logged too."),
        "tiina",
        lambda: reverse("emergencies"),
    ),
    Step(
        _("Give a role together with a colleague"),
        _("Propose a role for a worker. Another administrator confirms it, and it ends on a day."),
        "aatu",
        lambda: reverse("assignments"),
    ),
)


MORNING = (
    Step(
        _("Begin with the morning review"),
        _("Yesterday, today's free times against what is due, and what will be missed within a week, on one page."),
        "nelli",
        lambda: reverse("huddle"),
    ),
    Step(
        _("Ring those who wait for a call"),
        _("Whose day runs out first stands first. One was rung twice in vain: write down what comes of the next call."),
        "nelli",
        lambda: reverse("calls"),
    ),
    Step(
        _("Say why they got in touch"),
        _("Open a new matter on the list and tap the reason. The words of the contact suggest one."),
        "nelli",
        lambda: f"{reverse('worklist')}?view=new",
    ),
    Step(
        _("Take over from a colleague who is away"),
        _("Noora is away today. Tick her matters and take them; Noora finds in the story of each who has it now."),
        "nelli",
        lambda: f"{reverse('worklist')}?scope=away",
    ),
    Step(
        _("Send a matter to the physiotherapist"),
        _(
            "Open the matter about the aching shoulder, decide that another professional takes care of it, and write "
            "the question. The day by which it is answered begins to run."
        ),
        "nelli",
        lambda: f"{reverse('worklist')}?view=new",
    ),
    Step(
        _("Answer the referral"),
        _("It waits among those sent to physiotherapy. Accept it, or send it back with the reason."),
        "petri",
        lambda: reverse("referrals"),
    ),
    Step(
        _("Find the right service"),
        _("At the guidance desk: open a matter, point to a service of any kind, and say why."),
        "oona",
        lambda: reverse("worklist"),
    ),
    Step(
        _("Judge a child-welfare notification"),
        _(
            "One came this morning and is judged at once. Of another the start must be decided by the seventh working "
            "day, and the police notified again this morning."
        ),
        "lilja",
        lambda: reverse("worklist"),
    ),
    Step(
        _("See why people get in touch"),
        _("What part of the contacts is failure demand, month by month: summers and Januaries show."),
        "esa",
        lambda: reverse("demand"),
    ),
)


@dataclass(frozen=True)
class Walk:
    """Steps that belong together, under one heading."""

    key: str
    title: Promise
    steps: tuple[Step, ...]


WALKS = (
    Walk("road", _("The ten-minute walk"), ROAD),
    Walk("rights", _("Who may see what: five minutes more"), RIGHTS),
    Walk("morning", _("A morning of the team"), MORNING),
)
STEPS = ROAD + RIGHTS + MORNING


def question_in(language: str) -> str:
    with override(language):
        return now_in_language(QUESTION)
