"""Why this track: one sentence, made only of what is true of track, mood and score.

The two strongest terms of the score are said, each in words. A term speaks for a track
only where it sets it apart from the typical track, so that a named term taken away would
cost the track its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from affetto.choice import Goal, Intent, Term
from affetto.emotion import Affect
from affetto.recommending.fit import Candidates
from affetto.recommending.nearest import Rows
from affetto.recommending.rules import NEAR
from affetto.recommending.scoring import Wish
from affetto.recommending.taste import Taste
from affetto.recommending.traits import GENRE
from affetto.track import Track, TrackFeatures

CLEAR: Final = 0.08  # a difference smaller than this is not worth a word
WORTH_SAYING: Final = 0.005  # reward; a term weaker than this is no reason


def place_in_words(affect: Affect) -> str:
    """How a point of the map sounds: "bright and lively", "wistful and very quiet"."""
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
    end: Affect | None = None,
    nearest: bool = True,
) -> str:
    """One sentence on how a track with these features lies toward a target.

    ``mood`` is what the listener is believed to feel, ``target`` where the track was
    meant to lie, ``end`` where all of it leads; None means unknown or nowhere in
    particular. ``nearest``: no track of the library lies nearer to the target.
    """
    place = _place_said(features, Wish(goal=goal, mood=mood, target=target, end=end), nearest)
    return _sentence(place, [LIKED] if liked else [])


@dataclass(frozen=True, slots=True)
class Reasoning:
    """A choice with all that its reason may be made of."""

    candidates: Candidates
    row: int
    wish: Wish
    taste: Taste
    terms: Sequence[Term]  # the strongest first
    lead: float = 0.0  # over the next best track
    others: Rows | None = None  # some that could have been played, too

    @property
    def track(self) -> Track:
        """The track chosen."""
        return self.candidates.tracks[self.row]


def because(told: Reasoning) -> str:
    """The sentence for a choice: the two strongest terms that speak for it, in words."""
    liked = told.taste.likes(told.track.uri)
    terms = named(told)
    said = list(dict.fromkeys(w for t in terms if (w := _words(t.name, told))))
    if liked and LIKED not in said:
        said.append(LIKED)
    unasked = told.wish.target is None
    of_mood = unasked or not terms or any(t.name in OF_MOOD for t in terms)
    return _sentence(_place_of(told) if of_mood else _sound(told.track.features), said)


def named(told: Reasoning) -> list[Term]:
    """The terms that the reason names: at most two, the strongest first.

    Only those without which the track would not have come first.
    """
    speaking = [t for t in told.terms if t.amount >= WORTH_SAYING and t.amount > told.lead]
    return [t for t in speaking if t.name in OF_MOOD or _words(t.name, told)][:2]


def otherwise(goal: Goal, played: Track, instead: Track) -> str:
    """What would have been played for another goal, as a sentence."""
    wanted = WANTED[goal]
    if instead.uri == played.uri:
        return f"Even if you wanted {wanted}, I would have played this one."
    by = f" by {instead.artist}" if instead.artist else ""
    return f"If you wanted {wanted}, I would have played “{instead.title}”{by}."


OF_MOOD: Final = ("nearer", "closeness")  # said by where the track lies
LIKED: Final = "you like it"
UNHEARD: Final = "We have not listened to this one yet"
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
# What leads to a goal wherever one begins.
LEADING: Final = {
    Goal.LIFT: ("brighter", "livelier"),
    Goal.CALM: ("quieter", "brighter"),
    Goal.SLEEP: ("quieter",),
}
WANTED: Final = {
    Goal.MATCH: "company for your mood",
    Goal.LIFT: "a lift",
    Goal.CALM: "calm",
    Goal.FOCUS: "to focus",
    Goal.SLEEP: "sleep",
    Goal.PLACE: "to go somewhere else",
}
# Near a way drawn by hand, as near as there is, or neither.
DREW: Final = (
    ", on the way you drew",
    ": the nearest your music comes to the way you drew",
    ": some way from the one you drew, for variety",
)
# What music is for that leads away from a mood; what stays with it needs no word.
FOR: Final = {
    Intent.REST: "to rest you",
    Intent.INTENSIFY: "for more of it",
    Intent.DISTRACT: "to take your mind off it",
    Intent.RELEASE: "to let it go",
    Intent.THINK: "to give you room to think",
    Intent.COMFORT: "to comfort you",
    Intent.GO: "to get you going",
}
# What it is that one likes where a trait weighs for a track: more of it, less of it.
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "valence": ("bright music", "dark music"),
    "arousal": ("lively music", "quiet music"),
    "energy": ("forceful music", "soft music"),
    "tempo": ("fast music", "slow music"),
    "vocal": ("voices", "music without voices"),
    "loudness": ("loud music", "music that is not loud"),
    "popularity": ("what many like", "what few know"),
    "year": ("newer music", "older music"),
}
# The words of the place, without which it would gainsay a kind of music that is liked.
SOUNDS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "valence": (("bright",), ("dark",)),
    "arousal": (("lively", "energy"), ("gentle", "quiet")),
}


def _words(name: str, told: Reasoning) -> str:
    """One term in words; "" when there is nothing to say of it, or the place says it."""
    track, wish = told.track, told.wish
    if name == "taste":
        return _kind(told)
    if name == "told":
        return _saying(told)
    if name == "artist":
        sure = abs(told.taste.of_artist(track.artist)) > told.taste.wide_of_artist(track.artist)
        return f"you {_like(sure)} {track.artist}" if track.artist else ""
    if name == "track":
        return LIKED if told.taste.likes(track.uri) else "you have heard it out before"
    if name == "others":
        return "others like it, too"
    if name == "transition":
        return "it follows smoothly on the last one"
    if name == "novelty":
        return "its artist is new to you" if wish.novelty > 0.5 else "its artist is known to you"
    if name == "chance":
        return "it is a try, to learn what you like"
    return ""


def _kind(told: Reasoning) -> str:
    """The trait by which this track is liked better than the typical one."""
    traits = told.candidates.traits
    weights = told.taste.weights(traits.names)
    apart = weights * (traits.columns[:, told.row] - traits.typical)
    best = int(apart.argmax())
    name = traits.names[best]
    more = traits.columns[best, told.row] > traits.typical[best]
    if name.startswith(GENRE):
        kind = name.removeprefix(GENRE) if more else ""
    else:
        kind = KINDS.get(name, ("", ""))[0 if more else 1]
    if not kind or apart[best] <= 0.0:
        return ""
    sound = _sound(told.track.features).casefold()
    if name in SOUNDS and not any(word in sound for word in SOUNDS[name][0 if more else 1]):
        return ""
    if not told.taste.pleased:
        return "many people like it" if (name, more) == ("popularity", True) else ""
    return f"you {_like(abs(weights[best]) > told.taste.wide(name))} {kind}"


def _like(sure: bool) -> str:
    """Nobody is told what they like before it is clear."""
    return "like" if sure else "seem to like"


def _saying(told: Reasoning) -> str:
    """What the listener said that speaks for this track."""
    for saying, likes in told.taste.told.items():
        if likes and saying.meets(told.track) and saying.counts(told.wish.moment):
            what = {
                "artist": told.track.artist,
                "genre": saying.name,
                "decade": f"music of the {saying.name}s",
            }[saying.kind]
            when = f" when you feel {saying.mood}" if saying.mood else ""
            return f"you said you like {what}{when}"
    return ""


def _sound(features: TrackFeatures | None) -> str:
    if features is None:
        return UNHEARD
    sound = place_in_words(Affect(features.valence, features.arousal))
    return sound[0].upper() + sound[1:]


def _place_of(told: Reasoning) -> str:
    wish, features = told.wish, told.track.features
    nearest, far = True, False
    if features is not None and wish.target is not None:
        far = wish.target.distance(features) > NEAR
        nearest = not far or _is_nearest(told, wish.target, features)
    if wish.drawn and features is not None and wish.target is not None:
        return f"{_sound(features)}{DREW[0 if not far else 1 if nearest else 2]}"
    if wish.intent in FOR and wish.goal in (Goal.MATCH, Goal.PLACE):
        return _meant(features, wish)
    return _place_said(features, wish, nearest)


def _is_nearest(told: Reasoning, target: Affect, features: TrackFeatures) -> bool:
    """Whether no track lies nearer; the others at hand are asked first, all cost a scan."""
    if told.others is not None:
        dv = told.candidates.valence[told.others] - target.valence
        da = told.candidates.arousal[told.others] - target.arousal
        if float(np.hypot(dv, da).min()) < target.distance(features) - 1e-6:
            return False
    return told.candidates.nearest(target) == told.row


def _sentence(place: str, said: Sequence[str]) -> str:
    if not said:
        return f"{place}, so it is a try." if place == UNHEARD else f"{place}."
    return f"{place}, {' and '.join(said)}." if len(said) > 1 else f"{place}, and {said[0]}."


def _place_said(features: TrackFeatures | None, wish: Wish, nearest: bool) -> str:
    """How the track sounds, and how it lies toward where it was meant to."""
    sound, goal, target = _sound(features), wish.goal, wish.target
    if features is None:
        return sound
    here = Affect(features.valence, features.arousal)
    if target is None:
        return f"{sound}: something to begin with, until you say how you feel"
    if here.distance(target) > NEAR:
        asked = "how you feel" if goal is Goal.MATCH else "what you asked"
        if nearest:
            return f"{sound}: the nearest your music comes to {asked}"
        return f"{sound}: some way from {asked}, for variety"
    if goal is Goal.MATCH:
        return f"{sound}, close to how you feel"
    if _arrived(here, wish):
        return f"{sound}, {ASKED[goal]}"
    steps = " and ".join(_steps(here, wish))
    if not steps:
        return f"{sound}, near the way to {GOING[goal]}"
    # Only what changes is said here: a dark track can still be the brighter one.
    steps = steps[0].upper() + steps[1:]
    return f"{steps} than where you are, a step toward {GOING[goal]}"


def _meant(features: TrackFeatures | None, wish: Wish) -> str:
    """How the track lies toward what the music is for."""
    sound = _sound(features)
    if features is None or wish.intent is None:
        return sound
    here = Affect(features.valence, features.arousal)
    if wish.mood is not None and here.distance(wish.mood) <= NEAR:
        return f"{sound}, close to how you feel"
    return f"{sound}, {FOR[wish.intent]}"


def _arrived(here: Affect, wish: Wish) -> bool:
    """Whether a track by itself is what a goal asks for, and no step back from it."""
    goal, mood = wish.goal, wish.mood
    if goal is Goal.PLACE:
        return wish.end is not None and here.distance(wish.end) <= NEAR
    if goal is Goal.LIFT:
        return here.valence > 0.15 and (mood is None or here.valence > mood.valence - CLEAR)
    if goal in (Goal.CALM, Goal.SLEEP):
        return here.arousal < -0.15 and (mood is None or here.arousal < mood.arousal + CLEAR)
    return abs(here.arousal) < NEAR


def _steps(here: Affect, wish: Wish) -> list[str]:
    """The differences that lead to the goal and are large enough to hear."""
    goal, mood, end = wish.goal, wish.mood, wish.end
    if mood is None:
        return []
    v, a = here.valence - mood.valence, here.arousal - mood.arousal
    across = ["brighter"] if v > CLEAR else ["darker"] if v < -CLEAR else []
    up = ["livelier"] if a > CLEAR else ["quieter"] if a < -CLEAR else []
    if goal in LEADING:
        return [word for word in LEADING[goal] if word in across + up]
    # Elsewhere only the place itself says which way is on, and which is too far.
    if end is None or here.distance(end) >= mood.distance(end):
        return []
    on_v = abs(end.valence - here.valence) < abs(end.valence - mood.valence)
    on_a = abs(end.arousal - here.arousal) < abs(end.arousal - mood.arousal)
    return (across if on_v and goal is Goal.PLACE else []) + (up if on_a else [])
