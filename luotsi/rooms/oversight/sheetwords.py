"""What is wrong with a spreadsheet that somebody sent, as a sentence with what to do."""

from django.utils.translation import gettext as _

from luotsi.gateways.spreadsheets.problems import SpreadsheetError


def said(error: SpreadsheetError) -> str:
    """The problem and the mend, with the place in front where there is one."""
    place = _place(error)
    return f"{place}: {_sentence(error)}" if place else _sentence(error)


def _place(error: SpreadsheetError) -> str:
    """Row and column as a spreadsheet program names them."""
    parts = [_("Sheet %(name)s") % {"name": error.sheet}] if error.sheet else []
    parts += [_("Row %(number)d") % {"number": error.row}] if error.row else []
    parts += [_("Column %(letter)s") % {"letter": error.column}] if error.column else []
    return ", ".join(parts)


def _sentence(error: SpreadsheetError) -> str:
    return {
        "empty": _("The file is empty. Choose the file again."),
        "too_big": _("The file is larger than 5 MB. Leave out what is not needed, or send it in parts."),
        "other_kind": _("This file is not a spreadsheet. Save it as .xlsx, .ods or .csv."),
        "other_name": _("The file is not what its name says. Open it and save it anew as .xlsx, .ods or .csv."),
        "locked": _("The file has a password or is an old .xls. Save it as .xlsx without a password."),
        "macros": _("There is a program (a macro) in the file. Save it as .xlsx without macros."),
        "embedded": _("There is another file inside the file. Copy the cells into a new, empty sheet."),
        "grows": _("The file would grow too large when it is opened. Copy the cells into a new, empty sheet."),
        "broken": _("The file cannot be read. Open it, save it anew and send that."),
        "no_rows": _("There are no rows under the headings. Write one row for each role."),
        "many_rows": _("There are too many rows. Send them in parts."),
        "many_columns": _("There are more than 50 columns. Leave out what is not needed."),
        "long_cell": _("The text in a cell is longer than 1,000 characters. Shorten it."),
        "no_column": _("The column “%(heading)s” is missing. The headings stand in the first row."),
        "twice": _("The heading “%(heading)s” stands twice. Keep one of the columns."),
        "code": _("There is an identity code in the file's name. Give the file another name."),
    }[error.problem].replace("%(heading)s", error.heading)
