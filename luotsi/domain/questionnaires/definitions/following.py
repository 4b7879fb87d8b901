"""What a county lets answers set going."""

from typing import Literal

from luotsi.base import shelf
from luotsi.base.shelf import Definition


class Following(Definition):
    """`tells_care_level`: the filler reads which level of care the form recommends, which is a medical device's work.
    `opens_matter`: an outcome opens the matter that it names, or proposes it where a matter is open already.
    """

    tells_care_level: bool = False
    opens_matter: Literal["opens", "proposes"] = "opens"


def following() -> Following:
    return shelf.load("answer_settings", Following)["following"]
