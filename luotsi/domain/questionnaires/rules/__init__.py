"""Reading answers: what is asked, what is missing or wrong, what the answers mean. Pure: no tables, no clock.

reading      `read`: answers → State, the one reading that everything else asks
state        what a reading gives: lines, problems, scores, outcomes
checking     one answer as a page or a file gives it → the answer as it is kept, or a Problem
asking       conditions: is an item asked
plan         the order in which a form is read; refuses circles
scoring      points → scores → bands; `named` holds the rules that are Python
outcomes     what follows from scores and answers
words        answers in words
files        which files are taken as answers, and what of them is kept (`pictures`, `sealing`)
faults       what is wrong with a form that its types cannot see; whether its worked examples hold
expressions  FHIRPath over answers (`fhirpath`, limited; `resource`, what it sees; `sheet`, on which a reading works)
"""

from luotsi.domain.questionnaires.rules.asking import Answers, is_asked
from luotsi.domain.questionnaires.rules.checking import check
from luotsi.domain.questionnaires.rules.faults import example_faults, faults
from luotsi.domain.questionnaires.rules.named import NAMED
from luotsi.domain.questionnaires.rules.plan import CannotBeRead
from luotsi.domain.questionnaires.rules.reading import beginning, dangers, keep_asked, missing, read
from luotsi.domain.questionnaires.rules.state import Line, Problem, Scored, State
from luotsi.domain.questionnaires.rules.words import answered, in_words, words

__all__ = [
    "NAMED",
    "Answers",
    "CannotBeRead",
    "Line",
    "Problem",
    "Scored",
    "State",
    "answered",
    "beginning",
    "check",
    "dangers",
    "example_faults",
    "faults",
    "in_words",
    "is_asked",
    "keep_asked",
    "missing",
    "read",
    "words",
]
