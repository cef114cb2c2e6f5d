"""Writes what simulated listeners showed: JSON, a table, the page and its charts."""

from __future__ import annotations

import csv
import json
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from affetto_training.tastes.calibrate import MEASURED, WORDS
from affetto_training.tastes.outcomes import FIGURES
from affetto_training.tastes.policies import EARLIER, ENGINE, ORACLE
from affetto_training.tastes.scenarios import SCENARIOS
from affetto_training.tastes.simulate_charts import charts

JSON: Final = "simulated-listeners.json"
CSV: Final = "simulated-listeners.csv"
MADE: Final = (
    "<!-- Written by `python -m affetto_training.tastes simulate`; edits here are lost. -->"
)
LEAD, GAP, SKIPS = 0.10, 0.45, 0.65  # what Affetto is to reach in every scenario


def printed(found: Mapping[str, Any]) -> str:
    """Figures as a plain table for a terminal."""
    lines = []
    for name, told in found["scenarios"].items():
        lines.append(f"\n{name}: {told['line']}")
        lines.append(f"{'':18}{'reward':>22}{'last':>7}{'skip':>7}{'away':>7}{'gap closed':>22}")
        for policy, row in told["policies"].items():
            reward, gap = row["reward"], [100 * x for x in row["gap"]]
            lines.append(
                f"{policy:18}{reward[0]:8.3f} [{reward[1]:.3f}, {reward[2]:.3f}]"
                f"{row['reward_last'][0]:7.3f}{row['skip'][0]:7.3f}{row['distance'][0]:7.3f}"
                f"{gap[0]:8.1f} [{gap[1]:5.1f}, {gap[2]:5.1f}]"
            )
    return "\n".join(lines).strip()


def write(found: Mapping[str, Any], results: Path | None, page: Path) -> list[Path]:
    """Write figures as JSON and CSV (where to is told), the charts, and the page; all files."""
    files = []
    if results is not None:
        results.mkdir(parents=True, exist_ok=True)
        files = [results / JSON, results / CSV]
        files[0].write_text(_lines(found) + "\n", encoding="utf-8", newline="\n")
        with files[1].open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["scenario", "policy", "figure", "value", "low", "high"])
            for scenario, told in found["scenarios"].items():
                for policy, row in told["policies"].items():
                    rows.writerows([scenario, policy, name, *row[name]] for name in FIGURES)
    folder = page.parent / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in charts(found).items():
        files.append(folder / name)
        files[-1].write_text(text, encoding="utf-8", newline="\n")
    page.write_text(page_of(found), encoding="utf-8", newline="\n")
    return [*files, page]


def page_of(found: Mapping[str, Any]) -> str:
    """The whole page as Markdown."""
    parts = [_beginning(found), _bars(found), _pictures(found), _tables(found)]
    parts += [_made_of(found), _study(found), _limits(found), _again(found)]
    blocks = "\n\n".join(part.strip() for part in parts if part).split("\n\n")
    return MADE + "\n" + "\n\n".join(b if b[0] in "|#!`-" else _wrapped(b) for b in blocks) + "\n"


def _beginning(found: Mapping[str, Any]) -> str:
    note = " **This was a quick run: few listeners, short sessions.**" if found["quick"] else ""
    return f"""# Simulated listeners

Before a way of choosing meets people, it meets listeners made of numbers: {found["listeners"]}
of them in each of {len(found["scenarios"])} scenarios, {found["sessions"]} sessions of
{found["tracks"]} tracks each, seed {found["seed"]}. All ways of choosing meet the same listeners
in the same moods with the same luck. What they earn is half satisfaction, half closeness of the
mood to the goal, from 0 to 1. Brackets hold 95 % intervals, from 1,000 crowds drawn with
replacement from these listeners.{note}

Simulated listeners are no proof that people will like it. They show whether a way of choosing
learns what is there to be learnt, and what happens when what it believes beforehand is wrong."""


def _bars(found: Mapping[str, Any]) -> str:
    rows, missed = [], []
    for name, told in found["scenarios"].items():
        row = told["policies"].get(ENGINE)
        if row is None:
            return ""
        kept = (row["lead"][0] >= LEAD, row["gap"][0] >= GAP, row["skips_against"][0] <= SKIPS)
        if not all(kept):
            missed.append(name)
        texts = (_signed(row["lead"]), _percent(row["gap"]), _percent(row["skips_against"]))
        rows.append(
            (name, *(t if ok else f"{t}, missed" for t, ok in zip(texts, kept, strict=True)))
        )
    said = (
        "In every scenario all three are reached."
        if not missed
        else f"Not all three are reached in {_listed(missed)}."
    )
    head = ("scenario", "reward above the earlier systems", "gap to the oracle closed",
            "skips, of the earlier systems'")  # fmt: skip
    return f"""## What Affetto is to reach

In every scenario it is to earn {LEAD:.2f} more than the earlier systems' way, to close
{100 * GAP:.0f} % of the gap between that and an oracle that knows every hidden taste and mood, and
to be skipped at most {100 * SKIPS:.0f} % as often. {said}

{_table(head, rows)}"""


def _pictures(found: Mapping[str, Any]) -> str:
    shown = charts(found)
    words = {
        "simulated-gap.svg": "How much of the gap to the oracle is closed",
        "simulated-sessions.svg": "Reward from session to session",
        "simulated-policies.svg": "Reward of every way of choosing among usual listeners",
    }
    return "\n\n".join(f"![{words[name]}](charts/{name})" for name in shown)


def _tables(found: Mapping[str, Any]) -> str:
    parts = ["## Every way of choosing"]
    for name, told in found["scenarios"].items():
        rows = [
            (
                policy, _number(row["reward"]), f"{row['reward_last'][0]:.3f}",
                f"{row['skip'][0]:.3f}", f"{row['skip_last'][0]:.3f}",
                f"{row['distance'][0]:.3f}", f"{row['reached'][0]:.2f}",
                _percent(row["gap"]), _percent(row["gap_last"][:1]),
            )
            for policy, row in told["policies"].items()
        ]  # fmt: skip
        head = ("way", "reward", "last third", "skipped", "last third", "from the goal",
                "reached", "gap closed", "last third")  # fmt: skip
        parts.append(f"### {name[0].upper()}{name[1:]}\n\n{told['line']}\n\n{_table(head, rows)}")
    parts.append(
        f"*{EARLIER}* reads the mood once, draws five tracks of its quarter of the map, lets the "
        "listener pick one knowing them, and ranks the rest by the cosine of valence and energy. "
        "*Nearest match* goes by the latest reading, *greedy to goal* by the goal, *plain iso* "
        "stays two tracks with the mood and then leads in even steps; each takes one of the "
        "nearest twentieth. *LinUCB* learns a line for each listener, without a population. The "
        f"*{ORACLE}* looks one track ahead. *From the goal* is the distance of the true mood on "
        "the map, *reached* the share of sessions that come within 0.30 of the goal; the last "
        "third is that of the sessions."
    )
    return "\n\n".join(parts)


def _made_of(found: Mapping[str, Any]) -> str:
    return """## What a listener is made of

- A **mood** of its own: a usual place it goes back to, the share of it that is left after a track,
  and what life adds. Whoever asks to be lifted starts lower, whoever asks for calm tenser.
- **Liking moves valence, energy moves arousal**, a track's own valence next to nothing; how much
  differs between listeners.
- A **taste**: what features tell of it, what no feature tells, what everybody shares; music unlike
  the mood is disliked by some and liked by others; it tires with every play and rests between.
- **Readings** that are noisy and often missing, and **answers**: skips, likes, dislikes, and now
  and then whether a track fits.

A way of choosing gets what listeners show, never what they hide: the catalogue as tagged,
readings, goals, answers. Only the earlier systems' way may ask its listener to pick one of five,
and only the oracle knows the rest."""


def _study(found: Mapping[str, Any]) -> str:
    rows = [
        (words, f"{MEASURED[k].value:.3f} ± {MEASURED[k].error:.3f}", f"{found['study'][k]:.3f}")
        for k, words in WORDS.items()
    ]
    return f"""## Set beside a study

The sizes come from SiTunes, stages 1 and 2 (CHIIR 2024): 30 people, 600 plays in a room and 897
in daily life, with ratings and with mood before and after. Standard errors are taken over 400
crowds drawn from the 30. On the right stand usual simulated listeners in a study like it.
Satisfaction is stars from 0 to 1.

{_table(("figure", "SiTunes", "simulated"), rows)}

Mood and stars were told in one breath. Liking is drawn to move valence by 0.30 per unit, and the
noise of the two reports to go together (r 0.9): in a study that looks like
{found["study"]["liking_on_valence"]:.2f}, and cannot be told from a larger effect. Drawn at 0.50,
whoever hears what they like would fly off the map. What the same people had said of the songs
before gives [much the same](situnes.md), with a wide error.

What others share of a taste differs on purpose. The songs of the study were unknown to all who
rated them, so that features told little and much was agreed on; people choose among music they
differ on, so usual listeners differ more (the scenario *strangers' songs* splits tastes as the
study does).

**What no study told us** is a choice: when people skip (those of the study were asked to hear
songs out), how fast a track tires and rests, how often readings fail, how far tags are true, how
far features tell a taste, what a goal means on the map, and half against half in the reward."""


def _limits(found: Mapping[str, Any]) -> str:
    left_out = [name for name in SCENARIOS if name not in found["scenarios"]]
    told = f"Not run for this page: {_listed(left_out)}." if left_out else ""
    return f"""## What this cannot show

Moods follow a line here and people do not. Affetto's own model of a listener has much the same
shape as these listeners, as the study suggested both; some scenarios are there because it may be
wrong. The oracle takes the best next step, not the best session, and luck is part of every answer,
so that nobody who has to learn comes near 100 %. {told}"""


def _again(found: Mapping[str, Any]) -> str:
    rows = [
        (policy, row["ms"])
        for told in found["scenarios"].values()
        for policy, row in told["policies"].items()
    ]
    decisions = found["listeners"] * found["sessions"] * found["tracks"]
    minutes = sum(ms for _, ms in rows) * decisions / 60_000
    own = [ms for policy, ms in rows if policy == ENGINE]
    cost = f"All of it took {minutes:.0f} CPU-minutes."
    if own:
        cost += f""" A track that Affetto chose took {sum(own) / len(own):.1f} ms of them: choosing,
learning, what is learnt of people, and the listener's own part."""
    return f"""## Again

```sh
PYTHONPATH=training/src .venv/bin/python -m affetto_training.tastes simulate
```

writes this page, its charts and [every figure](../training/results/{CSV}) with its interval;
`--scenario`, `--policy`, `--listeners` and `--quick` do a part. A way of choosing of your own is
met with `--policy module:Class`; what it is shown is said in `tastes/world.py`. What has been run
is kept and gone on from; what changes is run anew. {cost}"""


# -- small words -------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _number(told: Sequence[float]) -> str:
    return f"{told[0]:.3f} [{told[1]:.3f}, {told[2]:.3f}]"


def _signed(told: Sequence[float]) -> str:
    return f"{told[0]:+.3f} [{told[1]:+.3f}, {told[2]:+.3f}]".replace("-", "−")


def _percent(told: Sequence[float]) -> str:
    numbers = [f"{100 * x:.1f}" for x in told]
    text = numbers[0] + " %" + (f" [{numbers[1]}, {numbers[2]}]" if len(numbers) > 1 else "")
    return text.replace("-", "−")


def _listed(names: Sequence[str]) -> str:
    quoted = [f"*{name}*" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _wrapped(block: str) -> str:
    return "\n".join(textwrap.wrap(block, 100, break_long_words=False, break_on_hyphens=False))


def _lines(found: Any, depth: int = 0) -> str:
    """JSON with a line for each row of figures, so that changes can be read."""
    if isinstance(found, Mapping) and depth < 5:
        pad = "  " * (depth + 1)
        lines = (f"{pad}{json.dumps(k)}: {_lines(v, depth + 1)}" for k, v in found.items())
        return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"
    return json.dumps(found, ensure_ascii=False)
