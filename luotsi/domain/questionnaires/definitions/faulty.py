"""What is wrong with a form, told so that the command line and a page in three languages can both say it."""

from typing import Any


class Fault(str):
    """One thing that is wrong: a sentence in English that says what to mend.

    `kind` and what is `told` of it (keys of items, scores and outcomes, limits, what was written) are for pages, which
    make a sentence of their own in the reader's language.
    """

    kind: str
    told: dict[str, Any]

    def __new__(cls, sentence: str, kind: str = "other", **told: Any) -> "Fault":
        fault = super().__new__(cls, sentence)
        fault.kind, fault.told = kind, told
        return fault

    def of(self, where: str, **told: Any) -> "Fault":
        """The same fault of a part of the form."""
        return Fault(f"{where} {self}", self.kind, **self.told, **told)


class Faulty(ValueError):
    """Something is no part of a form, because of this fault."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault)
