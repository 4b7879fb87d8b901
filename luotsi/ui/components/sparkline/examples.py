"""Movements in the size of a word."""

from luotsi.ui.example import Example

WEEKS = [71, 74, 73, 78, 80, 79, 84, 86, 85, 90, 88, 93]

EXAMPLES = [
    Example("With its target", "{% sparkline values=weeks label=words.last_weeks target=90 %}", {"weeks": WEEKS}),
    Example(
        "With gaps", "{% sparkline values=weeks label=words.last_weeks %}", {"weeks": [4, 5, None, 5, None, 6, 7, 6]}
    ),
]
