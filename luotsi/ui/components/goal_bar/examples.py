"""How far towards a target."""

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "Reached, not reached, unknown",
        '{% goal_bar label=words.within_week value=93 target=90 maximum=100 unit="%" %}\n'
        "{% goal_bar label=words.median_wait value=11.5 target=7 unit=words.days lower_is_better=True %}\n"
        '{% goal_bar label=words.coverage value=None target=95 maximum=100 unit="%" %}',
    ),
]
