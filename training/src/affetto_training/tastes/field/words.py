"""The words of the page on SiTunes, from what was found and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from affetto_training.tastes.field import moods, ratings
from affetto_training.tastes.field.uplift import GOALS, HEADLINE, OURS, TAG, TASTE
from affetto_training.tastes.field.writing import (
    between,
    bold,
    effect,
    minus,
    signed,
    table,
    wrapped,
)

MADE: Final = (
    "<!-- Written by `python -m affetto_training.tastes situnes`; edits here are lost. -->"
)
BARS: Final = {"valence up": 0.10, "calm": 0.08, "rmse": 0.91, "auc": 0.70}
ESTIMATORS: Final = ("IPS", "SNIPS", "DM", "DR")


def page_of(found: Mapping[str, Any]) -> str:
    """The whole page as Markdown."""
    parts = [MADE + "\n" + _beginning(found), _ratings(found["ratings"])]
    parts += [_moods(found["moods"]), _uplift(found["uplift"]), _unproven(found), _again()]
    blocks = "\n\n".join(part.strip() for part in parts).split("\n\n")
    return "\n\n".join(b if b[0] in "|#!<`" else wrapped(b) for b in blocks) + "\n"


def _beginning(found: Mapping[str, Any]) -> str:
    plays, uplift = found["plays"], found["uplift"]["overall"]
    ours = found["ratings"]["ways"][ratings.OURS]
    up, calm = uplift["valence up"]["DR"], uplift["calm"]["DR"]
    return f"""# Music in daily life: what a study says of our way of choosing

SiTunes (CHIIR 2024) followed {found["ratings"]["listeners"]} people: {plays["lab"]} plays in a lab
(stage 1), then {plays["field"]} in daily life (stage 2), with a rating and the mood after each
song, and in daily life the mood before it. {plays["chance"]} of those songs were chosen by chance.
Affetto's own Bayesian lines ran through it in time order, and this is what they could tell. Stage
3 was not touched, and no row of the study is here.

In short: a rating is missed by {ours["rmse"]:.3f} stars (asked: {BARS["rmse"]:.2f} at most) and a
liked song is told from another with an AUC of {ours["auc"]:.3f} (asked: {BARS["auc"]:.2f}); where
chance chose, our choice would have moved valence {signed(up[0])} (± {up[1]:.3f}) further up, and
arousal {signed(calm[0])} (± {calm[1]:.3f}) further down, on a scale from −1 to 1. The last two
rest on few rows; the section on them says how few."""


# -- ratings ----------------------------------------------------------------------------


def _ratings(told: Mapping[str, Any]) -> str:
    rows = [
        (
            bold(way) if way == ratings.OURS else way,
            f"{r['rmse']:.3f} ({between(r['rmse_ci95'])})",
            f"{r['auc']:.3f} ({between(r['auc_ci95'])})",
        )
        for way, r in told["ways"].items()
    ]
    plain = told["ways"][ratings.NO_SONGS]
    return f"""## Will this listener like this song, here and now?

Each of {told["n"]:,} plays was told before its rating was known, from what the *other* listeners
did and from what this one had said so far. Features are the song's traits and genre, what the
listener was doing (from a wristband), the time of day, and the mood before; a song's own number
comes from the others who heard it. AUC is for four stars or more. 95 % intervals draw whole
listeners anew.

{table(("way", "RMSE, stars", "AUC"), rows)}

A ridge that knows no other people does no better than a mean: little feedback is useful only with
a prior. What each listener adds to the prior is worth {told["own_gain"]:.3f} stars
({between(told["own_gain_ci95"])}). A library has songs that nobody else has rated; there, traits
alone stand for a song, and the row with {plain["rmse"]:.3f} and {plain["auc"]:.3f} is the one to
expect.

![How the error falls as plays go by](charts/situnes-plays.svg)"""


# -- moods ------------------------------------------------------------------------------


def _moods(told: Mapping[str, Any]) -> str:
    ways = list(told["told"]["valence"])
    rows = [
        (
            way,
            *(
                cell
                for axis in moods.AXES
                for cell in (f"{told['told'][axis][way]['r2']:.3f}",
                             f"{told['told'][axis][way]['rmse']:.3f}")
            ),
        )
        for way in ways
    ]  # fmt: skip
    effects = [
        (
            name,
            *(
                effect(told["effects"][axis][way]["coefficients"].get(name))
                for axis in moods.AXES
                for way in (moods.TRACK, moods.FORESEEN, moods.RATED)
            ),
        )
        for name in moods.NUMBERS
    ]
    prior = [
        (
            name,
            *(
                f"{minus(f'{m:.3f}')} ± {s:.3f}"
                for m, s in (told["prior"][axis]["numbers"][name] for axis in moods.AXES)
            ),
        )
        for name in ("constant", "place", "liking", "before")
    ]
    lab = told["from_the_lab"]["valence"]
    rated = told["effects"]["valence"][moods.RATED]["coefficients"]["liking"][0]
    columns = (": track", ", foreseen", ", rated")
    noise = [told["prior"][axis]["noise"] for axis in moods.AXES]
    return f"""## How will the listener feel after it?

Told in the same way, in time order and with the listener left out of the prior. The rating itself
is known only afterwards; *as foreseen* is what the model above had said of it.

{table(("known", "valence R²", "RMSE", "arousal R²", "RMSE"), rows)}

Least squares over all {told["n"]:,} plays, with standard errors robust to plays of one listener
hanging together. A track's place is the service's valence and energy over [−1, 1]; liking is the
rating, −.5 to .5.

{table(("", *(f"{axis}{more}" for axis in moods.AXES for more in columns)), effects)}

Rating and mood were reported together, which alone could tie them. A rating that was *foreseen*
was not, and goes with valence almost as strongly. What the same listener had said of the same song
in the lab, taken as the instrument for the rating, gives {effect([lab["liking"], lab["error"]])}
({lab["n"]} plays): that is {lab["liking"] / rated:.0%} of what the two told together.

Where Affetto's response begins: what a song does beyond where the mood goes by itself, mean and
spread between people, by `affetto.recommending.linear.refit` (`place` is the track's on that
axis; noise {noise[0]:.3f} and {noise[1]:.3f}).

{table(("", "valence", "arousal"), prior)}"""


# -- uplift -----------------------------------------------------------------------------


def _uplift(told: Mapping[str, Any]) -> str:
    rows = [
        (
            p["goal"], p["way"], p["plays"], f"{p['effective']:.0f}", f"{p['largest']:.1f}",
            *(effect(p["uplift"].get(name)) for name in ESTIMATORS),
            "yes" if "DR" in p["refusals"] else "no",
        )
        for p in told["policies"]
    ]  # fmt: skip
    again = [
        (p["how"], p["goal"], p["plays"], f"{p['n']}", f"{p['effective']:.0f}",
         effect(p["DR"]), effect(p["SNIPS"]))
        for p in told["again"]
    ]  # fmt: skip
    lines = "\n\n".join(_overall(goal, told["overall"][goal]) for goal in GOALS)
    refusal = next(
        p["refusals"]["DR"]
        for p in told["policies"]
        if p["plays"] == HEADLINE and "DR" in p["refusals"]
    )
    return f"""## What would our choice have done where chance chose?

On the {told["n"]} songs that chance played, a policy can be judged without having been used: rows
where it agrees with chance speak for it (Kish's effective sample says how many), and a model
fills in the rest. Ours picks by the mood it expects after each song (response), for the rating it
foresees (taste). {told["folds"]} folds of *listeners*: what is asked of a listener is learnt from
those of the other folds, and then only from what the listener had said before. Dealt out anew
{told["deals"]} times. Nobody had a song twice by chance, so the chances are those of what was
left.

{lines}

**These are study figures.** Affetto's estimators refuse below an effective sample of
{told["least"]:.0f}, as they do here: "{refusal}" They were told to go on, for this page alone.
With {told["n"]} rows only a policy that keeps four fifths of what chance plays is answered, and it
can gain little. Replay is refused everywhere: chance did not give each song the same.

{table(("goal", "policy", "plays", "effective", "weight", *ESTIMATORS, "refused"), rows, 3)}

The widths of the response's prior were chosen among seven by how well they tell the plays that
chance did not choose. Much wider ones, tried first, gained as much for valence here and about half
as much for calm; the rows of chance decided nothing.

DM is what the model hopes for; DR corrects it by what was seen. *The tag alone* plays the highest
valence tag for valence, the least energy for calm.

![Uplift, the more choosy the policy](charts/situnes-uplift.svg)

The same for other folds, folds of rows (where a listener's later plays are known, too), and for
songs taken as equally likely:

{table(("how", "goal", "plays", "rows", "effective", "DR", "SNIPS"), again, 3)}"""


def _overall(goal: str, told: Mapping[str, Any]) -> str:
    value, error = told["DR"]
    bar = BARS[goal]
    stands = "above" if told["ci95"][0] > bar else "at or above" if value >= bar else "below"
    sure = "" if told["ci95"][0] > bar else ", and the interval reaches below that"
    low, high = min(told["each"]), max(told["each"])
    return (
        f"**{goal[0].upper() + goal[1:]}, {HEADLINE}: {signed(value)}**, s.e. {error:.3f}, 95 % "
        f"{between(told['ci95'])}; {low:.3f} to {high:.3f} by how listeners were dealt out; "
        f"effective sample {told['effective']:.0f}. Asked was {bar:.2f}: the estimate lies "
        f"{stands} it{sure}."
    )


# -- what is not proven -----------------------------------------------------------------


def _unproven(found: Mapping[str, Any]) -> str:
    told = found["moods"]
    tag = told["effects"]["valence"][moods.RATED]["coefficients"]["valence"]
    energy = told["effects"]["arousal"][moods.RATED]["coefficients"]["energy"]
    alone, ours = (told["told"]["valence"][way]["r2"] for way in (moods.BEFORE, moods.TRACK))
    match, sad, lab = told["matching"], told["sad_starts"], told["lab_arousal"]
    thirds = "; ".join(
        f"{name} third {signed(mean)} ± {error:.3f} ({n})"
        for name, (n, mean, error) in sad["rise"].items()
    )
    by = {
        (p["goal"], p["way"]): p["uplift"]["DR"]
        for p in found["uplift"]["policies"]
        if p["plays"] == HEADLINE
    }
    return f"""## What is not proven

**That a song's valence tag lifts.** Beside mood and rating it adds {effect(tag)} of valence from
the lowest tag to the middle or from there to the highest; told beforehand, mood before and track
explain {ours:.3f} of the variance where the mood alone explains {alone:.3f}. Choosing by that tag
gave {effect(by["valence up", TAG])} over chance. Energy is another matter: {effect(energy)} of
arousal, and the tag of energy alone calms about as well as our whole model
({effect(by["calm", TAG])} and {effect(by["calm", OURS])}).

**That the response model lifts more than taste.** For valence, taste alone did
{effect(by["valence up", TASTE])}, ours {effect(by["valence up", OURS])}. For calm it is the other
way round: taste alone {effect(by["calm", TASTE])}. What pleases lifts, and does not calm.

**That music should match the mood.** A song one unit further from the mood before is rated
{effect([match["stars"], match["error"]])} stars, R² {match["r2"]:.3f}. From a sad start
({sad["n"]} plays) valence rose whatever the tag: {thirds}; by the tag itself
{effect(sad["slope"])}. Much of such a rise is only the way back to the usual.

**That one should meet a mood before leading it (iso).** These plays are single songs, so no
journey can be judged by them at all. Affetto takes it for a hypothesis about each listener.

The lab's arousal goes with the songs' energy at r {minus(f"{lab['lab']:.2f}")}, daily life's at
{minus(f"{lab['field']:.2f}")}: as if one of the two scales were reversed. So only daily life
teaches the response; the lab's ratings do teach taste.

{found["ratings"]["listeners"]} people who took part in a study, with songs that others chose, are
not a listener at home. What helps one listener can only be tried with that listener."""


def _again() -> str:
    return """## Again

```sh
.venv/bin/python tools/setup.py training
export PYTHONPATH=training/src
.venv/bin/python -m affetto_training.tastes situnes --data FOLDER
```

`--from-results` writes this page anew from `training/results/situnes.json`."""
