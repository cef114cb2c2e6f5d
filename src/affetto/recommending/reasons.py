"""Why this track: one sentence, made only of what is true of track, mood and goal."""

from __future__ import annotations

from typing import Final

from affetto.choice import Goal
from affetto.emotion import Affect
from affetto.track import TrackFeatures

NEAR: Final = 0.45  # map units; farther than this is not "close"
CLEAR: Final = 0.08  # a difference smaller than this is not worth a word


def place_in_words(affect: Affect) -> str:
    """How a point of the map sounds: "bright and lively", "sad and slow-breathing"."""
    v, a = affect.valence, affect.arousal
    pleasant = "warm" if a < 0 else "bright"
    unpleasant = "wistful" if a < 0.15 else "dark"
    tone = pleasant if v > 0.15 else unpleasant if v < -0.15 else "even"
    pace = (
        "full of energy"
        if a > 0.6
        else "lively"
        if a > 0.2
        else "steady"
        if a > -0.15
        else "gentle"
        if a > -0.5
        else "very quiet"
    )
    return f"{tone} and {pace}"


def reason(
    features: TrackFeatures | None,
    *,
    goal: Goal,
    mood: Affect | None,
    target: Affect | None,
    liked: bool,
    nearest: bool = True,
) -> str:
    """One sentence for choosing a track with these features.

    ``mood`` is what the listener is believed to feel, ``target`` where the track was
    meant to lie; None means unknown or nowhere in particular. ``nearest``: no track of
    the library lies nearer to the target.
    """
    likes = ", and you like it" if liked else ""
    if features is None:
        return f"We have not listened to this one yet{likes or ', so it is a try'}."
    here = Affect(features.valence, features.arousal)
    sound = place_in_words(here)
    sound = sound[0].upper() + sound[1:]
    if target is None:
        return f"{sound}: something to begin with, until you say how you feel{likes}."
    if here.distance(target) > NEAR:
        asked = "how you feel" if goal is Goal.MATCH else "what you asked"
        if nearest:
            return f"{sound}: the nearest your music comes to {asked}{likes}."
        return f"{sound}: some way from {asked}, for variety{likes}."
    if goal is Goal.MATCH:
        return f"{sound}, close to how you feel{likes}."
    if _arrived(here, mood, goal):
        return f"{sound}, {ASKED[goal]}{likes}."
    steps = _steps(here, mood, goal) if mood is not None else ""
    if not steps:
        return f"{sound}, near the way to {GOING[goal]}{likes}."
    # Only what changes is said here: a dark track can still be the brighter one.
    steps = steps[0].upper() + steps[1:]
    return f"{steps} than where you are, a step toward {GOING[goal]}{likes}."


ASKED: Final = {
    Goal.LIFT: "the lift you asked for",
    Goal.CALM: "the calm you asked for",
    Goal.FOCUS: "the steadiness you asked for",
    Goal.SLEEP: "the rest you asked for",
    Goal.PLACE: "where you asked to go",
}
GOING: Final = {
    Goal.LIFT: "the lift you asked for",
    Goal.CALM: "calm",
    Goal.FOCUS: "a steady focus",
    Goal.SLEEP: "sleep",
    Goal.PLACE: "the place you chose",
}


def _arrived(here: Affect, mood: Affect | None, goal: Goal) -> bool:
    """Whether a track by itself is what a goal asks for, and no step back from it."""
    if goal is Goal.LIFT:
        return here.valence > 0.15 and (mood is None or here.valence > mood.valence - CLEAR)
    if goal in (Goal.CALM, Goal.SLEEP):
        return here.arousal < -0.15 and (mood is None or here.arousal < mood.arousal + CLEAR)
    return abs(here.arousal) < NEAR


def _steps(here: Affect, mood: Affect, goal: Goal) -> str:
    """The differences that lead to the goal and are large enough to hear."""
    brighter = here.valence - mood.valence > CLEAR
    livelier = here.arousal - mood.arousal > CLEAR
    quieter = mood.arousal - here.arousal > CLEAR
    if goal is Goal.LIFT:
        words = [w for w, true in (("brighter", brighter), ("livelier", livelier)) if true]
    elif goal is Goal.CALM:
        words = [w for w, true in (("quieter", quieter), ("brighter", brighter)) if true]
    else:
        words = [w for w, true in (("quieter", quieter), ("livelier", livelier)) if true]
    return " and ".join(words)
