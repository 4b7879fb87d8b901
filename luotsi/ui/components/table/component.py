"""A table whose columns are named once. On a phone each row becomes a card that names its cells."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from django.template import Context
from django.utils.safestring import SafeString

from luotsi.ui import words
from luotsi.ui.addresses import same_page
from luotsi.ui.component import PropError, Props, component


@dataclass
class Columns:
    """The columns a table has named so far; its cells look up theirs."""

    named: list[Props] = field(default_factory=list)

    def at(self, index: int) -> Props:
        return self.named[index] if index < len(self.named) else {"label": "", "numeric": False}


@component(block=True, context=True, around=lambda: {"ui_columns": Columns()})
def table(
    context: Context,
    content: SafeString,
    *,
    caption: str,
    caption_hidden: bool = False,
    sort: str = "",
    param: str = "sort",
    keys: bool = False,
) -> Props:
    """`sort` is the order in force, "due" or "-due"; the headings of sortable columns lead to the other orders."""
    request = context.get("request")
    columns = [
        {
            **named,
            "order": _order(named["sort"], sort),
            "address": same_page(request, **{param: _next(named["sort"], sort), "page": None}),
        }
        for named in context["ui_columns"].named
    ]
    return {"content": content, "caption": caption, "caption_hidden": caption_hidden, "columns": columns, "keys": keys}


@component(context=True)
def column(context: Context, *, label: str, sort: str = "", numeric: bool = False, label_hidden: bool = False) -> Props:
    """Names the next column; draws nothing where it stands."""
    _columns(context).named.append({"label": label, "sort": sort, "numeric": numeric, "label_hidden": label_hidden})
    return {}


@component(block=True, around=lambda: {"ui_places": count()})
def row(content: SafeString, *, tone: Literal["plain", "danger", "warning", "done"] = "plain", id: str = "") -> Props:
    """One thing. The tone only helps the eye: a cell says it in words."""
    return {"content": content, "tone": tone, "id": id}


@component(block=True, context=True)
def cell(context: Context, content: SafeString, *, heading: bool = False) -> Props:
    """The next cell of the row; the heading cell names the row."""
    named = _columns(context).at(next(context["ui_places"]))
    return {"content": content, "heading": heading, "label": named["label"], "numeric": named["numeric"]}


@component
def figure_table(
    *, caption: str, head: list[str], rows: list[list[Any]], caption_hidden: bool = False, decimals: int | None = None
) -> Props:
    """A table of figures from a query, the first cell of each row its name: what stands beside every chart."""
    shown = [
        {
            "name": _shown(first, decimals),
            "cells": [
                {"label": label, "value": _shown(value, decimals)} for label, value in zip(head[1:], rest, strict=True)
            ],
        }
        for first, *rest in rows
    ]
    return {"caption": caption, "caption_hidden": caption_hidden, "corner": head[0], "head": head[1:], "rows": shown}


def _columns(context: Context) -> Columns:
    """The table around this tag. A fragment for htmx holds the whole table: a lone row would not know its columns."""
    if "ui_columns" not in context:
        raise PropError(
            "{% column %} and {% cell %} stand inside {% table %}; swap the whole table, not one row of it."
        )
    return context["ui_columns"]


def _shown(value: Any, decimals: int | None) -> str:
    return words.in_language(value) if isinstance(value, str) else words.number(value, decimals)


def _order(key: str, sort: str) -> str:
    """How the table stands by this column now, in ARIA's words."""
    return {key: "ascending", f"-{key}": "descending"}.get(sort, "") if key else ""


def _next(key: str, sort: str) -> str:
    return f"-{key}" if sort == key else key
