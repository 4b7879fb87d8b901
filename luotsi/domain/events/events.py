"""What is told of the record itself."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class RowsMended:
    """Rows that follow from events were made anew, so what is remembered of them holds no longer. `what` names them."""

    kind: ClassVar[str] = "rows.mended"
    what: str
    rows: int
