"""A row of the table, and the table."""

from __future__ import annotations

from dataclasses import dataclass

ROUNDS = 100
HEAD = ("what", "median ms", "p95 ms", "CPU ms", "CPU p95", "memory MB", "bar", "met", "beside")


@dataclass
class Row:
    """One figure. Times in ms; None where a figure makes no sense."""

    what: str
    median: float | None = None
    p95: float | None = None
    cpu: float | None = None
    cpu_p95: float | None = None
    peak_mb: float | None = None
    bar: str = ""
    met: bool | None = None
    beside: str = ""


def cells(row: Row) -> tuple[str, ...]:
    """A row as text."""

    def number(value: float | None) -> str:
        return "" if value is None else f"{value:.2f}" if value < 10 else f"{value:.0f}"

    met = {None: "", True: "yes", False: "no"}[row.met]
    figures = (number(v) for v in (row.median, row.p95, row.cpu, row.cpu_p95, row.peak_mb))
    return (row.what, *figures, row.bar, met, row.beside)


def show(rows: list[Row], markdown: bool) -> None:
    """Print the table."""
    lines = [HEAD, *(cells(row) for row in rows)]
    if markdown:
        for number, line in enumerate(lines):
            print(f"| {' | '.join(line)} |")
            if number == 0:
                print("|" + " --- |" * len(HEAD))
        return
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD) - 1)]
    for line in lines:
        first = line[0].ljust(widths[0])
        middle = (text.rjust(width) for text, width in zip(line[1:-1], widths[1:], strict=True))
        print("  ".join((first, *middle, line[-1])).rstrip())
