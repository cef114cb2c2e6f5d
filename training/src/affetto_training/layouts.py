"""The layouts FER2013 comes in: one csv, folders of pictures, or a parquet file.

Several copies are in circulation, and they do not hold the same images, so a reader
first says what it found. Whatever the layout, a class is known by its name.
"""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from PIL import Image

from affetto.errors import AffettoError
from affetto_training.fer2013 import FER2013_LABELS, FERPLUS_VOTES, SIDE, Faces

# Images per split, Training first, and which copy has so many.
KNOWN_COPIES: Final = {
    (28709, 3589, 3589): "the official set, whole",
    (28709, 3589): "the official set without PrivateTest",
    (28709, 7178): "the official set, its two tests poured together",
    (24176, 7178): "another copy, smaller than the official set",
}
SPLITS: Final = {
    "train": "Training", "training": "Training",
    "publictest": "PublicTest", "privatetest": "PrivateTest",
}  # fmt: skip
# Other words under which a class folder may go.
ALIASES: Final = {
    "anger": "angry", "disgusted": "disgust", "fearful": "fear", "scared": "fear",
    "happiness": "happy", "sadness": "sad", "surprised": "surprise", "calm": "neutral",
}  # fmt: skip
PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})


@dataclass(frozen=True)
class Layout:
    """What lies at a path: its kind, and images per split and class."""

    kind: str  # "csv", "folders" or "parquet"
    counts: Mapping[str, Mapping[str, int]]  # split → class name → images

    @property
    def totals(self) -> dict[str, int]:
        return {split: sum(counts.values()) for split, counts in self.counts.items()}

    @property
    def copy(self) -> str:
        """Which known copy this is, by its totals."""
        return KNOWN_COPIES.get(tuple(self.totals.values()), "a copy we do not know")

    def __str__(self) -> str:
        totals = " + ".join(f"{n:,} {split}" for split, n in self.totals.items())
        return f"{self.kind}: {totals} ({self.copy})"


def layout_of(path: Path) -> Layout:
    """Say what lies at ``path`` without decoding a picture; AffettoError if nothing known."""
    if path.is_dir():
        counted = Counter((split, name) for split, name, _ in _pictures(path))
        return _layout("folders", counted)
    if path.suffix == ".csv":
        table = _csv(path, "emotion", "usage")
        numbers, splits = table["emotion"].to_pylist(), table["usage"].to_pylist()
        return _layout("csv", Counter((s, _name(n)) for s, n in zip(splits, numbers, strict=True)))
    table = _parquet(path, ["split", "label"])
    splits = table["split"].to_pylist() if "split" in table.column_names else [""] * len(table)
    labels = table["label"].to_pylist()
    return _layout(
        "parquet",
        Counter((s, _name(n)) for s, n in zip(splits, labels, strict=True) if _labelled(n)),
    )


def read_faces(path: Path, split: str | None = None) -> Faces:
    """Read one split, or all of them, of whatever layout lies at ``path``."""
    if path.is_dir():
        return read_folders(path, split)
    return read_csv(path, split) if path.suffix == ".csv" else read_parquet(path, split)


def read_splits(path: Path) -> tuple[Faces, Faces, list[Faces]]:
    """Training, the split that scores it, and every split whose twins must leave Training.

    PublicTest scores; in a copy without one, the first split that is not Training does.
    """
    splits = list(layout_of(path).counts)
    others = [s for s in splits if s != "Training"]
    if "Training" not in splits or not others:
        raise AffettoError(
            f"{path} holds no split to train on and another to score with.",
            remedy="Bring Training and PublicTest, or the folders train and test.",
        )
    read = {s: read_faces(path, s) for s in splits}
    scoring = read["PublicTest" if "PublicTest" in others else others[0]]
    return read["Training"], scoring, [read[s] for s in others]


def read_csv(path: Path, split: str | None = None) -> Faces:
    """Read the official csv: emotion, pixels ("12 34 …", a square), Usage.

    The FER+ votes come along when their own ``fer2013new.csv`` lies beside it.
    """
    table = _csv(path, "emotion", "pixels", "usage")
    ballots = np.zeros((len(table), len(FERPLUS_VOTES)), np.uint8)
    crowd = path.with_name("fer2013new.csv")
    if crowd.exists():
        votes = _csv(crowd, "usage", *(v.casefold() for v in FERPLUS_VOTES))
        if not votes["usage"].equals(table["usage"]):
            raise AffettoError(
                f"The rows of {crowd.name} are not those of {path.name}.",
                remedy="Bring both files whole and in their own order.",
            )
        ballots = np.stack([votes[v.casefold()].to_numpy() for v in FERPLUS_VOTES], 1)
    wanted = np.array([split is None or s == split for s in table["usage"].to_pylist()], bool)
    texts = table["pixels"].filter(pa.array(wanted)).to_pylist()
    pixels = np.empty((len(texts), SIDE, SIDE), np.uint8)
    for i, text in enumerate(texts):
        values = np.fromstring(text, np.uint8, sep=" ")
        side = math.isqrt(len(values))
        pixels[i] = _crop(Image.fromarray(values.reshape(side, side)))
    labels = table["emotion"].to_numpy()[wanted].astype(np.int64)
    return Faces(pixels, labels, ballots[wanted].astype(np.uint8))


def read_folders(path: Path, split: str | None = None) -> Faces:
    """Read ``train/happy/….jpg`` and so on; there are no votes in this layout."""
    found = [(name, p) for s, name, p in _pictures(path) if split is None or s == split]
    pixels = [_opened(p.read_bytes(), str(p)) for _, p in found]
    return Faces(
        np.array(pixels, np.uint8).reshape(-1, SIDE, SIDE),
        np.array([FER2013_LABELS.index(name) for name, _ in found], np.int64),
        np.zeros((len(found), len(FERPLUS_VOTES)), np.uint8),
    )


def read_parquet(path: Path, split: str | None = None) -> Faces:
    """Read the parquet described in docs/training.md: label, jpeg or image, split, fp_*.

    Pictures may have any size and colour; a row labelled -1 or not at all is left out,
    and without a split column every row is taken.
    """
    have = pq.read_schema(path).names if path.exists() else []
    picture = next((name for name in ("jpeg", "image") if name in have), "jpeg")
    votes = [f"fp_{v}" for v in FERPLUS_VOTES]
    table = _parquet(path, ["split", "label", picture, *votes])
    keep = _kept(table, split)
    table = table.filter(pa.array(keep))
    columns: dict[str, list[Any]] = table.to_pydict()
    if picture not in columns:
        raise AffettoError(
            f"{path.name} has no column of pictures.",
            remedy='Give each row its face crop as bytes, in a column "jpeg" or "image".',
        )
    nobody: list[Any] = [0] * len(table)
    return Faces(
        np.array(
            [
                _opened(b, f"Row {i} of {path.name}")
                for i, b in zip(np.flatnonzero(keep), columns[picture], strict=True)
            ],
            np.uint8,
        ).reshape(-1, SIDE, SIDE),
        np.array([FER2013_LABELS.index(_name(n)) for n in columns["label"]], np.int64),
        np.array([[n or 0 for n in columns.get(v, nobody)] for v in votes], np.uint8).T,
    )


def read_column(path: Path, column: str, split: str | None = None) -> list[str]:
    """What a column says of each face that ``read_faces`` gives, in the same order.

    A cell that says nothing is "". Raises AffettoError, which names the columns there are.
    """
    if path.is_dir():
        known: list[str] = []
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8") as file:
            known = [name.strip() for name in file.readline().rstrip("\n").split(",")]
    else:
        _parquet(path, ["label"])
        known = pq.read_schema(path).names
    if column not in known:
        raise AffettoError(
            f"{path.name} has no column {column}.",
            remedy=f"Its columns are {', '.join(known)}."
            if known
            else "Only a csv or a parquet file has columns.",
        )
    if path.suffix == ".csv":
        table = _csv(path, *dict.fromkeys(("usage", column.casefold())))
        keep = np.array([split is None or s == split for s in table["usage"].to_pylist()], bool)
    else:
        table = _parquet(path, ["split", "label", column])
        keep = _kept(table, split)
    cells = table[column.casefold() if path.suffix == ".csv" else column].to_pylist()
    return ["" if c is None else str(c) for c, k in zip(cells, keep, strict=True) if k]


# -- the parts ------------------------------------------------------------------------


def _layout(kind: str, counted: Counter[tuple[str, str]]) -> Layout:
    first = ["Training", "PublicTest", "PrivateTest"]
    splits = sorted(
        {split for split, _ in counted},
        key=lambda s: (first.index(s) if s in first else len(first), s),
    )
    return Layout(kind, {s: {n: counted[s, n] for n in FER2013_LABELS} for s in splits})


def _labelled(label: int | None) -> bool:
    return label is not None and label != -1


def _kept(table: pa.Table, split: str | None) -> npt.NDArray[np.bool_]:
    """Which rows of a parquet file are faces of a split: labelled, and in it."""
    keep = np.array([_labelled(n) for n in table["label"].to_pylist()], bool)
    if split is not None and "split" in table.column_names:
        keep &= np.array([s == split for s in table["split"].to_pylist()], bool)
    return keep


def _name(label: int) -> str:
    if not 0 <= label < len(FER2013_LABELS):
        raise AffettoError(
            f"The label {label} is none of FER2013's.",
            remedy=f"Labels go from 0 to 6: {', '.join(FER2013_LABELS)}; -1 is left out.",
        )
    return FER2013_LABELS[label]


def _class_of(folder: Path) -> str:
    """The class a folder is named after; a number before the name means nothing."""
    word = re.sub(r"[^a-z]", "", folder.name.casefold())
    name = ALIASES.get(word, word)
    if name not in FER2013_LABELS:
        raise AffettoError(
            f"The folder {folder} is named after no expression we know.",
            remedy=f"Name it after one of {', '.join(FER2013_LABELS)}.",
        )
    return name


def _pictures(path: Path) -> list[tuple[str, str, Path]]:
    """Every picture below ``split/class/``: (split, class name, path), in a fixed order."""
    found = [
        (SPLITS.get(re.sub(r"[^a-z]", "", split.name.casefold()), split.name), _class_of(kind), p)
        for split in path.iterdir()
        if split.is_dir() and not split.name.startswith(".")
        for kind in split.iterdir()
        if kind.is_dir() and not kind.name.startswith(".")
        for p in kind.iterdir()
        if p.suffix.casefold() in PICTURES
    ]
    return sorted(found, key=lambda f: (f[0], FER2013_LABELS.index(f[1]), f[2].name))


def _csv(path: Path, *columns: str) -> pa.Table:
    """Columns of a csv by name, whatever their case and the blanks around them."""
    try:
        with path.open(encoding="utf-8") as file:
            head = file.readline()
    except (OSError, UnicodeDecodeError) as error:
        raise _no_data(path) from error
    named = {name.strip().casefold(): name for name in head.rstrip("\n").split(",")}
    missing = [c for c in columns if c not in named]
    if missing:
        raise AffettoError(
            f"{path.name} has no column {', '.join(missing)}.",
            remedy="Bring FER2013's own csv: emotion, pixels, Usage.",
        )
    wanted = [named[c] for c in columns]
    kinds = {name: pa.string() for name in wanted if name.strip() == "pixels"}
    options = pacsv.ConvertOptions(include_columns=wanted, column_types=kinds)
    try:
        table = pacsv.read_csv(path, convert_options=options)
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise _no_data(path) from error
    return table.rename_columns(list(columns))


def _parquet(path: Path, columns: list[str]) -> pa.Table:
    try:
        have = pq.read_schema(path).names
        table = pq.read_table(path, columns=[c for c in dict.fromkeys(columns) if c in have])
    except (OSError, pa.ArrowInvalid) as error:
        raise _no_data(path) from error
    if "label" not in table.column_names:
        raise AffettoError(
            f"{path.name} has no column of labels.", remedy='Add a column "label", 0 to 6.'
        )
    labels = table["label"]
    try:
        if pa.types.is_floating(labels.type):  # as a table with gaps becomes: 3.0, and NaN
            labels = pc.if_else(pc.is_nan(labels), -1, labels)
        labels = labels.cast(pa.int64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise AffettoError(
            f"The labels in {path.name} are not whole numbers.",
            remedy=f"Labels go from 0 to 6: {', '.join(FER2013_LABELS)}; -1 is left out.",
        ) from error
    return table.set_column(table.column_names.index("label"), "label", labels)


def _no_data(path: Path) -> AffettoError:
    return AffettoError(
        f"{path} cannot be read as face data.",
        remedy="Bring a parquet file, FER2013's csv, or a folder of class folders.",
    )


def _opened(data: Any, where: str) -> npt.NDArray[np.uint8]:
    """One picture's bytes as a crop; some tables wrap the bytes in {"bytes": …}."""
    try:
        with Image.open(io.BytesIO(data["bytes"] if isinstance(data, dict) else data)) as image:
            return _crop(image)
    except (OSError, TypeError, ValueError, Image.DecompressionBombError) as error:
        raise AffettoError(
            f"{where} holds no picture we can read.", remedy="Leave it out, or mend it."
        ) from error


def _crop(image: Image.Image) -> npt.NDArray[np.uint8]:
    """Grey and 48 × 48, as the nets want it; sixteen bits are brought down to eight."""
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
    if image.mode != "L":
        image = image.convert("L")
    if image.size != (SIDE, SIDE):
        image = image.resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return np.asarray(image, np.uint8)
