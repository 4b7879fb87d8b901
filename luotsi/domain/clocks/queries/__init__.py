"""Reading clocks for pages.

clocks_of(subjects) -> {subject: (ClockChip, …)}    one query for a whole list
earliest_due(subjects) -> {subject: date}           the earliest last day that still runs; one query
explain(because, rule) -> (Text, …)                 the steps of an explanation in three languages
explained(chip) -> Explained                        why this date: rule, law, days counted and skipped, assumptions
law_of(rule) -> Text                                act and section, or that it is the county's own promise
clocks_page("fi") -> str                            the reference page of all rules, as Markdown
stories_page("fi") -> str                           the reference page of the stories that can be read
"""

from luotsi.domain.clocks.queries.chips import ClockChip, clocks_of, earliest_due, explain
from luotsi.domain.clocks.queries.explained import Explained, explained, law_of
from luotsi.domain.clocks.queries.page import clocks_page
from luotsi.domain.clocks.queries.stories_page import stories_page

__all__ = [
    "ClockChip",
    "Explained",
    "clocks_of",
    "clocks_page",
    "earliest_due",
    "explain",
    "explained",
    "law_of",
    "stories_page",
]
