"""What a county lets answers set going."""

from typing import Literal

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.domain.questionnaires.definitions.form import Purpose


class DangerOpens(Entry):
    """The matter that answers open when they signal danger and no open one takes them: its kind and service, and how
    its unit is found (as in an outcome).
    """

    case_kind: str
    service: str
    unit: Literal["own", "nearest", "central"] = "nearest"


class Following(Definition):
    """`tells_care_level`: the filler reads which level of care the form recommends, which is a medical device's work.
    `opens_matter`: an outcome opens the matter that it names, or proposes it where a matter is open already.
    `danger_from`: the purposes of the forms from which a sign of danger reaches people. `danger_opens`: by register,
    what it opens; a register that is not named opens nothing.
    """

    tells_care_level: bool = False
    opens_matter: Literal["opens", "proposes"] = "opens"
    danger_from: tuple[Purpose, ...] = ()
    danger_opens: dict[Literal["health", "social", "child_welfare", "none"], DangerOpens] = {}

    def on_danger(self, purpose: Purpose, register: str) -> DangerOpens | None:
        """What such answers open; None when the county has it so that nobody is told."""
        known = {str(key): opens for key, opens in self.danger_opens.items()}
        return known.get(register) if purpose in self.danger_from else None


def following() -> Following:
    return shelf.load("answer_settings", Following)["following"]
