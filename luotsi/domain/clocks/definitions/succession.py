"""Which rule follows which: a later one ends those that it replaces."""

from datetime import date, timedelta

from luotsi.domain.clocks.definitions.rule import ClockRule

Rules = dict[str, ClockRule]
_known: list[tuple[Rules, Rules]] = []


def in_succession(rules: Rules) -> Rules:
    """The rules with the days on which others end them. Worked out once for what the shelf holds now.

    Raises ValueError: a rule replaces one that is not there, or one that begins later.
    """
    if not _known or _known[0][0] is not rules:
        _known[:] = [(rules, _ended(rules))]
    return _known[0][1]


def _ended(rules: Rules) -> Rules:
    ends = {key: rule.valid_to for key, rule in rules.items()}
    for rule in rules.values():
        for key in rule.replaces:
            if key not in rules or rules[key].valid_from >= rule.valid_from:
                raise ValueError(f"{rule.key} replaces {key}, which is no earlier rule; mend replaces or valid_from")
            ends[key] = min(ends[key] or date.max, rule.valid_from - timedelta(days=1))
    return {
        key: rule if rule.valid_to == ends[key] else rule.model_copy(update={"valid_to": ends[key]})
        for key, rule in rules.items()
    }
