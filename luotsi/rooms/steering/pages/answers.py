"""Answers that several pages of the room give."""

from django.http import HttpResponse

from luotsi.rooms.steering.tables import Table, as_csv


def csv_file(table: Table, name: str) -> HttpResponse:
    """The table as a file of that name."""
    answer = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
