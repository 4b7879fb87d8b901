"""Writes: answers and where they are gathered."""

from luotsi.domain.questionnaires.actions.completing import Incomplete, complete
from luotsi.domain.questionnaires.actions.erasing import erase, erase_of, load

__all__ = ["Incomplete", "complete", "erase", "erase_of", "load"]
