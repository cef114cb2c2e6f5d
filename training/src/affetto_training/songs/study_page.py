"""Writes the page on song tables from what the study found, the same bytes for the same file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from affetto_training.songs import references
from affetto_training.songs.reading import MOODS
from affetto_training.songs.study_charts import best_way

MADE: Final = "<!-- Written by `python -m affetto_training.music_study`; edits here are lost. -->"
OTHER_STUDY: Final = "an earlier study of the same systems"


def page_of(found: Mapping[str, Any]) -> str:
    """The whole page as Markdown."""
    parts = [MADE + "\n" + _beginning(found), _tables(found), _clusters(found["clusters"])]
    parts += [_faults(found["clusters"]), _moods(found["moods"]), _seen(found["seen"])]
    parts += [_ranking(found["ranking"]), _again()]
    blocks = "\n\n".join(part.strip() for part in parts).split("\n\n")
    return "\n\n".join(b if b[0] in "|#!<`" else _wrapped(b) for b in blocks) + "\n"


def _beginning(found: Mapping[str, Any]) -> str:
    literal = found["tables"]["literal"]
    note = " **This was the quick run: fewer rows, folds and seeds.**" if found["quick"] else ""
    return f"""# Song tables: claimed and measured

How earlier systems told the mood of a song from a streaming service's features, what they said
of it, and what we measure: each one built anew, with its faults, beside what Affetto does
instead. All of it comes from one command, with seed {found["seed"]}; the same seed gives the same
figures on the same machine. The tables themselves are other people's and are not here.{note}

Features of a service are not what people hear: its *valence* goes with what listeners say at r
{literal["valence_r"]:.2f}, its *energy* at {literal["arousal_r"]:.2f}
(in folds by artist, {found["tables"]["tried"]["n"]:,} songs)."""


# -- from a table to a mood -------------------------------------------------------------


def _tables(found: Mapping[str, Any]) -> str:
    tried, card = found["tables"]["tried"], found["tables"]["card"]
    rows = [
        (name, f"{r['valence_r']:.3f}", f"{r['arousal_r']:.3f}", f"{r['quarter']:.3f}")
        for name, r in sorted(tried["ways"].items(), key=lambda item: item[1]["valence_r"])
    ]
    told = card["by_artist_folds"]
    quarter, plays = told["quarter"], told.get("playlists")
    text = f"""## From a table to a mood

`affetto_training.tables` learns from what listeners tagged. Labels come in standard units and
are divided by 2.2, so that they fill the map and its middle stays theirs. Every way below was
asked only about artists it had not learnt from, in ten folds of one seed. Their settings were found
by a few trials on the same rows, so that a difference of a hundredth says nothing.

{_table(("tried", "r valence", "r arousal", "quarter right"), rows, 1)}

A kernel machine keeps the songs it has learnt from as its weights; random waves come near it and
keep none, so that no row of a table lies in the repository. The year helps valence where a
catalogue knows it ({tried["year_known"]:,} songs); it stays out, since a table often gives the
year of a re-issue, and the tagged rows have none of their own.

**What is kept** is the ridge on random waves, with a little weight (a fifth) on songs that stand
on playlists of a mood: the tagged songs hold next to no ambient music, so that without these a
calm piece would be told sad, for its low valence. That fifth was set after trying a tenth, three
tenths and the whole on the same rows; width and penalty are chosen anew within what each fold
learns from. Over {len(told["seeds"])} seeds:

{_kept(told)}

The median rule calls a song pleasant and awake when it lies above the middle of its table in the
service's own valence and energy; the commonest quarter alone would be right for
{quarter["commonest"]:.3f}. On listener tags the quarter is right for {quarter["ours"]:.3f}, by the
median rule for {quarter["median_rule"]:.3f}."""
    if plays:
        own, rule = plays["ours"], plays["median_rule"]
        moods = [
            (what, f"{own[key]:.3f}", f"{rule[key]:.3f}", f"{plays['half_rule'][key]:.3f}")
            for what, key in (
                ("all four, Energetic counted as angry", "as_angry"),
                ("all four, Energetic counted as happy", "as_happy"),
                ("all four, Energetic right in either", "as_either"),
                ("Calm alone", "Calm"),
                ("Happy alone", "Happy"),
                ("Sad alone", "Sad"),
            )
        ]
        text += f"""

On the {plays["n"]} songs of the table of moods, of artists it has not learnt from:

{_table(("quarter right", "ours", "median rule", "rule of halves"), moods, 1)}"""
    return text


def _kept(told: Mapping[str, Any]) -> str:
    rows = [
        (
            axis,
            f"**{told[axis]['r']:.3f}** ± {told[axis]['r_between_seeds']:.3f}",
            f"{told[axis]['r_to_beat']:.3f}",
            f"{told[axis]['ccc']:.3f}",
            f"{told[axis]['r2']:.3f}",
            _share(told["interval_90"][axis]),
        )
        for axis in ("valence", "arousal")
    ]
    return _table(("", "r", "to beat", "CCC", "R²", "90 % intervals hold"), rows, 1)


# -- clusters ---------------------------------------------------------------------------


def _clusters(told: Mapping[str, Any]) -> str:
    rows = []
    for name, row in told["ways"].items():
        other = references.beside(name)
        rows.append(
            (
                name,
                *(
                    _both(row.get(key), theirs)
                    for key, theirs in zip(
                        ("silhouette", "ari", "accuracy", "lenient"), other, strict=True
                    )
                ),
            )
        )
    dense = [r for n, r in told["ways"].items() if "DBSCAN" in n]
    inc = next(r for n, r in told["ways"].items() if "incremental" in n)
    return f"""## Four moods without labels

C28 to C30: the earlier systems cluster songs and call the clusters moods. Of {told["rows"]:,} rows
{told["distinct"]:,} are distinct in the {len(told["columns"])} features that this copy shares with
the table of moods; four components hold {_share(told["four_hold"], 0)} of their
variance. Names are given by Russell's circumplex, from where a cluster's centre lies in valence
and energy, all four at once; the order of ids plays no part. In brackets stands what
{OTHER_STUDY} measured. Silhouettes are taken over 3,000 rows drawn at random. *Right*
is the share of the table of moods that lands in its mood, Energetic counted as angry; *lenient*
lets it be happy, too.

{_table(("clustering", "silhouette", "ARI", "right", "lenient"), rows, 1)}

DBSCAN finds {", ".join(str(r["clusters"]) for r in dense)} clusters as its radius grows; the
largest holds {", ".join(_share(r["largest"]) for r in dense)} of the songs, and
{", ".join(_share(r["noise"]) for r in dense)} are noise: songs are one crowd, and four moods
cannot be had that way. Incremental K-means, fed 500 songs at a time, agrees with the one that saw
all at once at an ARI of {inc["ari_with_all_at_once"]:.2f}.

![Scree: what each component holds](charts/music-scree.svg)

![Clusters on the plane of the first two components](charts/music-clusters.svg)

![Valence and energy of the songs of each cluster](charts/music-valence-energy.svg)"""


def _faults(told: Mapping[str, Any]) -> str:
    angle = told["faults"]["angle"]
    typed = [a for a, _ in told["faults"]["names"]]
    named = [b for _, b in told["faults"]["names"]]
    counts = {int(n): (s, a) for n, s, a in told["faults"]["components"]}
    last = max(counts)
    return f"""### Three known faults

**The angle alone.** Songs were ranked by the cosine of standardised valence and energy. Two numbers
have only an angle: of {angle["songs"]:,} songs, {angle["alike_median"]:.0f} (median over 100 picks)
are *alike* beyond .9999, and the first three of a list lie
{angle["top3_apart_median"]:.2f} standard deviations from the pick, one in ten of them
{angle["top3_apart_p90"]:.2f} or more. ({OTHER_STUDY.capitalize()} counted
{references.ALIKE_MEDIAN} among 35,090.) A distance does not have this fault.

![A cosine finds a ray, a distance a disc](charts/music-fault-angle.svg)

**Names typed in by hand.** *0 is sad, 1 calm, 2 angry, 3 happy* holds for the run somebody looked
at. Started {len(typed)} times, typed names are right for {_share(min(typed))} to
{_share(max(typed))} of the table of moods, computed ones for {_share(min(named))} to
{_share(max(named))}.

![Typed names depend on the luck of the ids](charts/music-fault-names.svg)

**All components.** A system computed four components and then clustered the array with all of
them. Silhouette {counts[4][0]:.2f} with four and {counts[last][0]:.2f} with all {last};
{_share(counts[4][1])} and {_share(counts[last][1])} right.

![By the number of components](charts/music-fault-components.svg)"""


# -- with labels ------------------------------------------------------------------------


def _moods(told: Mapping[str, Any]) -> str:
    rows = []
    for name, row in told["ways"].items():
        theirs = references.MOODS.get(name, (None, None))
        rows.append((
            name, references.CLAIMED.get(name, ""),
            _both(row["folds"]["accuracy"], theirs[0]), _both(row["folds"]["macro_f1"], theirs[1]),
            f"{row['by_artist']['accuracy']:.3f}", f"{row['by_artist']['macro_f1']:.3f}",
        ))  # fmt: skip
    best = best_way(told["ways"])
    return f"""## Moods from labels

C31 and C32: the mood of {told["n"]} songs of {told["artists"]} artists from ten features, in ten
folds and in ten folds that keep each artist on one side; means over seeds. Settings were fixed
beforehand. In brackets, what {OTHER_STUDY} measured.

{_table(("", "claimed", "right", "macro-F1", "right, by artist", "macro-F1, by artist"), rows, 2)}

The claim of 88 % is of other data and cannot be checked here. {best[0].upper() + best[1:]} does
best by artist, and {_share(_happy_or_energetic(told["ways"][best]), 0)} of its mistakes take
Happy for Energetic or Energetic for Happy.

![{best}: which moods are taken for which](charts/music-confusion.svg)

![The neural net: loss and accuracy by epoch](charts/music-net.svg)"""


def _happy_or_energetic(way: Mapping[str, Any]) -> float:
    """The share of all mistakes that lies between these two."""
    matrix = way["by_artist"]["confusion"]
    wrong = sum(n for i, row in enumerate(matrix) for j, n in enumerate(row) if i != j)
    energetic, happy = MOODS.index("Energetic"), MOODS.index("Happy")
    return float((matrix[energetic][happy] + matrix[happy][energetic]) / max(1, wrong))


def _seen(told: Mapping[str, Any]) -> str:
    text = """## What the tables look like

![Songs of each mood](charts/music-classes.svg)

![Correlations of the features](charts/music-correlation.svg)"""
    if "songs_per_mood" in told:
        text += f"""

Of {told["named"]:,} named songs {told["with_genre"]:,} have a genre; the copy of 42,305 rows has
none, and serves clustering only. Moods are those that our table model tells.

![Songs per mood](charts/music-songs-per-mood.svg)

![The share of each genre in each mood](charts/music-genres.svg)

![The share of each mood in each genre](charts/music-genre-moods.svg)"""
    return text


# -- from an emotion to a song ----------------------------------------------------------


def _ranking(told: Mapping[str, Any]) -> str:
    tracks, genres = told["tracks_ndcg10"], told["genres_ndcg3"]
    rows = [(name, _with_spread(tracks[name]), _with_spread(genres.get(name))) for name in tracks]
    net = tracks["the net"]["mean"]
    rule = tracks["distance, our table model"]["mean"]
    apart = max(t["between_folds"] for t in tracks.values()) / max(1, told["folds"]) ** 0.5
    verdict = (
        "The net does not beat the plain rule on our table model"
        if net <= rule + 2 * apart
        else "The net beats the rule on our table model"
    )
    return f"""## From an emotion to genres and tracks

C37: a small net takes a distribution over seven emotions and ranks genres and tracks. No table
pairs faces with the songs that suited them, so a song suits an emotion as far as *listeners' tags*
put it near that emotion's place on the map; the net sees only features, and is asked about artists
it has not learnt from ({told["songs"]:,} songs, {told["with_genre"]} of them with a genre;
{told["folds"]} folds by artist, {told["emotions"]} emotions in each). NDCG of the first ten tracks
and the first three genres, ± between folds:

{_table(("", "tracks, NDCG@10", "genres, NDCG@3"), rows, 1)}

{verdict} ({net:.3f} and {rule:.3f}), and cannot say why it chose. Affetto keeps the rule."""


def _again() -> str:
    return """## Again

```sh
.venv/bin/python tools/setup.py training
export PYTHONPATH=training/src
.venv/bin/python -m affetto_training.music_study --data FOLDER
.venv/bin/python -m affetto_training.tables evaluate --data deezer_mood_train.csv.gz
```

`--quick` takes fewer rows, folds and seeds; `--track` keeps the run in MLflow."""


# -- small things -----------------------------------------------------------------------


def _both(ours: float | None, theirs: float | None) -> str:
    own = "–" if ours is None else f"{ours:.3f}".replace("-", "−")
    return own if theirs is None else f"{own} ({theirs:.3f})".replace("-", "−")


def _share(value: float, digits: int = 1) -> str:
    return f"{100 * value:.{digits}f} %"


def _with_spread(told: Mapping[str, float] | None) -> str:
    return "–" if told is None else f"{told['mean']:.3f} ± {told['between_folds']:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int) -> str:
    """A Markdown table; all but the first so many columns are numbers."""
    line = "|" + "---|" * words + "--:|" * (len(head) - words)
    return "\n".join(
        ["| " + " | ".join(head) + " |", line, *("| " + " | ".join(r) + " |" for r in rows)]
    )


def _wrapped(words: str) -> str:
    return textwrap.fill(
        " ".join(words.split()), 99, break_long_words=False, break_on_hyphens=False
    )


def write_page(found: Mapping[str, Any], to: Path) -> None:
    """Write the page."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(page_of(found), encoding="utf-8", newline="\n")
