"""How the privacy officer narrows the log: kept in the session, as no code or name stands in an address."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.base.dates import start_of
from luotsi.base.now import today
from luotsi.base.who import Who
from luotsi.domain.events import queries as log
from luotsi.domain.events.definitions import action_words, tried_words, what_words
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.people import queries as people
from luotsi.domain.people.definitions import grounds
from luotsi.domain.people.rules import BadIdentityCode
from luotsi.rooms.oversight import words
from luotsi.rooms.oversight.forms import DAYS, NO_DAY
from luotsi.ui.forms import DayInput, ShortText

_CHOICES = "log_choices"
PAGE_SIZE = 50
DAYS_BACK = 30


@dataclass(frozen=True)
class Asked:
    """What to look for; "" is anything. `resident` and `actor` are ids, the days local ones, both inclusive."""

    resident: str = ""
    actor: str = ""
    since: str = ""
    until: str = ""
    ground: str = ""
    outcome: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.resident or self.actor or self.ground or self.outcome)

    @property
    def begins(self) -> datetime:
        return start_of(date.fromisoformat(self.since) if self.since else today() - timedelta(days=DAYS_BACK))

    @property
    def ends(self) -> datetime:
        return start_of((date.fromisoformat(self.until) if self.until else today()) + timedelta(days=1))


class LogForm(forms.Form):
    """Whose data, who looked, when and on what ground."""

    identity_code = forms.CharField(
        label=_("Whose data: identity code"),
        help_text=_("Whole. It is not kept; the search is written into the log."),
        required=False,
        max_length=11,
        widget=ShortText({"autocomplete": "off"}),
    )
    actor = forms.ChoiceField(label=_("Which worker looked"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=DayInput(), input_formats=DAYS, error_messages={"invalid": NO_DAY}
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=DayInput(), input_formats=DAYS, error_messages={"invalid": NO_DAY}
    )
    ground = forms.ChoiceField(label=_("On what ground"), required=False)
    outcome = forms.ChoiceField(
        label=_("Shown or refused"),
        required=False,
        choices=[("", _("Both")), ("shown", _("Shown")), ("refused", _("Refused"))],
    )

    def __init__(self, viewer: Who, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.resident = viewer, ""
        workers = [(str(one.id), _told_apart(one)) for one in organisation.colleagues(on=today())]
        self.fields["actor"].choices = [("", _("Anybody")), *workers]
        names = [(key, ground.name.in_language(get_language())) for key, ground in grounds().items()]
        self.fields["ground"].choices = [("", _("Any ground")), *names]

    def clean_identity_code(self) -> str:
        """The code becomes the resident's id at once and is forgotten."""
        said = self.cleaned_data["identity_code"].strip()
        if not said:
            return ""
        try:
            found = people.resident_in_log(said, viewer=self.viewer)
        except BadIdentityCode:
            raise forms.ValidationError(_("Check the identity code. It looks like 131052-308T.")) from None
        if found is None:
            raise forms.ValidationError(_("The county knows nobody with this identity code."))
        self.resident = str(found)
        return ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first one."))
        return said

    @property
    def asked(self) -> Asked:
        said = self.cleaned_data
        days = {name: said[name].isoformat() if said[name] else "" for name in ("since", "until")}
        return Asked(self.resident, said["actor"], ground=said["ground"], outcome=said["outcome"], **days)


def _told_apart(who: organisation.Colleague) -> str:
    place = words.place_words(who)
    return f"{who.name} ({place})" if place else who.name


def kept(request: HttpRequest) -> Asked:
    """As the officer last asked."""
    return Asked(**(request.session.get(_CHOICES) or {}))


def keep(request: HttpRequest, asked: Asked) -> None:
    request.session[_CHOICES] = asdict(asked)


def read(asked: Asked, *, viewer: Who, page: int) -> tuple[list[dict[str, Any]], bool]:
    """The rows of a page in words, and whether there are more. The reading is logged."""
    found = people.read_log(
        viewer=viewer,
        resident=UUID(asked.resident) if asked.resident else None,
        actor=UUID(asked.actor) if asked.actor else None,
        since=asked.begins,
        until=asked.ends,
        ground=asked.ground,
        outcome=asked.outcome,
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
    )
    return in_words(found.lines, viewer=viewer), found.has_more


def in_words(lines: tuple[log.LogLine, ...], *, viewer: Who) -> list[dict[str, Any]]:
    """Rows of the log with names for what stands there as ids and keys. Two queries whatever the length."""
    residents = {line.resident for line in lines if line.resident}
    residents |= {line.acting_for for line in lines if line.acting_for}
    residents |= {line.actor_id for line in lines if line.actor_kind == "resident" and line.actor_id}
    names = people.names_behind(residents, viewer=viewer)
    staff = organisation.names_of({line.actor_id for line in lines if line.actor_kind == "staff" and line.actor_id})
    return [_in_words(line, {**names, **staff}) for line in lines]


def _in_words(line: log.LogLine, names: dict[UUID, str]) -> dict[str, Any]:
    language, ground = get_language(), grounds().get(line.ground)
    is_refused = line.outcome == "refused"
    did = tried_words(line.action) if is_refused else action_words(line.action).officer
    return {
        "line": line,
        "who": names.get(line.actor_id, "") if line.actor_id else "",
        "role": words.role_name(line.actor_role),
        "units": ", ".join(map(words.unit_name, line.actor_units)),
        "whose": names.get(line.resident, "") if line.resident else "",
        "what": what_words(line.what).officer.in_language(language) if line.what else "",
        "action": did.in_language(language) if line.action else "",
        "ground": ground.name.in_language(language) if ground else line.ground,
        "is_refused": is_refused,
        "is_emergency": line.ground == "emergency",
    }
