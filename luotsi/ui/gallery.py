"""The gallery: every component with its examples and their source. Public, and it asks no database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, Engine
from django.views.decorators.http import require_safe

from luotsi.ui.example import Example, shelf
from luotsi.ui.example_words import WORDS


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All components in the page's language; `?theme=dark` shows them in the dark."""
    components = [{"name": name, "examples": [_shown(one) for one in examples]} for name, examples in shelf().items()]
    return render(request, "ui/gallery.html", {"components": components, **_themes(request)})


def _themes(request: HttpRequest) -> dict[str, bool]:
    asked = request.GET.get("theme")
    return {"is_light": asked == "light", "is_dark": asked == "dark", "follows_device": asked not in {"light", "dark"}}


def _shown(example: Example) -> dict[str, str]:
    return {"name": example.name, "source": example.source, "drawn": drawn(example)}


def drawn(example: Example) -> str:
    """The example as a page would show it."""
    template = Engine.get_default().from_string(example.source)
    return template.render(Context({"words": WORDS, **example.given()}))
