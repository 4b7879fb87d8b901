"""Reading what happened, who looked at whose data, and whether the log of it still says what was sealed."""

from luotsi.domain.events.queries import patterns
from luotsi.domain.events.queries.counted import subjects_by_kind
from luotsi.domain.events.queries.looked import Kept, Looked, LookedPage, look_at, who_looked
from luotsi.domain.events.queries.matters import Matter, edges, matters_between
from luotsi.domain.events.queries.moved import Mark, Moved, moved_since
from luotsi.domain.events.queries.ranges import erasable, first_look_at
from luotsi.domain.events.queries.search import LogLine, LogPage, search_log, use_of
from luotsi.domain.events.queries.story import (
    BriefEvent,
    BriefStory,
    how_many,
    how_many_each,
    latest,
    newest_id,
    resident_of,
    since,
    standing,
    stories_in_brief,
    story_of,
    subjects_with,
)
from luotsi.domain.events.queries.verifying import Verdict, verify

__all__ = [
    "BriefEvent",
    "BriefStory",
    "Kept",
    "LogLine",
    "LogPage",
    "Looked",
    "LookedPage",
    "Mark",
    "Matter",
    "Moved",
    "Verdict",
    "edges",
    "erasable",
    "first_look_at",
    "how_many",
    "how_many_each",
    "latest",
    "look_at",
    "matters_between",
    "moved_since",
    "newest_id",
    "patterns",
    "resident_of",
    "search_log",
    "since",
    "standing",
    "stories_in_brief",
    "story_of",
    "subjects_by_kind",
    "subjects_with",
    "use_of",
    "verify",
    "who_looked",
]
