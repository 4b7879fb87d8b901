"""A piece of a page that is drawn once for the same things: what people look at all day seldom changes.

    {% once line=line several=several %}{% row %}…{{ line.name }}…{% endrow %}{% endonce %}

Inside nothing is known but what was given, so that what was drawn can depend on nothing else: beside it only on the
language, on the day, and on the columns of a table around it. What is given is compared whole and must be hashable.
"""

from collections import OrderedDict
from typing import Any

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from luotsi.base import now
from luotsi.ui.component import register

MOST = 1_000


class _Once(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, given: dict[str, FilterExpression]) -> None:
        self.nodelist, self.given = nodelist, given
        self.drawn: OrderedDict[tuple[Any, ...], SafeString] = OrderedDict()

    def render(self, context: Context) -> SafeString:
        told = {name: value.resolve(context) for name, value in self.given.items()}
        columns = context.get("ui_columns")
        labels = tuple(column["label"] for column in columns.named) if columns else ()
        key = (get_language(), now.today(), labels, *told.values())
        if (known := self.drawn.get(key)) is not None:
            return known
        drawn = self.nodelist.render(context.new({**told, "ui_columns": columns}))
        self.drawn[key] = drawn
        while len(self.drawn) > MOST:
            self.drawn.popitem(last=False)
        return drawn


@register.tag
def once(parser: Parser, token: Token) -> Node:
    bits = token.split_contents()[1:]
    given = token_kwargs(bits, parser)
    if bits or not given:
        raise TemplateSyntaxError("{% once %} takes name=value pairs: what the piece is drawn from")
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return _Once(nodelist, given)
