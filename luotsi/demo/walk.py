"""The ten-minute walk: from a resident's cough to the programme's monthly report, step by step."""

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


STEPS = (
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


def question_in(language: str) -> str:
    with override(language):
        return now_in_language(QUESTION)
