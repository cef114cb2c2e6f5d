"""Writes the leaderboard's page and charts from stored figures, the same bytes for the same."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from affetto_training.songs.draw import bars
from affetto_training.tastes.board.models import OURS

MADE: Final = (
    "<!-- Written by `python -m affetto_training.tastes leaderboard`; edits here are lost. -->"
)
BAR: Final = 0.286  # NDCG@20 on the first table, set before anything was measured here
ROWS_OF: Final = (
    ("C37", "a net from emotion to tracks", "on [its own page](music-study.md)"),
    (
        "C38",
        "collaborative filtering, content, hybrid, context",
        "ALS, EASE, item-kNN, content, hybrid; context in [daily life](situnes.md)",
    ),
    ("C39", "neural CF", "neural CF"),
    ("C40", "RBM", "RBM"),
    ("C41", "session RNN and CNN", "session RNN, session CNN"),
    ("C42", "attention with interpretable weights", "attention"),
    ("C43", "T-RECSYS", "T-RECSYS-like"),
)

Rows = Sequence[Mapping[str, Any]]


def page_of(found: Mapping[str, Any]) -> str:
    """The whole page as Markdown."""
    parts = [MADE + "\n" + _beginning(found), _claims(found), _artists(found)]
    parts += [_plays(found), _again(found)]
    blocks = "\n\n".join(part.strip() for part in parts).split("\n\n")
    return "\n\n".join(b if b[0] in "|#!<`" else _wrapped(b) for b in blocks) + "\n"


def charts(found: Mapping[str, Any]) -> dict[str, str]:
    """Every chart by its file name, the best model first."""
    kinds = ["NDCG@20", "Recall@20"]
    drawn = {
        "leaderboard-artists.svg": bars(
            "Artists left out, told among 17,632" if _whole(found) else "Artists left out",
            "mean over the splits",
            {r["model"]: [r["ndcg"], r["recall"]] for r in reversed(found["artists"]["rows"])},
            kinds, "{:.3f}",
        )
    }  # fmt: skip
    simulated = {r["model"]: r for r in found["simulated"]["rows"]}
    drawn["leaderboard-plays.svg"] = bars(
        "The next track that is liked", "NDCG@20",
        {r["model"]: [r["ndcg"], simulated[r["model"]]["ndcg"]]
         for r in reversed(found["situnes"]["rows"])},
        ["SiTunes", "simulated listeners"], "{:.3f}",
    )  # fmt: skip
    return drawn


def _whole(found: Mapping[str, Any]) -> bool:
    return int(found["artists"]["catalogue"]) == 17_632


# -- what was claimed -------------------------------------------------------------------


def _beginning(found: Mapping[str, Any]) -> str:
    told = found["artists"]
    quick = any(found[table]["quick"] for table in ("artists", "situnes", "simulated"))
    note = " **This was a quick run: fewer splits, seeds and listeners.**" if quick else ""
    return f"""# Leaderboard of recommenders

Every recommender of the earlier systems and the usual ones beside them, on the same plays: who
learns what a listener will like, and by how much more than a list of what is popular? A model that
stays below the popular is flagged, not left out.

Two kinds of plays are needed. [Artists](#artists) has {told["listeners"]:,} people and no order;
[plays in order](#plays-in-order) has a small study with ratings and the logs of simulated
listeners. Both data sets are other people's, for research, and nothing of them is here.{note}"""


def _claims(found: Mapping[str, Any]) -> str:
    best = found["artists"]["rows"][-1]
    listed = [(c, what, "no figure", where) for c, what, where in ROWS_OF]
    stated = (
        f"{best['model']}: Recall@20 {best['recall']:.3f}, NDCG@20 {best['ndcg']:.3f} "
        f"of {found['artists']['catalogue']:,} artists"
    )
    listed.append(("C44", "accuracy of recommendation", "90 %", stated))
    return f"""## Claimed and measured

{_table(("", "what", "claimed", "here"), listed, 4)}

The 90 % of C44 came without saying of what. A list can be right in many ways: among a hundred
candidates, for the popular, or for plays it has learnt from. Our metric is stated: of the artists
that a listener plays and the model does not know of, the share among its first 20 of the whole
catalogue (Recall@20), and the same with early places counting more (NDCG@20; 1 is the best order
there is). On that metric the best model here finds {100 * best["recall"]:.0f} in a hundred."""


# -- the first table --------------------------------------------------------------------


def _artists(found: Mapping[str, Any]) -> str:
    told = found["artists"]
    rows, by_name = told["rows"], {r["model"]: r for r in told["rows"]}
    best = by_name[OURS] if OURS in by_name else rows[-1]
    popular = by_name["popular"]
    first, others = best["ndcg_each"][0], float(np.mean(best["ndcg_each"][1:]))
    apart = float(np.std(best["ndcg_each"][1:], ddof=min(1, len(best["ndcg_each"]) - 2)))
    listed = [
        (
            _flagged(r),
            r["words"],
            _with(r, "recall"),
            _with(r, "ndcg"),
            _range(r),
            f"{r['coverage']:.3f}",
            f"{r['cpu_s']:.0f}",
        )
        for r in reversed(rows)
    ]
    head = ("model", "what it goes by", "Recall@20", "NDCG@20", "listeners anew", "coverage", "s")
    below = [r["model"] for r in rows if r["beside_popular"] == "below" and r["model"] != "random"]
    said = (
        f"Below the popular stay {', '.join(below)}."
        if below
        else "But for chance, every model is above the popular."
    )
    weights = told["attention"]
    return f"""## Artists

hetrec2011-lastfm-2k (Cantador, Brusilovsky and Kuflik, HetRec 2011; www.last.fm):
{told["listeners"]:,} listeners, {told["catalogue"]:,} artists, {told["counts"]:,} counts. A fifth
of each listener's artists is left out by lot and told from the others among the whole catalogue,
five times anew (seeds 1 to 5). *±* is half the 95 % interval over the five splits, which share most
of their rows; *listeners anew* is the 95 % interval of NDCG@20 when listeners are drawn anew.
*Coverage* is the share of the catalogue that stands in anybody's list, *s* the seconds of one core
that a split took; the hybrid's are those of adding up.

{_table(head, listed, 2)}

![NDCG@20 and Recall@20 of every model](charts/leaderboard-artists.svg)

{said} The best is **{rows[-1]["model"]}**. Ours, the {OURS}, chosen for what it scored on
validation, reaches an NDCG@20 of {best["ndcg"]:.3f}, {best["ndcg"] / popular["ndcg"]:.1f} times
that of the popular; the bar set for it beforehand was {BAR:.3f}.

**Settings** were chosen by trial on a part of the first split's training rows, with a seed of its
own, and then kept for all five. What the first split asks was so never looked at; rows that the
others ask partly were. What that is worth can be seen: ours scores {first:.3f} on the first and
{others:.3f} on the mean of the others, among which the standard deviation is {apart:.3f}.

**Tags tell on those who gave them.** In this table it is the listeners themselves who tag artists,
and who tags an artist plays it. So of every play that is asked, its listener's tags are taken
away; left in, they lift the content model from {told["tags"]["taken"]:.3f} to
{told["tags"]["left"]:.3f} (NDCG@20, first split), by what nobody could use.

**The weights of attention can be read**: its score is exactly the sum of what each played artist
adds. For {100 * weights["falls"]:.0f} % of {weights["listeners"]} listeners the best suggestion's
score falls when the artist that adds most is taken away, and for {100 * weights["most"]:.0f} % it
falls more than for any other artist. The weights are spread over
{100 * weights["spread"]:.0f} % of what one plays (100 %: all weigh alike).

*T-RECSYS-like* is our reading of a name: the paper's idea of one feed-forward net over content and
co-listening, with inputs of our own choice. *RBM* and *neural CF* follow their papers, with plays
in the place of ratings. *BPR* is that of the library `implicit`; implementations differ much."""


# -- the second table -------------------------------------------------------------------


def _plays(found: Mapping[str, Any]) -> str:
    study, logs = found["situnes"], found["simulated"]
    beside = {r["model"]: r for r in logs["rows"]}
    listed = []
    for r in reversed(study["rows"]):
        other = beside[r["model"]]
        listed.append(
            (
                r["model"], r["words"],
                f"{r['recall']:.3f}", f"{r['ndcg']:.3f} {_range(r)}{_mark(r)}",
                f"{other['recall']:.3f}", f"{_with(other, 'ndcg')}{_mark(other)}",
            )
        )  # fmt: skip
    head = ("model", "what it goes by", "SiTunes Recall@20", "NDCG@20", "simulated Recall@20",
            "NDCG@20")  # fmt: skip
    return f"""## Plays in order

Which track that the listener likes comes next? Every model sees the listener's plays before it,
liked or not, and may have learnt only from plays before a moment in time.

- **SiTunes**, stages 1 and 2 (Li et al., CHIIR 2024): {study["plays"]:,} plays of
  {study["listeners"]} listeners, {study["tracks"]} tracks, liked is a rating of 4 or 5. The later
  half is told in five parts; before each, models learn anew from all that came earlier. Its
  {study["asked"]} liked plays are few: look at the intervals (listeners drawn anew). The songs were
  chosen by the study's own recommenders, mostly from some hundred, which favours the popular.
- **Simulated listeners**: {logs["worlds"]} worlds of {logs["listeners"]} listeners and
  {logs["tracks"]:,} tracks, in which tastes wander. The listeners choose for themselves, each time
  the one they like best of {logs["offered"]} drawn by lot; liked is what was not skipped.
  Everybody's last two sittings of ten are told. *±* is half the 95 % interval over the worlds.

{_table(head, listed, 2)}

▽ surely below the popular, ○ not surely above it (95 %, listeners drawn anew). Nets on SiTunes are
means of five seeds. Settings were chosen on SiTunes' plays before the later half, and in a
world of its own.

![NDCG@20 on plays in order](charts/leaderboard-plays.svg)

{_reading(study["rows"], logs["rows"])}"""


def _reading(study: Rows, logs: Rows) -> str:
    def named(rows: Rows, how: str) -> str:
        names = [r["model"] for r in reversed(rows) if r["beside_popular"] == how]
        return ", ".join(n for n in names if n != "random") or "none"

    return f"""On the study, surely above the popular: {named(study, "above")}; not surely either
way: {named(study, "level")}; below: {named(study, "below")}. On simulated listeners, above:
{named(logs, "above")}; below: {named(logs, "below")}. Their tastes are told by features for the
most part, which favours whoever is fed with these. From a few dozen listeners a net has little
to learn."""


def _again(found: Mapping[str, Any]) -> str:
    minutes = sum(found[t]["minutes"] for t in ("artists", "situnes", "simulated"))
    return f"""## Again

```sh
export PYTHONPATH=training/src
.venv/bin/python -m affetto_training.tastes leaderboard --data DATA
.venv/bin/python -m affetto_training.tastes leaderboard --data DATA --table artists --only ALS
.venv/bin/python -m affetto_training.tastes leaderboard --data DATA --tune
```

Settings lie in `training/results/leaderboard-settings.toml`, all that was tried in
`training/results/leaderboard-tuning.csv`, figures in `training/results/leaderboard*.{{json,csv}}`.
These took {minutes:.0f} minutes of one core, tuning not counted."""


# -- small things -----------------------------------------------------------------------


def _flagged(row: Mapping[str, Any]) -> str:
    name = f"**{row['model']}** (ours)" if row["model"] == OURS else str(row["model"])
    return name + _mark(row)


def _mark(row: Mapping[str, Any]) -> str:
    return {"below": " ▽", "level": " ○"}.get(row["beside_popular"], "")


def _with(row: Mapping[str, Any], what: str) -> str:
    return f"{row[what]:.3f} ± {row[f'{what}_half']:.3f}"


def _range(row: Mapping[str, Any]) -> str:
    return f"[{row['ndcg_low']:.3f}, {row['ndcg_high']:.3f}]"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int) -> str:
    """A Markdown table; all but the first so many columns are numbers."""
    line = "|" + "---|" * words + "--:|" * (len(head) - words)
    return "\n".join(
        ["| " + " | ".join(head) + " |", line, *("| " + " | ".join(r) + " |" for r in rows)]
    )


def _wrapped(block: str) -> str:
    """Running text, or the items of a list, in lines of at most 99 characters."""
    if "\n- " in block:
        return "\n".join(_wrapped("- " + item.removeprefix("- ")) for item in block.split("\n- "))
    indent = "  " if block.startswith("- ") else ""
    return textwrap.fill(
        " ".join(block.split()), 99, subsequent_indent=indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
