"""What an import did, step by step, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from affetto.music.tables.columns import NUMBERS, TEXTS, Layout, listed, normal


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was looked for: how often it was found, and where."""

    name: str
    count: int
    where: str = ""  # "popularity 12, tempo 3"


@dataclass(slots=True)
class Report:
    """What became of a table's rows."""

    path: str
    kind: str  # "mood table of 19 columns"
    columns: int
    rows: int
    kept: int = 0
    new: int = 0
    gone: int = 0  # songs of an earlier import that the file no longer has
    moods: int = 0  # songs whose mood is known
    told_from: str = ""  # what the moods were told from, in words
    told_with: str = ""  # the entry point of the model; "" for the median rule
    features: tuple[str, ...] = ()  # what the mood was told from
    scaling: str = ""  # how they were made alike
    medians: tuple[float, float] | None = None  # of valence and energy
    dry_run: bool = False
    seconds: float = 0.0
    steps: list[Step] = field(default_factory=list)
    dropped: dict[str, str] = field(default_factory=dict)  # column -> why it was not used
    units: dict[str, str] = field(default_factory=dict)  # column -> what was changed
    bad_lines: list[tuple[int, str]] = field(default_factory=list)  # the first few
    named: dict[str, str] = field(default_factory=dict)  # our name -> the file's

    @property
    def renewed(self) -> int:
        """Songs that were known before."""
        return self.kept - self.new

    def as_data(self) -> dict[str, Any]:
        """For machines."""
        return {
            "file": self.path,
            "kind": self.kind,
            "columns": self.columns,
            "rows": self.rows,
            "kept": self.kept,
            "new": self.new,
            "renewed": self.renewed,
            "gone": self.gone,
            "with_mood": self.moods,
            "mood_from": self.told_from,
            "model": self.told_with or None,
            "features": list(self.features),
            "scaling": self.scaling or None,
            "medians": self.medians and dict(zip(("valence", "energy"), self.medians, strict=True)),
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 2),
            "steps": [
                {"step": step.name, "count": step.count, "where": step.where} for step in self.steps
            ],
            "units": self.units,
            "dropped": self.dropped,
            "bad_lines": [{"line": line, "reason": reason} for line, reason in self.bad_lines],
            "read_as": self.named,
        }

    def as_words(self) -> Iterator[str]:
        """For people, a line each."""
        verb = "Looked at" if self.dry_run else "Imported"
        yield f"{verb} {self.path} in {self.seconds:.1f} s: {self.kind}, {self.rows:,} rows."
        would = "would be kept" if self.dry_run else "kept"
        yield (
            f"  {self.kept:,} songs {would}"
            + ("" if self.dry_run else f": {self.new:,} new, {self.renewed:,} renewed")
            + (f"; {self.gone:,} went that the file no longer has" if self.gone else "")
            + f". {self.moods:,} with a mood."
        )
        if self.told_from:
            yield f"  Mood from {self.told_from}."
        if self.features:
            yield f"  It was told from {', '.join(self.features)}; {self.scaling}."
        yield "Cleaning"
        width = max(len(step.name) for step in self.steps)
        for step in self.steps:
            yield f"  {step.name:<{width}}  {step.count:>9,}  {step.where}".rstrip()
        for line, reason in self.bad_lines[:5]:
            yield f"  line {line:,} was left out: {reason}."
        if len(self.bad_lines) > 5:
            yield "  More of them are named with --json."
        yield from _table("Units", self.units)
        yield from _table("Not used", self.dropped)


def _table(title: str, entries: Mapping[str, str]) -> Iterator[str]:
    if not entries:
        return
    yield title
    width = min(24, max(len(name) for name in entries))
    for name, what in list(entries.items())[:40]:
        yield f"  {name[:40]:<{width}}  {what}"
    if len(entries) > 40:
        yield f"  … and {len(entries) - 40:,} more; --json names them all."


def where(counts: Mapping[str, int]) -> str:
    """The columns in which something was counted, the most first."""
    found = sorted(((n, name) for name, n in counts.items() if n), key=lambda one: -one[0])
    return ", ".join(f"{name} {count:,}" for count, name in found)


def unused(layout: Layout) -> dict[str, str]:
    """Why each column that we do not know was not used."""
    found = {
        name: f"not one of ours; did you mean `{guess}`?" for name, guess in layout.guesses.items()
    }
    others = []
    for name in layout.unused:
        ours = next((o for o, names in {**TEXTS, **NUMBERS}.items() if normal(name) in names), "")
        if ours in layout.places:
            found[name] = f"`{layout.header[layout.places[ours]]}` is used in its place"
        elif name not in found and name not in layout.doubled:
            others.append(name)
    for name in layout.doubled:
        found[name] = "there more than once; the first was used"
    if len(others) > 8:
        found[f"{len(others):,} columns"] = f"not ones of ours: {listed(others, 4)}"
    else:
        found.update(dict.fromkeys(others, "not one of ours"))
    return found
