"""Questionnaires as the shelf holds them, and as the standard (HL7 FHIR R4 Questionnaire) means them.

asked    what is asked: items, options, conditions, expressions
meaning  what answers mean: scores, bands, outcomes, dangers, worked examples
following what a county lets answers set going
faulty   what is wrong with a form, for the command line and for pages
patterns which regular expressions are light enough to be let in
form     one questionnaire, and every one on the shelf
"""

from luotsi.domain.questionnaires.definitions.asked import (
    Condition,
    Expression,
    Item,
    ItemType,
    Option,
    Unit,
    all_items,
)
from luotsi.domain.questionnaires.definitions.following import DangerOpens, Following, following
from luotsi.domain.questionnaires.definitions.form import (
    Audience,
    Earlier,
    Purpose,
    Questionnaire,
    of_version,
    questionnaires,
)
from luotsi.domain.questionnaires.definitions.meaning import Band, Danger, Example, Outcome, Score, Span, When

__all__ = [
    "Audience",
    "Band",
    "Condition",
    "Danger",
    "DangerOpens",
    "Earlier",
    "Example",
    "Expression",
    "Following",
    "Item",
    "ItemType",
    "Option",
    "Outcome",
    "Purpose",
    "Questionnaire",
    "Score",
    "Span",
    "Unit",
    "When",
    "all_items",
    "following",
    "of_version",
    "questionnaires",
]
