"""Spreadsheets that people send, and those that we give them.

    reading.read_rows(upload, columns=[…]) -> list[dict]      .xlsx .ods .csv; raises SpreadsheetError, and nothing else
    writing.write_rows(rows, columns=[…]) -> bytes            .xlsx (or .csv) in which no cell is a formula

What is sent is looked at first (size, kind, what the archive inside would grow to), then read by another process that
may use little memory and time: a file that harms its reader harms only that one.
"""
