"""What the reader chose: how far back, which unit, in which order. It stands in the address, so it can be sent on.

choices = asked(request.GET, units=shown, own=own)    never an error: what cannot be used is named in `ignored`
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.base.who import Who
from luotsi.domain.organisation import definitions as organisation

WEEKS = (4, 13, 26, 52)
ALL = "all"
SORTS = ("name", "value", "counted", "coverage", "apart")
_NAMES = {"weeks": gettext_lazy("period"), "unit": gettext_lazy("unit"), "sort": gettext_lazy("order")}


@dataclass(frozen=True)
class Choices:
    """`weeks` None: as the board says. `unit` "": all of them. `ignored` names what could not be used."""

    weeks: int | None = None
    unit: str = ""
    sort: str = ""
    tables_open: bool = False
    given: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The choices as the end of an address: "?weeks=13&unit=sotkamo", or ""."""
        return f"?{urlencode(self.given)}" if self.given else ""


def asked(given: Mapping[str, str], *, units: Collection[str], own: Collection[str]) -> Choices:
    """The choices of an address. Without a unit in it, somebody whose only unit is shown begins with that one."""
    weeks, unit, sort = (given.get(name, "").strip() for name in _NAMES)
    usable = {
        "weeks": weeks in map(str, WEEKS),
        "unit": unit == ALL or unit in units,
        "sort": sort.removeprefix("-") in SORTS,
    }
    kept = {name: value for name, value in zip(_NAMES, (weeks, unit, sort), strict=True) if usable[name]}
    first = next(iter(own)) if len(own) == 1 else ALL
    chosen = kept.get("unit", first)
    return Choices(
        weeks=int(kept["weeks"]) if "weeks" in kept else None,
        unit="" if chosen == ALL else chosen,
        sort=kept.get("sort", ""),
        tables_open=given.get("tables") == "open",
        given=tuple(kept.items()),
        ignored=tuple(str(_NAMES[name]) for name in _NAMES if given.get(name, "").strip() and not usable[name]),
    )


def own_units(viewer: Who, shown: Collection[str]) -> frozenset[str]:
    """The units of those shown that are the viewer's own; nobody's for somebody who looks at the whole county."""
    role = organisation.roles()[viewer.role]
    return viewer.units & frozenset(shown) if role.sees == "unit" else frozenset()


class ChoicesForm(forms.Form):
    """The filter bar: shows what is in force, and sends it on in the address."""

    weeks = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Order of units"), required=False)

    def __init__(
        self, choices: Choices, *, units: Sequence[tuple[str, str]], usual: str, with_order: bool = True
    ) -> None:
        """`units` as (key, name) in the order shown; `usual` names the period that no choice gives.

        `with_order` False: the headings of the page's own table sort.
        """
        super().__init__(
            initial={"weeks": choices.weeks or "", "unit": choices.unit or ALL, "sort": choices.sort},
        )
        lengths = [(str(weeks), _("%(weeks)d weeks") % {"weeks": weeks}) for weeks in WEEKS]
        self.fields["weeks"].choices = [("", usual), *lengths]
        self.fields["unit"].choices = [(ALL, _("All units")), *units]
        self.fields["sort"].choices = [
            ("", _("Own units first")),
            ("-value", _("Largest first")),
            ("value", _("Smallest first")),
        ]
        if not with_order:
            self.fields["sort"].widget = forms.HiddenInput()
