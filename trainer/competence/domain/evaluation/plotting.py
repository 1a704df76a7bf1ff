"""A table of reliability as a drawing: plain SVG, readable anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from html import escape

from trainer.competence.domain.evaluation.metrics import Bin

SIDE, LEFT, TOP = 400, 70, 24
"""Of the square that is drawn in, in pixels, and what is left free beside it."""

WIDTH, HEIGHT = SIDE + LEFT + 24, SIDE + TOP + 96
TENTHS = range(0, 11, 2)
COLOURS = ("#9a6700", "#0b5cad")
DOT = 5


def calibration_plot(
    tables: Mapping[str, Sequence[Bin]], across: str, upwards: str
) -> str:
    """Draw tables of reliability, two at most, each with its name.

    Args:
        tables: The tables by their names.
        across: What the forecasts are called.
        upwards: What became of them.
    """
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    parts = [
        f'{head} font-family="sans-serif" font-size="13" fill="#1f2328">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *(_tenth(n) for n in TENTHS),
        _line(((0.0, 0.0), (1.0, 1.0)), 'stroke="#59636e" stroke-dasharray="5 4"'),
        _text(f"{LEFT + SIDE / 2:g},{TOP + SIDE + 42}", across),
        _text(f"20,{TOP + SIDE / 2:g}", upwards, turned=-90),
    ]
    named = zip(tables.items(), COLOURS, strict=False)
    for place, ((name, table), colour) in enumerate(named):
        parts += _series(name, table, colour, place)
    return "\n".join([*parts, "</svg>", ""])


def _series(name: str, table: Sequence[Bin], colour: str, place: int) -> list[str]:
    points = [(each.forecast, each.share) for each in table]
    y = TOP + SIDE + 66 + 20 * place
    return [
        _line(points, f'stroke="{colour}" stroke-width="2"'),
        *(_dot(_x(p), _y(q), colour) for p, q in points),
        _dot(LEFT + DOT, y - 4, colour),
        _text(f"{LEFT + 4 * DOT},{y}", name, anchor="start"),
    ]


def _tenth(n: int) -> str:
    """Draw the lines and the numbers of a tenth, both ways."""
    at, text, light = n / 10, f"{n * 10}%", 'stroke="#d1d9e0"'
    return "".join(
        (
            _line(((at, 0.0), (at, 1.0)), light),
            _line(((0.0, at), (1.0, at)), light),
            _text(f"{_x(at):.1f},{TOP + SIDE + 20}", text),
            _text(f"{LEFT - 8},{_y(at) + 4:.1f}", text, anchor="end"),
        )
    )


def _text(at: str, words: str, *, anchor: str = "middle", turned: int = 0) -> str:
    move = f"translate({at})" + (f" rotate({turned})" if turned else "")
    return f'<text transform="{move}" text-anchor="{anchor}">{escape(words)}</text>'


def _dot(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}" fill="{colour}"/>'


def _line(points: Sequence[tuple[float, float]], stroke: str) -> str:
    drawn = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return f'<polyline points="{drawn}" fill="none" {stroke}/>'


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)
