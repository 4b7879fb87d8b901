"""What can be wrong with a spreadsheet that somebody sent: a closed list, so that pages can say it in any language."""

from dataclasses import dataclass

# key: what is wrong, and what to do about it
PROBLEMS = {
    "empty": ("the file is empty", "choose the file again"),
    "too_big": ("the file is larger than 5 MB", "leave out what is not needed, or send it in parts"),
    "other_kind": ("the file is not a spreadsheet", "save it as .xlsx, .ods or .csv"),
    "other_name": ("the file is not what its name says", "open it and save it anew as .xlsx, .ods or .csv"),
    "locked": ("the file has a password, or is an old .xls", "save it as .xlsx without a password"),
    "macros": ("there is a program (macro) in the file", "save it as .xlsx without macros"),
    "embedded": ("there is another file inside the file", "copy the cells into a new, empty sheet"),
    "grows": ("the file would grow too large when it is opened", "copy the cells into a new, empty sheet"),
    "broken": ("the file cannot be read, it may be broken", "open it, save it anew and send that"),
    "no_rows": ("there are no rows under the headings", "write one row for each entry"),
    "many_rows": ("there are more than 5000 rows", "send it in parts"),
    "many_columns": ("there are more than 50 columns", "leave out what is not needed"),
    "long_cell": ("there is more than 1000 characters in a cell", "shorten the text"),
    "no_column": ("a column is missing", "add it; the headings stand in the first row"),
    "twice": ("the same heading stands twice", "keep one of the columns"),
    "code": ("there is an identity code in the file's name", "give the file another name"),
}


@dataclass
class SpreadsheetError(Exception):
    """The file was not taken. `problem` is a key of PROBLEMS; row and column are as the person sees them, from 1 and A.

    `heading` is the column that is missing or stands twice.
    """

    problem: str
    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    heading: str = ""

    def __str__(self) -> str:
        wrong, mend = PROBLEMS[self.problem]
        place = [f"sheet {self.sheet}" * bool(self.sheet), f"row {self.row}" * bool(self.row)]
        place += [f"column {self.column}" * bool(self.column), f"“{self.heading}”" * bool(self.heading)]
        where = ", ".join([self.file or "the file", *filter(None, place)])
        return f"{where}: {wrong}; {mend}"


def letter(column: int) -> str:
    """The name of a column by its number from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
