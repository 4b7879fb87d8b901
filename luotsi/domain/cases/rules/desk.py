"""What holds at a worker's desk."""

from datetime import timedelta

THERE_FOR = timedelta(minutes=1)  # a page says every twenty seconds that it is open
MOST_VIEWS = 30
LONGEST_DRAFT = 50_000  # characters of all fields together
