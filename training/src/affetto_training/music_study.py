"""Every figure and table on song tables, from one command.

    python -m affetto_training.music_study --data FOLDER

FOLDER holds ``data_moods.csv``, ``deezer_mood_train.csv.gz``, the table of genres
(``genres_v2_10col.parquet``, or ``genres_v2.csv`` with its 22 columns) and, for genres and
years, ``tracks_104k.parquet``. Writes ``training/results/music-*``, ``docs/music-study.md``
and ``docs/charts/music-*.svg``; the same seed gives the same bytes on the same machine.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from affetto.errors import AffettoError
from affetto_training.bookkeeping import add_track
from affetto_training.command import answered
from affetto_training.songs.reading import read_songs

GENRES: Final = ("genres_v2_10col.parquet", "genres_v2.csv", "genres.csv")
CATALOGUE: Final = "tracks_104k.parquet"


def studied(data: Path, seed: int = 0, quick: bool = False) -> dict[str, Any]:
    """Do the whole study on one thread; what it found, as plain values."""
    for part in ("sklearn", "lightgbm", "torch"):
        if importlib.util.find_spec(part) is None:
            raise AffettoError(
                f"{part} is not installed, so song tables cannot be studied.",
                remedy="Run tools/setup.py training.",
            )
    import torch
    from threadpoolctl import threadpool_limits

    torch.set_num_threads(1)  # more threads would add numbers up in another order
    with threadpool_limits(1):
        return _studied(data, seed, quick)


def _studied(data: Path, seed: int, quick: bool) -> dict[str, Any]:
    from affetto_training import tables
    from affetto_training.songs import clusters, ranking, seen, supervised, tried
    from affetto_training.songs.lesson import tagged_rows

    moods = read_songs(data / "data_moods.csv")
    tags = tagged_rows(read_songs(data / tables.TAGS))
    genres = read_songs(_first(data, GENRES))
    catalogue = read_songs(data / CATALOGUE) if (data / CATALOGUE).exists() else None
    named = catalogue.where(catalogue.texts("name") != "") if catalogue else None
    began = time.process_time()

    def said(what: str) -> None:
        print(f"{time.process_time() - began:6.0f} CPU-s  {what}", file=sys.stderr)

    found: dict[str, Any] = {"seed": seed, "quick": quick, "genres": len(genres)}
    said("clusters")
    found["clusters"] = clusters.compared(genres, named, moods, seed, 1000 if quick else 6000)
    said("moods from labels")
    found["moods"] = supervised.compared(
        moods, (seed,) if quick else (seed, seed + 1), 2 if quick else 10
    )
    said("what the tables look like")
    found["seen"] = seen.looked_at(moods, catalogue)
    said("from an emotion to tracks")
    count, steps = (2, 20) if quick else (5, ranking.STEPS)
    found["ranking"] = ranking.compared(tags, catalogue, seed, count, steps)
    said("what was tried for tables")
    table = tried.compared(tags, catalogue, seed)
    literal = table["ways"]["the service's own valence and energy, a line each"]
    card = json.loads(tables.CARD.read_text(encoding="utf-8"))
    found["tables"] = {"tried": table, "literal": literal, "card": card}
    said("done")
    return found


def write(found: Mapping[str, Any], results: Path, page: Path) -> list[Path]:
    """Write figures as JSON and CSV, the charts, and the page; all files, in order."""
    from affetto_training.songs.study_charts import charts
    from affetto_training.songs.study_page import write_page

    results.mkdir(parents=True, exist_ok=True)
    kept = results / "music-study.json"
    kept.write_text(_json(found) + "\n", encoding="utf-8", newline="\n")
    files = [kept]
    for name, rows in _as_tables(found).items():
        files.append(results / f"music-{name}.csv")
        with files[-1].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    drawn = charts(found)
    folder = page.parent / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("music-*.svg"):
        if old.name not in drawn:
            old.unlink()
    for name, text in sorted(drawn.items()):
        files.append(folder / name)
        files[-1].write_text(text, encoding="utf-8", newline="\n")
    write_page(found, page)
    return [*files, page]


def _as_tables(found: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The tables as rows: clusterings, classifiers, what was tried, the ranker."""
    ways = found["clusters"]["ways"].items()
    clusters = [
        {"way": n, **{k: r.get(k) for k in ("silhouette", "ari", "accuracy", "lenient")}}
        for n, r in ways
    ]
    moods = [
        {"way": n, "split": kind, "accuracy": r[kind]["accuracy"], "macro_f1": r[kind]["macro_f1"]}
        for n, r in found["moods"]["ways"].items()
        for kind in ("folds", "by_artist")
    ]
    tables = [{"way": n, **r} for n, r in found["tables"]["tried"]["ways"].items()]
    ranking = [
        {"way": n, "what": what, **r}
        for what in ("tracks_ndcg10", "genres_ndcg3")
        for n, r in found["ranking"][what].items()
    ]
    return {"clusters": clusters, "moods": moods, "tables": tables, "ranking": ranking}


def _json(found: Any, depth: int = 0) -> str:
    """JSON with a line for each row of numbers, so that changes can be read."""
    if isinstance(found, Mapping) and depth < 4:
        pad = "  " * (depth + 1)
        lines = (f"{pad}{json.dumps(k)}: {_json(v, depth + 1)}" for k, v in found.items())
        return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"
    return json.dumps(found, ensure_ascii=False)


def _first(data: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (data / name).exists():
            return data / name
    raise AffettoError(
        f"{data} holds no table of genres.", remedy=f"Put one of {', '.join(names)} there."
    )


def options_of(arguments: list[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m affetto_training.music_study",
        description="Study song tables: every figure, chart and table of the page.",
    )
    here = os.environ.get("AFFETTO_DATA")
    parser.add_argument(
        "--data", type=Path, default=Path(here) / "music" if here else None,
        required=not here, help="folder of the tables (AFFETTO_DATA/music, where that is set)",
    )  # fmt: skip
    parser.add_argument("--results", type=Path, default=Path("training/results"),
                        help="folder for JSON and CSV")  # fmt: skip
    parser.add_argument("--to", type=Path, default=Path("docs/music-study.md"),
                        help="the page to write; charts go into charts/ beside it")  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, help="of every draw (0)")
    parser.add_argument("--quick", action="store_true", help="fewer rows, folds and seeds")
    parser.add_argument("--from-results", action="store_true",
                        help="only write charts and page anew, from the stored JSON")  # fmt: skip
    add_track(parser)
    return parser.parse_args(arguments)


def answer(options: argparse.Namespace) -> str:
    """Do what was asked; the text to print."""
    began = time.monotonic()
    kept = options.results / "music-study.json"
    if options.from_results:
        found = json.loads(kept.read_text(encoding="utf-8"))
    else:
        found = studied(options.data, options.seed, options.quick)
    files = write(found, options.results, options.to)
    if options.track:
        from affetto_training.songs.diary import keep

        params = {"seed": options.seed, "quick": options.quick, "data": _hash(options.data)}
        keep(found, params, files, options.track)
    return f"{options.to} and {len(files) - 1} files in {time.monotonic() - began:.0f} s"


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 with the problem and its remedy on stderr; 2 for what was asked wrongly."""
    options = options_of(arguments)
    return answered(lambda: answer(options))


def _hash(data: Path) -> str:
    """Of every table that is read, in order."""
    import hashlib

    whole = hashlib.sha256()
    for name in ("data_moods.csv", "deezer_mood_train.csv.gz", *GENRES, CATALOGUE):
        if (data / name).exists():
            whole.update(name.encode() + (data / name).read_bytes())
    return whole.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
