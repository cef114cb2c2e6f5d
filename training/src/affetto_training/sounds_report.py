"""Writes the table of models tried for sound into its page, from the stored study."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from affetto.errors import AffettoError

BEGIN: Final = "<!-- models tried: written by `python -m affetto_training.sounds report` -->"
END: Final = "<!-- models tried end -->"


def write_report(results: Path, to: Path) -> int:
    """Put the table between its marks in the page ``to``; how many models it has."""
    try:
        found = json.loads(results.read_text(encoding="utf-8"))
        page = to.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        _, after = rest.split(END)
        table = table_of(found)
    except (OSError, ValueError, KeyError) as error:
        raise AffettoError(
            f"The table cannot be written from {results} into {to} ({error}).",
            remedy="Write the results with the command study; the page needs the two marks.",
        ) from error
    to.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8", newline="\n")
    return len(found["models"])


def table_of(found: Mapping[str, Any]) -> str:
    """The table as Markdown, with what it was measured on."""
    lines = [
        f"{found['excerpts']} excerpts (`{found['data']}`, hash {found['data_hash']}) of "
        f"{found['recordings']} recordings, {found['folds']} folds by recording; the mean "
        f"over the seeds. Judged {found['date']}.",
        "",
        "| model | hears | numbers | valence r (CCC) | arousal r (CCC) | RMSE | "
        "quadrant | 90 % interval covers, valence / arousal | a genre left out: r, r | seeds |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in found["models"]:
        lines.append("| " + " | ".join(_cells(row)) + " |")
    return "\n".join(lines)


def _cells(row: Mapping[str, Any]) -> list[str]:
    told, genre = row["by_recording"], row["by_genre"]
    axes = told["valence"], told["arousal"]
    covers = [one.get("coverage90") for one in axes]
    name = f"**{row['model']}, ships**" if row["ships"] else row["model"]
    return [
        name,
        row["hears"],
        str(row["numbers"]),
        *(f"{one['r']:.3f} ({one['ccc']:.3f})" for one in axes),
        " / ".join(f"{one['rmse']:.3f}" for one in axes),
        f"{told['quadrant']:.3f}",
        "" if None in covers else " / ".join(f"{value:.1%}" for value in covers),
        f"{genre['valence']['r']:.3f}, {genre['arousal']['r']:.3f}" if genre else "",
        ", ".join(str(seed) for seed in row["seeds"]),
    ]
