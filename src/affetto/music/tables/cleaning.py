"""Reading a table again, and making songs of the rows that stay.

Nothing is invented: what is missing, unreadable or out of range stays unknown. What is
possible but far out is kept, and drawn in only for the eyes of the mood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final

import numpy as np

from affetto.music.tables.columns import Layout
from affetto.music.tables.mood import (
    FEW,
    RULE_SD,
    MedianRule,
    TagModel,
    Telling,
    blended,
    labels,
)
from affetto.music.tables.opening import BadLines, Lot, Progress, Table
from affetto.music.tables.report import Report, Step, unused, where
from affetto.music.tables.survey import Survey, plain_id
from affetto.music.tables.values import Floats, key_of, mode_of, numbers, same_name, text
from affetto.track import Track, TrackFeatures, TrackUri

_FENCE: Final = 3.0  # quartile distances beyond the quartiles (Tukey, 1977: "far out")
_FENCED: Final = ("tempo", "loudness", "duration")
_NEAR_EMPTY: Final = 0.05  # share of rows below which a feature says too little
_RULE_FEATURES: Final = ("valence", "energy", "instrumentalness", "acousticness")
_NOT_ASKED: Final = "kept out of the mood: the median rule does not ask for it"
_KEYS: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SOUND: Final = (
    "danceability", "energy", "loudness", "speechiness", "acousticness", "instrumentalness",
    "liveness", "valence", "tempo", "time_signature",
)  # fmt: skip


class Cleaning:
    """The second reading of a table. ``report`` is whole when all songs were taken."""

    def __init__(
        self, path: str, table: Table, layout: Layout, found: Survey, model: TagModel | None
    ) -> None:
        self._table, self._layout, self._found = table, layout, found
        self.report = Report(path, layout.kind, len(layout.header), found.rows)
        self._fences = {
            name: _fence(found.sample[name]) for name in _FENCED if name in found.sample
        }
        self._out: Counter[str] = Counter()
        self._far: Counter[str] = Counter()
        self._odd_words = 0
        self._odd_keys = 0
        self._select(model)

    # -- what is used -----------------------------------------------------------------

    def _select(self, model: TagModel | None) -> None:
        """Choose what the mood is told from, and say why the rest is not."""
        report, found = self.report, self._found
        report.named = {
            ours: self._layout.header[place] for ours, place in self._layout.places.items()
        }
        report.units = {n: u.words for n, u in found.units.items() if u.words}
        report.dropped = unused(self._layout)
        report.bad_lines = found.bad.named
        useful = []
        for name in (n for n in _SOUND if n in found.columns):
            why = self._why_not(name)
            if why:
                report.dropped[name] = why
            else:
                useful.append(name)
        self._sound = tuple(useful)
        self._given = {"mood_valence", "mood_arousal"} <= found.units.keys()
        self._labelled = "mood" in self._layout.places
        self._telling: Telling | None = None
        if not self._given and model is not None and useful:
            self._telling = model
        elif not self._given and {"valence", "energy"} <= set(useful):
            rule = MedianRule(found.sample["valence"], found.sample["energy"])
            self._telling, report.medians = rule, rule.medians
            asked_not = (name for name in useful if name not in _RULE_FEATURES)
            report.dropped.update(dict.fromkeys(asked_not, _NOT_ASKED))
        report.told_with = model.name if model and self._telling is model else ""
        report.features = self._features(model)
        if self._telling is not None:
            report.scaling = self._telling.scaling
        report.told_from = self._words()

    def _why_not(self, name: str) -> str:
        seen, values = self._found.columns[name], self._found.sample[name]
        if self._found.units[name].unknown:
            return self._found.units[name].unknown
        if not seen.present:
            return "it is empty"
        if self._found.rows >= FEW and seen.present < _NEAR_EMPTY * self._found.rows:
            return f"nearly empty: {seen.present:,} of {self._found.rows:,} rows"
        if len(values) >= FEW and values[0] == values[-1]:
            return f"constant: always {values[0]:g}"
        return ""

    def _features(self, model: TagModel | None) -> tuple[str, ...]:
        if self._telling is None:
            return ()
        if model is None:
            return tuple(name for name in _RULE_FEATURES if name in self._sound)
        others = tuple(n for n in ("key", "mode") if n in self._layout.places)
        return (*self._sound, *others, *(["duration_ms"] if "duration" in self._fences else []))

    def _words(self) -> str:
        if self._given:
            return "the table's own valence and arousal"
        words = []
        if self._labelled:
            words.append("the table's mood words")
        if isinstance(self._telling, TagModel):
            words.append(f"listener tags (model {self._telling.name!r})")
        elif self._telling is not None:
            medians = self.report.medians
            around = (
                f"around the table's medians, valence {medians[0]:.2f} and energy {medians[1]:.2f}"
                if medians
                else "around the middle of the scales, since the table is small"
            )
            words.append(f"the median rule ({around}; unsure: ± {RULE_SD[0]})")
        return " and ".join(words)

    # -- the rows ---------------------------------------------------------------------

    def songs(self, seen: Progress) -> Iterator[list[Track]]:
        """The songs that stay, in lots; then the report is whole."""
        start = 0
        for lot in self._table.lots(self._layout.places, BadLines(), seen):
            keep = np.flatnonzero(self._found.keep[start : start + lot.size])
            start += lot.size
            songs = self._lot(lot, keep)
            self.report.kept += len(songs)
            self.report.moods += sum(song.features is not None for song in songs)
            yield songs
        self._count()

    def _lot(self, lot: Lot, keep: Sequence[int] | np.ndarray) -> list[Track]:
        columns: dict[str, Floats] = {}
        for name, unit in self._found.units.items():
            values, out = unit.applied(numbers(lot.cells[name], name)[0])
            columns[name] = values[keep]
            self._out[name] += out
        texts = {
            name: [text(lot.cells[name][row]) for row in keep]
            for name in ("id", "title", "artist", "album", "genre", "mood")
            if name in lot.cells
        }
        nothing = [""] * len(keep)
        keys = self._keys(lot, keep)
        columns["mode"] = self._modes(lot, keep)
        told, sources = self._told(columns, keys, texts.get("mood", nothing))
        features = _features_of(columns, keys, told, sources)
        year, popularity, length = (
            columns.get(name, np.full(len(keep), np.nan)).tolist()
            for name in ("year", "popularity", "duration")
        )
        titles, artists = texts.get("title", nothing), texts.get("artist", nothing)
        ids = texts.get("id", nothing)
        return [
            Track(
                uri=song_uri(ids[row], titles[row], artists[row]),
                title=titles[row],
                artist=artists[row],
                album=texts.get("album", nothing)[row],
                genre=texts.get("genre", nothing)[row],
                year=int(year[row]) if year[row] == year[row] else None,
                duration_s=round(length[row], 3) if length[row] == length[row] else 0.0,
                features=features[row],
                popularity=round(popularity[row]) if popularity[row] == popularity[row] else None,
            )
            for row in range(len(keep))
        ]

    def _keys(self, lot: Lot, keep: Sequence[int] | np.ndarray) -> list[str | None]:
        nothing: Sequence[object] = [None] * lot.size
        keys, modes = lot.cells.get("key", nothing), lot.cells.get("mode", nothing)
        return [key_of(keys[row], modes[row]) for row in keep]

    def _modes(self, lot: Lot, keep: Sequence[int] | np.ndarray) -> Floats:
        nothing: Sequence[object] = [None] * lot.size
        keys, modes = lot.cells.get("key", nothing), lot.cells.get("mode", nothing)
        return np.array([mode_of(keys[row], modes[row]) for row in keep], np.float64)

    def _told(
        self, columns: Mapping[str, Floats], keys: Sequence[str | None], words: Sequence[str]
    ) -> tuple[Floats, list[tuple[str, ...]]]:
        """Where each song lies, (n, 4), and what that was told from."""
        count = len(keys)
        if self._given:
            return _as_given(columns, count), [("table",)] * count
        told = np.full((count, 4), np.nan)
        named = [""] * count
        if self._telling is not None:
            told = self._telling(self._for_mood(columns, keys))
            named = [self._telling.words] * count
        if not self._labelled:
            return told, [(one,) for one in named]
        places, unknown = labels(words)
        self._odd_words += unknown
        has_word = np.isfinite(places[:, 0]).tolist()
        sources = [
            tuple(one for one in ("mood word" if word else "", name) if one)
            for word, name in zip(has_word, named, strict=True)
        ]
        return blended(places, told), sources

    def _for_mood(
        self, columns: Mapping[str, Floats], keys: Sequence[str | None]
    ) -> dict[str, Floats]:
        """What the mood is told from: those features that are of use, what is far out drawn in."""
        drawn: dict[str, Floats] = {name: columns[name] for name in self._sound}
        for name in _FENCED:
            if name not in columns:
                continue
            low, high = self._fences[name]
            near = np.clip(columns[name], low, high)
            self._far[name] += int((np.isfinite(near) & (near != columns[name])).sum())
            if name in drawn:
                drawn[name] = near
            elif name == "duration":
                drawn["duration_ms"] = near * 1000.0
        if isinstance(self._telling, TagModel):
            number = [np.nan if key is None else _key_number(key) for key in keys]
            drawn["key"], drawn["mode"] = np.array(number), columns["mode"]
        return drawn

    def _count(self) -> None:
        found, report = self._found, self.report
        missing = {name: seen.missing for name, seen in found.columns.items()}
        wrong = {name: seen.wrong for name, seen in found.columns.items()}
        report.steps = [
            Step("lines left out", found.bad.count),
            Step("rows without a title", found.unnamed, _unnamed(found.unnamed)),
            Step("doubles by id", found.doubles_by_id, "the most popular stays, else the first"),
            Step("doubles by title and artist", found.doubles_by_name),
            Step("missing numbers", sum(missing.values()), where(missing)),
            Step("not numbers", sum(wrong.values()), where(wrong)),
            Step("out of range, now unknown", self._out.total(), where(self._out)),
            Step("far out, drawn in for the mood", self._far.total(), where(self._far)),
            Step("columns in other units", len(report.units), ", ".join(report.units)),
            Step("columns not used", len(report.dropped)),
        ]
        if self._labelled:
            report.steps.append(Step("mood words not known", self._odd_words))
        if found.bad.odd_text:
            report.steps.append(
                Step("lines that are no UTF-8", found.bad.odd_text, "read as Western European")
            )


def song_uri(identifier: str, title: str, artist: str) -> TrackUri:
    """The name of a song of a table: by its id, else by its title and artist."""
    told = plain_id(identifier) or f"{same_name(title)}\0{same_name(artist)}"
    return TrackUri("table:" + blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest())


def _features_of(
    columns: Mapping[str, Floats],
    keys: Sequence[str | None],
    told: Floats,
    sources: Sequence[tuple[str, ...]],
) -> list[TrackFeatures | None]:
    nothing = np.full(len(keys), np.nan)
    sound = [
        [value if value == value else None for value in columns.get(name, nothing).tolist()]
        for name in ("tempo", "loudness", "energy", "vocal")
    ]
    return [
        TrackFeatures(
            round(place[0], 4),
            round(place[1], 4),
            round(place[2], 4),
            round(place[3], 4),
            tempo_bpm=tempo,
            key=key,
            loudness_db=loudness,
            energy=energy,
            vocal=vocal,
            sources=source,
        )
        if place[0] == place[0]
        else None
        for place, key, source, tempo, loudness, energy, vocal in zip(
            told.tolist(), keys, sources, *sound, strict=True
        )
    ]


def _as_given(columns: Mapping[str, Floats], count: int) -> Floats:
    usual = TrackFeatures(0.0, 0.0)
    told = np.stack(
        [
            columns["mood_valence"],
            columns["mood_arousal"],
            np.nan_to_num(
                columns.get("mood_valence_sd", np.full(count, np.nan)), nan=usual.valence_sd
            ),
            np.nan_to_num(
                columns.get("mood_arousal_sd", np.full(count, np.nan)), nan=usual.arousal_sd
            ),
        ],
        axis=1,
    )
    told[~np.isfinite(told).all(axis=1)] = np.nan
    return told


def _fence(values: Floats) -> tuple[float, float]:
    """Below and above which a number is far out; nothing is in a table of a few rows."""
    if len(values) < FEW:
        return -np.inf, np.inf
    low, high = np.percentile(values, [25, 75])
    reach = _FENCE * (high - low)
    return float(low - reach), float(high + reach)


def _key_number(key: str) -> float:
    letter, sign = key[0], key[1:2]
    return float((_KEYS[letter] + {"#": 1, "b": -1}.get(sign, 0)) % 12)


def _unnamed(count: int) -> str:
    return "they cannot be recommended by name, and are not kept" if count else ""
