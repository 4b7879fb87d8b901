"""Writing clocks.

follow(subject=…, uses=…, …)   after every event of a case: its clocks are read anew from its events
pause(…), resume(…)            a reason the rule admits, with its author
tick(at=…)                     the clocks whose state may have changed by itself; safe with several workers
erase(subjects)                the rows of matters whose time has passed
load(rows)                     very many rows of an imported history
rebuild(uses_of=…, at=…)       every row anew from events; with check=True only says what would change
"""

from luotsi.domain.clocks.actions.erase import erase
from luotsi.domain.clocks.actions.follow import follow, pause, resume
from luotsi.domain.clocks.actions.load import load
from luotsi.domain.clocks.actions.rebuild import Difference, rebuild
from luotsi.domain.clocks.actions.tick import tick

__all__ = ["Difference", "erase", "follow", "load", "pause", "rebuild", "resume", "tick"]
