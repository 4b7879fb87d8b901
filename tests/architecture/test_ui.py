"""The design system keeps its promises: readable colours, files that are what they claim, components with examples."""

import hashlib
import re
from typing import get_args

import pytest
from django.template import TemplateSyntaxError, engines

from luotsi.ui import build, colours
from luotsi.ui.component import FOLDER, PropError, register
from luotsi.ui.components.icon.component import Name
from luotsi.ui.example import shelf

HERE = FOLDER.parent
COMPONENTS = sorted(path.parent.name for path in FOLDER.glob("*/component.py"))
PALETTES = [(theme, county) for theme in ("light", "dark") for county in ("", *colours.counties())]
FORM_FIELDS = "field"  # drawn by Django's field groups, so it has no tag and no template of its own


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.1, definition "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_contrast_of_known_pairs_is_the_published_one() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("theme", "county"), PALETTES)
@pytest.mark.parametrize(("pairs", "least"), [("contrast", 4.5), ("contrast-of-shapes", 3.0)])
def test_every_text_can_be_read_on_its_ground(theme: str, county: str, pairs: str, least: float) -> None:
    palette = colours.palette(theme, county)

    weak = [
        f"{front} on {ground}: {contrast(palette[front], palette[ground]):.2f}"
        for front, grounds in colours.book()[pairs].items()
        for ground in grounds
        if contrast(palette[front], palette[ground]) < least
    ]

    assert weak == []


def test_light_and_dark_name_the_same_colours() -> None:
    assert set(colours.palette("light")) == set(colours.palette("dark"))


def test_a_county_changes_no_colour_that_carries_a_meaning() -> None:
    voice = {"brand", "brand-soft", "action", "action-hover", "on-action"}

    for county in colours.counties():
        for theme in ("light", "dark"):
            assert set(colours.book()["county"][county][theme]) <= voice, county


def test_the_stylesheet_is_built_from_its_parts() -> None:
    current = build.STYLESHEET.read_text(encoding="utf-8") == build.stylesheet()

    assert current, "run: python -m luotsi.ui.build"


def test_styles_use_only_colours_and_measures_that_exist() -> None:
    sheet = build.stylesheet()
    known = set(re.findall(r"(--[\w-]+):", sheet))

    assert set(re.findall(r"var\((--[\w-]+)\)", sheet)) - known == set()


def test_no_colour_is_written_outside_the_book_of_colours() -> None:
    parts = [*FOLDER.glob("*/style.css"), *(HERE / "styles").glob("[!p]*.css"), HERE / "static" / "ui" / "gallery.css"]

    found = {path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8")) for path in parts}

    assert {name: hexes for name, hexes in found.items() if hexes} == {}


def test_vendored_files_are_what_their_makers_published() -> None:
    listed = dict(reversed(line.split("  ")) for line in (HERE / "vendor.sha256").read_text().splitlines())
    present = [path for folder in ("static/vendor", "fonts") for path in (HERE / folder).rglob("*") if path.is_file()]

    assert {str(path.relative_to(HERE)) for path in present} == set(listed)
    for path in present:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[str(path.relative_to(HERE))], path


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_has_its_style_its_template_and_examples(name: str) -> None:
    folder = FOLDER / name

    assert (folder / "style.css").exists()
    assert shelf()[name], "at least one example"
    assert name == FORM_FIELDS or list(folder.glob("*.html"))


@pytest.mark.parametrize("tag", sorted(register.tags))
def test_the_list_of_components_names_every_tag(tag: str) -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")

    assert re.search(rf"`{tag}`", readme), f"{tag} is missing from luotsi/ui/README.md"


def test_every_icon_is_drawn() -> None:
    sprite = (HERE / "static" / "ui" / "icons.svg").read_text(encoding="utf-8")

    assert set(re.findall(r'<symbol id="([\w-]+)"', sprite)) == set(get_args(Name))


def _drawn(source: str) -> str:
    return str(engines["django"].from_string(source).render({}))


def test_a_misspelt_prop_is_refused_when_the_template_is_read() -> None:
    with pytest.raises(TemplateSyntaxError, match="lable"):
        _drawn('{% button lable="Send" %}')


def test_a_missing_prop_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="label"):
        _drawn('{% button url="/" %}')


def test_a_value_outside_the_list_is_refused_with_the_list() -> None:
    with pytest.raises(PropError, match=r"kind='loud'.*'primary', 'secondary'"):
        _drawn('{% button label="Send" kind="loud" %}')


def test_an_empty_label_is_refused_since_a_variable_is_probably_misspelt() -> None:
    with pytest.raises(PropError, match="label is empty"):
        _drawn("{% button label=servce.name %}")


def test_a_cell_outside_a_table_says_what_to_do() -> None:
    with pytest.raises(PropError, match="swap the whole table"):
        _drawn("{% row %}{% cell %}x{% endcell %}{% endrow %}")
