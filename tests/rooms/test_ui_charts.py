"""Charts: the same picture for page and paper, in the page's language and colours, and nothing but a picture."""

import re
from typing import Any

import altair as alt
import pytest
from django.template import engines
from django.utils.translation import override

from luotsi.ui import charts
from luotsi.ui.charts import UnsafeDrawing, to_png, to_svg


def bars(*, name: str = "Sotkamo", share: float = 0.5, **mark: Any) -> alt.Chart:
    return alt.Chart(alt.Data(values=[{"unit": name, "share": share}])).mark_bar(**mark).encode(y="unit:N", x="share:Q")


def test_a_chart_takes_the_colours_of_the_page() -> None:
    drawing = to_svg(bars())

    assert 'fill="var(--chart-1)"' in drawing
    assert re.findall(r'(?:fill|stroke)="(#[^"]*)"', drawing) == []


def test_texts_are_measured_with_the_typeface_of_the_page() -> None:
    assert "font-family=\"'Source Sans 3'\"" in to_svg(bars())
    assert to_png(bars(name="Sotkamon terveysasema")) != to_png(bars(name="Kajaanin terveysasema"))


def test_numbers_are_written_in_the_language_of_the_page() -> None:
    with override("fi"):
        finnish = to_svg(bars())
    with override("en"):
        english = to_svg(bars())

    assert ">0,1<" in finnish
    assert ">0.1<" in english


def test_the_same_data_is_drawn_once() -> None:
    assert to_svg(bars()) is to_svg(bars())
    assert to_svg(bars()) is not to_svg(bars(share=0.6))


def test_two_charts_on_a_page_share_no_ids() -> None:
    first, second = (set(re.findall(r'id="([^"]+)"', to_svg(bars(share=share, clip=True)))) for share in (0.1, 0.2))

    assert first
    assert first.isdisjoint(second)


def test_a_name_with_markup_stays_a_name() -> None:
    drawing = to_svg(bars(name='<script>x</script>"&'))

    assert "<script" not in drawing
    assert "&lt;script&gt;" in drawing


def test_a_link_in_a_chart_is_refused() -> None:
    with pytest.raises(UnsafeDrawing, match="href"):
        to_svg(bars(href="javascript:alert(1)"))
    with pytest.raises(UnsafeDrawing, match="href"):
        to_svg(alt.layer(bars(), bars().encode(href="unit:N")))


def test_a_field_of_the_data_may_be_called_anything() -> None:
    rows = [{"url": "Sotkamo", "href": 1}]

    assert ">Sotkamo<" in to_svg(alt.Chart(alt.Data(values=rows)).mark_bar().encode(y="url:N", x="href:Q"))


def test_a_foreign_picture_in_a_chart_is_refused() -> None:
    chart = alt.Chart(alt.Data(values=[{"u": "data:image/png;base64,AAAA"}])).mark_image().encode(url="u:N")

    with pytest.raises(UnsafeDrawing, match="url"):
        to_svg(chart)


def test_a_chart_fetches_nothing() -> None:
    with pytest.raises(UnsafeDrawing, match="url"):
        to_svg(alt.Chart("https://example.org/secrets.csv").mark_bar().encode(x="a:Q"))


def test_a_picture_for_paper_is_a_png_of_the_asked_size() -> None:
    small, large = (to_png(bars(), scale=scale) for scale in (1.0, 2.0))

    assert small.startswith(b"\x89PNG")
    width = [int.from_bytes(picture[16:20], "big") for picture in (small, large)]
    assert width[1] == pytest.approx(2 * width[0], abs=2)


def test_a_chart_is_shown_with_its_sentence_and_its_table() -> None:
    source = '{% chart drawing=drawing alt="Half." %}{% figure_table caption="T" head=head rows=rows %}{% endchart %}'
    shown = (
        engines["django"]
        .from_string(source)
        .render({"drawing": to_svg(bars()), "head": ["Unit", "Share"], "rows": [["Sotkamo", 0.5]]})
    )

    assert 'role="img" aria-label="Half."' in shown
    assert "<svg" in shown
    assert ">0,5<" in shown


def test_a_chart_shows_only_what_this_house_drew() -> None:
    with pytest.raises(TypeError, match="to_svg"):
        engines["django"].from_string('{% chart drawing="<svg>" alt="x" %}{% endchart %}').render({})


def test_every_series_colour_is_told_apart_from_the_next() -> None:
    assert len(set(charts.SERIES)) == 6


@pytest.mark.parametrize(
    "svg",
    [
        "<svg><script>x</script></svg>",
        "<svg><a/></svg>",
        '<svg onload="x"/>',
        '<svg><g style="x"/></svg>',
        "<svg><foreignObject/></svg>",
    ],
)
def test_a_drawing_with_anything_but_shapes_and_texts_is_refused(svg: str) -> None:
    with pytest.raises(UnsafeDrawing):
        charts._checked(svg)
