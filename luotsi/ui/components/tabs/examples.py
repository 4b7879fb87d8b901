"""Views of the same thing."""

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "Ways to meet",
        '{% tabs label=words.ways %}\n  {% tab label=words.visit url="#" current=True %}\n'
        '  {% tab label=words.video url="#" %}\n  {% tab label=words.phone url="#" %}\n{% endtabs %}',
    ),
    Example(
        "With how many wait",
        '{% tabs label=words.views %}\n  {% tab label=words.mine url="#" count=4 %}\n'
        '  {% tab label=words.team url="#" current=True count=42 %}\n{% endtabs %}',
    ),
]
