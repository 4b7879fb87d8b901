"""Gathers the stylesheet from its parts: `python -m luotsi.ui.build` writes static/ui/luotsi.css.

The order of layers decides which rule wins, never the order of files: reset, tokens, base, layout, components, print.
"""

from pathlib import Path

from luotsi.ui import colours
from luotsi.ui.component import FOLDER

HERE = Path(__file__).parent
STYLESHEET = HERE / "static" / "ui" / "luotsi.css"
LAYERS = ("reset", "tokens", "base", "layout", "components", "print")


def stylesheet() -> str:
    """The whole stylesheet as it should stand in the file."""
    parts = [
        "/* Made by python -m luotsi.ui.build; change its parts in luotsi/ui/styles and luotsi/ui/components. */",
        f"@layer {', '.join(LAYERS)};",
        _part(HERE / "styles" / "fonts.css"),
        _layer("reset", _part(HERE / "styles" / "reset.css")),
        _layer("tokens", _part(HERE / "styles" / "measures.css"), _colours()),
        _layer("base", _part(HERE / "styles" / "base.css")),
        _layer("layout", *map(_part, sorted((HERE / "styles").glob("layout-*.css")))),
        _layer("components", *map(_part, sorted(FOLDER.glob("*/style.css")))),
        _layer("print", _part(HERE / "styles" / "print.css")),
    ]
    return "\n".join(parts) + "\n"


def _layer(name: str, *parts: str) -> str:
    return f"@layer {name} {{\n" + "\n".join(parts) + "\n}"


def _part(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()


def _colours() -> str:
    """Light by default; dark when the device or the page asks; each county's own over both."""
    rules = []
    for county in ("", *colours.counties()):
        mine = f'[data-county="{county}"]' if county else ""
        own = colours.book()["county"][county] if county else colours.book()
        light, dark = own.get("light", {}), own.get("dark", {})
        rules += [
            _rule(f":root{mine}", light),
            "@media (prefers-color-scheme: dark) {",
            _rule(f':root{mine}:not([data-theme="light"])', dark),
            "}",
            _rule(f':root{mine}[data-theme="dark"]', dark),
        ]
    return "\n".join(rules)


def _rule(selector: str, palette: colours.Palette) -> str:
    return f"{selector} {{\n" + "\n".join(f"  --{name}: {value};" for name, value in palette.items()) + "\n}"


if __name__ == "__main__":
    STYLESHEET.parent.mkdir(parents=True, exist_ok=True)
    STYLESHEET.write_text(stylesheet(), encoding="utf-8")
