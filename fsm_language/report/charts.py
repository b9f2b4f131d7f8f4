"""Pictures of tables as SVG to stand in a page: always the same bytes, with words for those who do not see them."""

import io
import logging
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from fsm_language.report.rates import Estimate
from fsm_language.report.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINE = 0.36  # inches for each bar
BLUE, GREY, INK = "#1d70b8", "#505a5f", "#0b0c0c"
NAMED = {BLUE: "--chart", GREY: "--quiet", INK: "--ink"}  # colours of the page, which are others in the dark
STYLE: dict[Any, Any] = {  # the names are those of matplotlib
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that every machine lays text out alike
    "font.size": 10,
    "svg.fonttype": "none",
    "svg.hashsalt": "fsm-language",
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "path.simplify": True,
}
NO_METADATA = {"Creator": None, "Date": None, "Format": None, "Type": None}
PER_WORDS = "findings in 1,000 words"


class Size(NamedTuple):
    """How wide a chart is, in inches, and what that leaves room for: letters of a name, months side by side."""

    name: str
    width: float
    longest_name: int
    most_months: int


SIZES = (Size("large", 7.6, 34, 12), Size("small", 4.0, 18, 6))  # the page shows the one that fits the screen

Draw = Callable[["Axes", Table, Estimate, Size], None]


def chart(table: Table, whole: Estimate, words: str) -> str:
    """Return `table` as SVG elements, one of each of `SIZES`, or nothing where no picture shows it well.

    `whole` is the rate of all notes, for charts of groups to be seen against; `words` says what there is to see.
    """
    if table.chart not in CHARTS:
        return ""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # where it keeps its fonts is nobody's concern
    return "\n".join(_drawn(table, whole, words, size) for size in SIZES)


def _drawn(table: Table, whole: Estimate, words: str, size: Size) -> str:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    draw, height = CHARTS[table.chart]
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(size.width, height or 0.9 + LINE * len(table.rows)), layout="constrained")
        axes = figure.add_subplot()
        draw(axes, table, whole, size)
        axes.set_xlim(left=0 if table.chart in FROM_NOUGHT else None)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata=NO_METADATA, transparent=True)
    return _to_stand_in_a_page(drawn.getvalue(), table, words, size)


def _to_stand_in_a_page(svg: str, table: Table, words: str, size: Size) -> str:
    """Return an SVG document as an element whose names are its own, and that says in words what it shows."""
    box = re.search(r'viewBox="([^"]+)"', svg)
    inside = svg[svg.index(">", svg.index("<svg")) + 1 :]
    inside = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", "", inside, flags=re.DOTALL)
    inside = re.sub(r"\s*\n\s*", "\n", inside)
    for colour, name in NAMED.items():
        inside = inside.replace(colour, f"var({name}, {colour})")
    for mark in (' id="', "url(#", 'href="#'):
        inside = inside.replace(mark, f"{mark}{table.name}-{size.name}-")
    title = f"chart-{table.name}-{size.name}"
    return (
        f'<svg class="chart {size.name}" role="img" aria-labelledby="{title} {title}-words" '
        f'viewBox="{box[1] if box else ""}" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f'<title id="{title}">{escape(table.title)}</title>\n'
        f'<desc id="{title}-words">{escape(words)}</desc>{inside.strip()}'
    )


def _bars(axes: "Axes", table: Table, _whole: Estimate, size: Size) -> None:
    places, names = _lines(axes, table, size)
    rates = _rates(table, 1)
    axes.barh(places, [rate.value for rate in rates], xerr=_either_side(rates), color=BLUE, ecolor=INK, capsize=3)
    axes.set_yticks(places, names)


def _points(axes: "Axes", table: Table, whole: Estimate, size: Size) -> None:
    places, names = _lines(axes, table, size)
    rates = _rates(table, 3)
    axes.axvline(whole.value, color=GREY, linestyle="--", linewidth=1)
    axes.annotate(
        "all notes", (whole.value, 1), xycoords=("data", "axes fraction"), ha="center", va="bottom", color=GREY
    )
    values = [rate.value for rate in rates]
    axes.errorbar(values, places, xerr=_either_side(rates), fmt="o", color=BLUE, ecolor=INK, capsize=3)
    axes.set_yticks(places, names)


def _line(axes: "Axes", table: Table, _whole: Estimate, size: Size) -> None:
    rates, places = _rates(table, 3), range(len(table.rows))
    axes.fill_between(places, [r.low for r in rates], [r.high for r in rates], color=BLUE, alpha=0.15, linewidth=0)
    axes.plot(places, [rate.value for rate in rates], "o-", color=BLUE)
    step = max(1, -(-len(table.rows) // size.most_months))
    axes.set_xticks(places[::step], [_stacked(str(row[0])) for row in table.rows[::step]])
    axes.set_ylim(bottom=0)
    axes.set_ylabel(PER_WORDS)


def _ages(axes: "Axes", table: Table, _whole: Estimate, _size: Size) -> None:
    from matplotlib.ticker import MaxNLocator

    ages = [int(str(row[0])) for row in table.rows]
    axes.bar(ages, [float(str(row[1])) for row in table.rows], color=BLUE, width=0.9)
    axes.set_xlabel("years old a reader must be")
    axes.set_ylabel("notes")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))


def _change(axes: "Axes", table: Table, _whole: Estimate, size: Size) -> None:
    places, names = _lines(axes, table, size)
    for column, shift, look in ((1, 0.14, GREY), (2, -0.14, BLUE)):
        rates = _rates(table, column)
        axes.errorbar(
            [rate.value for rate in rates],
            [place + shift for place in places],
            xerr=_either_side(rates),
            fmt="s" if column == 1 else "o",
            color=look,
            ecolor=look,
            capsize=3,
            label="last time" if column == 1 else "now",
        )
    axes.set_yticks(places, names)
    axes.legend(frameon=False)


def _lines(axes: "Axes", table: Table, size: Size) -> tuple[list[int], list[str]]:
    """Return where each row of `table` has its line, the first on top, and its name."""
    axes.set_xlabel(PER_WORDS)
    axes.margins(y=0.05)
    return list(range(len(table.rows), 0, -1)), [_short(str(row[0]), size.longest_name) for row in table.rows]


def _rates(table: Table, column: int) -> list[Estimate]:
    return [cell for row in table.rows if isinstance(cell := row[column], Estimate)]


def _either_side(rates: Sequence[Estimate]) -> list[list[float]]:
    """Return how far intervals reach below and above."""
    return [[rate.value - rate.low for rate in rates], [rate.high - rate.value for rate in rates]]


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def _stacked(period: str) -> str:
    """Return "January to March 2026" as words under one another, months in three letters."""
    return "\n".join(word[:3] if word.isalpha() else word for word in period.split())


FROM_NOUGHT = ("bars", "points", "change")
CHARTS: dict[str, tuple[Draw, float]] = {  # how to draw each, and how many inches high; 0 is as many as there are rows
    "bars": (_bars, 0),
    "points": (_points, 0),
    "line": (_line, 3.2),
    "ages": (_ages, 2.8),
    "change": (_change, 0),
}
