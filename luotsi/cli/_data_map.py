"""docs/reference/data-map.md: what every table holds of whom, and how long data are kept; from the shelf."""

from collections.abc import Iterator

from luotsi.domain.people.definitions import MapPage, Period, RetentionRule, Table, data_map, retention_rules

_HEAD = """# Data map

Every table of the database: what it holds, whose data, on which legal ground, how long, how a row goes, and whether the
resident gets it in the copy of their data. A table that is missing here fails the tests, and so does a resident's table
without row-level security. The files stand in `content/data_map` and `content/retention`; a county that keeps something
longer or shorter changes them there. Where a rule says "not compared with the act", nobody has yet.

What is not a table: the facts for figures are a copy of the events without names and are rebuilt from them; backups
hold what has gone until they are overwritten, for as long as the county's own backup plan says."""
_ERASED = {"delete": "deleted", "pseudonymise": "made nameless", "never": "never"}


def page() -> str:
    parts = [_HEAD, _rules(), *(_noun(one) for one in data_map().values())]
    return "\n\n".join(parts)


def _rules() -> str:
    """How long each class of data is kept, with the act and the worked examples."""
    lines = ["## How long data are kept", "", "| rule | kept | act | compared |", "|--|--|--|--|"]
    for rule in retention_rules().values():
        act = f"{rule.law.act}, {rule.law.section}".removesuffix(", ")
        compared = f"{rule.compared_on:%-d.%-m.%Y}" if rule.compared_on else "not compared with the act"
        lines.append(f"| **{rule.name.en}** `{rule.key}` | {_kept(rule)} | {act}. {rule.law.source} | {compared} |")
    lines += ["", "| example of | known | nothing is left from | why |", "|--|--|--|--|"]
    return "\n".join([*lines, *_examples()])


def _kept(rule: RetentionRule) -> str:
    """The periods in words; where several, the first whose moment is known."""
    return "; else ".join(_period(period) for period in rule.until) or "for good"


def _period(period: Period) -> str:
    after = {"end": "the end", "entry": "the entry", "use": "the last use", "departure": "leaving"}
    known = after.get(period.after, period.after)
    count, unit = (period.years, "year") if period.years else (period.days, "day")
    return f"{count} {unit}{'s' if count > 1 else ''} from {known}" if count else f"until {known}"


def _examples() -> Iterator[str]:
    for rule in retention_rules().values():
        for one in rule.examples:
            known = ", ".join(f"{anchor} {day:%-d.%-m.%Y}" for anchor, day in one.known.items()) or "–"
            gone = f"{one.gone_on:%-d.%-m.%Y}" if one.gone_on else "–"
            yield f"| `{rule.key}` | {known} | {gone} | {one.why} |"


def _noun(noun: MapPage) -> str:
    lines = [f"## {noun.name.en}", ""]
    lines += ["| table | holds | whose | owner | legal ground | rule | a row goes | row-level security | in the copy |"]
    lines += ["|--|--|--|--|--|--|--|--|--|", *(_row(table) for table in noun.tables)]
    return "\n".join(lines)


def _row(table: Table) -> str:
    ground = table.ground if table.whose == "none" or table.verified else f"{table.ground} (not compared)"
    cells = [
        f"`{table.table}`",
        table.holds,
        {"none": "nobody's"}.get(table.whose, table.whose),
        table.owner,
        ground,
        ", ".join(f"`{key}`" for key in dict.fromkeys(table.rules)),
        f"{_ERASED[table.erased]}. {table.erased_why}",
        "yes" if table.row_level_security else f"no. {table.second_wall_why}".removesuffix(". "),
        _given(table),
    ]
    return f"| {' | '.join(cells)} |"


def _given(table: Table) -> str:
    if table.export is None:
        return f"no. {table.export_why}"
    left = "; ".join(f"`{name}`: {why}" for name, why in table.export.left_out.items() if name != "resident_id")
    return "yes" + (f". Left out: {left}" if left else "")
