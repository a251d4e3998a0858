"""How a chart is drawn: stacked columns in the house's colours, with the values that it has now."""

from typing import Any

from exports.sheets import Chart
from exports.styles import FONT, INK, RULE, TINT

_TEXT = {"name": FONT, "size": 9, "color": INK}
_QUIET_LINES = {"major_gridlines": {"visible": True, "line": {"color": TINT}}, "line": {"none": True}}


def draw(chart: Chart, drawn: Any) -> None:
    """Draw a chart into an empty one of XlsxWriter's."""
    for series in chart.series:
        drawn.add_series(
            {
                "name": f"={series.name}",
                "categories": f"={chart.categories}",
                "values": f"={series.values}",
                "categories_data": list(chart.labels),
                "values_data": list(series.now),
                "fill": {"color": series.colour},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 60,
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {**_TEXT, "size": 11, "bold": True}})
    drawn.set_legend({"position": "bottom", "font": _TEXT})
    drawn.set_x_axis({"num_font": _TEXT, "line": {"color": RULE}})
    unit = {"name": chart.unit, "name_font": {**_TEXT, "bold": False, "rotation": 0}}
    drawn.set_y_axis({"num_font": _TEXT, "num_format": "#,##0", **unit, **_QUIET_LINES})
    drawn.set_chartarea({"border": {"color": RULE}})
    drawn.set_size({"width": chart.size[0], "height": chart.size[1]})
