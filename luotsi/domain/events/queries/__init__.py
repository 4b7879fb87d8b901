"""Reading what happened, who looked at whose data, and whether the log of it still says what was sealed."""

from luotsi.domain.events.queries.story import how_many, latest, newest_id, story_of, subjects_with
from luotsi.domain.events.queries.verifying import Verdict, verify

__all__ = ["Verdict", "how_many", "latest", "newest_id", "story_of", "subjects_with", "verify"]
