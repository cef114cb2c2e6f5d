"""The charts of the page of claims: a run at a glance, and how many faces of each class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from affetto_training.plots import document, text

# The curve's panel, the matrix's, and a bar's height, in pixels.
LEFT, TOP, WIDE, HIGH = 46, 58, 290, 190
MATRIX, CELL_WIDE, CELL_HIGH = 392, 54, 27
BAR = 11


def run_chart(
    name: str,
    labels: Sequence[str],
    confusion: Sequence[Sequence[int]],
    curve: Sequence[Mapping[str, float]] = (),
    best: int = 0,
    claimed: float | None = None,
) -> str:
    """A run: accuracy on the held-out images by epoch, and its confusion matrix beside it.

    The matrix gives each row (what was true) in percent; the curve's best epoch is ringed,
    and the claim is a broken line.
    """
    words = f"{name}: confusion matrix on PublicTest, rows true, columns read, in percent."
    parts = [text(LEFT, 26, name, "bold")]
    if curve:
        words += (
            f" Held-out accuracy by epoch, from {curve[0]['held_out_accuracy']:.1%} to "
            f"{curve[-1]['held_out_accuracy']:.1%}."
        )
        parts += _curve(curve, best, claimed)
    else:
        parts.append(text(LEFT, TOP + HIGH / 2, "the curve was not kept", "quiet"))
    parts += _matrix(labels, confusion)
    return document(MATRIX + 62 + CELL_WIDE * len(labels) + 22, TOP + HIGH + 48, name, words, parts)


def counts_chart(title: str, counts: Mapping[str, Mapping[str, int]]) -> str:
    """Images and shares of each class, split by split, as bars."""
    names = list(next(iter(counts.values())))
    most = max(n / max(1, sum(c.values())) for c in counts.values() for n in c.values())
    parts = [text(24, 26, title, "bold")]
    for k, (split, split_counts) in enumerate(counts.items()):
        x = 24 + 190 * k
        total = sum(split_counts.values())
        parts.append(f'<rect class="f{k}" x="{x}" y="40" width="11" height="11"/>')
        parts.append(text(x + 17, 50, f"{split}: {total:,}", "quiet"))
    high = BAR + 3
    for i, name in enumerate(names):
        y = 70 + i * (high * len(counts) + 12)
        parts.append(text(92, y + high * len(counts) / 2 + 4, name, "", "end"))
        for k, split_counts in enumerate(counts.values()):
            share = split_counts[name] / max(1, sum(split_counts.values()))
            wide = round(360 * share / most, 1)
            parts.append(
                f'<rect class="f{k}" x="102" y="{y + k * high}" width="{wide:g}" height="{BAR}"/>'
            )
            told = f"{split_counts[name]:,} · {share:.1%}"
            parts.append(text(108 + wide, y + k * high + 10, told, "quiet"))
    words = "; ".join(
        f"{split}: " + ", ".join(f"{name} {n:,}" for name, n in c.items())
        for split, c in counts.items()
    )
    bottom = 70 + len(names) * (high * len(counts) + 12) + 8
    return document(600, bottom, title, words, parts)


def _curve(curve: Sequence[Mapping[str, float]], best: int, claimed: float | None) -> list[str]:
    epochs = max(2, int(curve[-1]["epoch"]))

    def place(epoch: float, share: float) -> tuple[float, float]:
        x = LEFT + (epoch - 1) / (epochs - 1) * WIDE
        return round(x, 1), round(TOP + (1 - share) * HIGH, 1)

    parts = [text(LEFT, 46, "held-out accuracy, %", "quiet")]
    for percent in range(0, 101, 20):
        _, y = place(1, percent / 100)
        kind = "grid" if percent else "axis"
        parts.append(f'<path class="{kind}" d="M{LEFT} {y:g}H{LEFT + WIDE}"/>')
        parts.append(text(LEFT - 7, y + 4, str(percent), "quiet", "end"))
    for epoch in sorted({1, (epochs + 1) // 2, epochs}):
        parts.append(text(place(epoch, 0)[0], TOP + HIGH + 18, str(epoch), "quiet", "middle"))
    parts.append(text(LEFT + WIDE / 2, TOP + HIGH + 36, "epoch", "quiet", "middle"))
    if claimed is not None:
        _, y = place(1, claimed)
        parts.append(f'<path class="guide" d="M{LEFT} {y:g}H{LEFT + WIDE}"/>')
        parts.append(text(LEFT + WIDE, y - 5, f"claimed {claimed:.1%}", "quiet", "end"))
    path = "L".join(
        "{:g} {:g}".format(*place(row["epoch"], row["held_out_accuracy"])) for row in curve
    )
    parts.append(f'<path class="line s0" d="M{path}"/>')
    for row in curve:
        if row["epoch"] == best:
            x, y = place(best, row["held_out_accuracy"])
            parts.append(f'<circle class="line s0" cx="{x:g}" cy="{y:g}" r="5"/>')
            told = f"best: epoch {best}"
            parts.append(text(max(LEFT + 48, min(x, LEFT + WIDE - 44)), y + 20, told, "", "middle"))
    return parts


def _matrix(labels: Sequence[str], confusion: Sequence[Sequence[int]]) -> list[str]:
    parts = [text(MATRIX + 62, 46, "rows true, columns read, % of the row", "quiet")]
    left = MATRIX + 62
    for i, (name, row) in enumerate(zip(labels, confusion, strict=True)):
        y = TOP + i * CELL_HIGH
        parts.append(text(left - 8, y + 18, name, "", "end"))
        for j, count in enumerate(row):
            share = count / max(1, sum(row))
            x = left + CELL_WIDE * j
            parts.append(
                f'<rect class="f0" opacity="{0.5 * share:.2f}" x="{x}" y="{y}" '
                f'width="{CELL_WIDE - 1}" height="{CELL_HIGH - 1}"/>'
            )
            kind = "" if i == j or share > 0.4 else "quiet"
            parts.append(text(x + CELL_WIDE // 2, y + 18, f"{100 * share:.0f}", kind, "middle"))
    for j, name in enumerate(labels):
        y = TOP + len(labels) * CELL_HIGH + 16
        parts.append(text(left + CELL_WIDE * j + CELL_WIDE // 2, y, name, "quiet", "middle"))
    return parts
