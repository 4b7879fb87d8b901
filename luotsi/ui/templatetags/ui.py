"""The tag library of every template: all components, and the filters for words and numbers."""

from importlib import import_module

from luotsi.ui import once, words
from luotsi.ui.component import FOLDER, register

__all__ = ["once", "register"]

for _component in sorted(FOLDER.glob("*/component.py")):
    import_module(f"luotsi.ui.components.{_component.parent.name}.component")

for _filter in (
    words.birth_day,
    words.day,
    words.clock_time,
    words.moment,
    words.number,
    words.euro,
    words.percent,
    words.in_language,
    words.dial,
):
    register.filter(_filter.__name__, _filter)
