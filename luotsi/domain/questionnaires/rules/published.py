"""Which answers may be counted where others read the figures, so that no reader learns what one more answer said.

Figures that move with every answer tell, of two looks at them, what came in between. So a round is counted when it has
closed, and what comes day by day only up to the end of a day by which five more have come. Feedback of anyone who walks
in is the exception: it is there to be read at once, and whoever gives it is told that nobody's name goes with it.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from luotsi.domain.questionnaires.definitions import Questionnaire

FEWEST = 5  # a smaller group is not published


def is_live(form: Questionnaire) -> bool:
    """Whether answers are counted as they come."""
    return form.purpose == "feedback" and form.audience == "anyone"


def counted_until(days: Mapping[date, int], today: date, fewest: int = FEWEST) -> date | None:
    """The first day that is not counted yet; None when nothing is. `days` are answers by day, in any order.

    What is once counted stays, and each step forward takes in `fewest` answers at least.
    """
    until, waiting = None, 0
    for day in sorted(days):
        if day >= today:
            break
        waiting += days[day]
        if waiting >= fewest:
            until, waiting = day + timedelta(days=1), 0
    return until
