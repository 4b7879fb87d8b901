"""How a row says in which unit, register and so on its story was."""

_DIMENSIONS = (
    "resident_key", "case_kind", "unit", "service", "register", "channel", "municipality", "language", "profession",
    "urgency",
)  # fmt: skip


def firsts(*columns: str, of: str = "true") -> str:
    """Each column as it was first known among the events `of` which it is told. case_kind is called kind."""
    return ", ".join(
        f"arg_min({column}, n) FILTER ({column} <> '' AND {of}) AS {_named(column)}"
        for column in columns or _DIMENSIONS
    )


def firsts_but(*left_out: str, of: str = "true") -> str:
    """All of them but these."""
    return firsts(*(column for column in _DIMENSIONS if column not in left_out), of=of)


def _named(column: str) -> str:
    return "kind" if column == "case_kind" else column
