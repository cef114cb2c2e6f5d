"""``affetto listen --dry-run``: the journey that would be played, as a table and a chart."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import typer

from affetto.choice import Aim, Goal, Intent
from affetto.cli.journey_chart import Point, floor, marks_for, panel
from affetto.emotion import Affect, Covariance, EmotionReading, place_called
from affetto.errors import Misuse

if TYPE_CHECKING:
    from affetto.listening.travelling import Journey, Step, Traveller
    from affetto.recommending.fit import Candidates
    from affetto.settings import Settings
    from affetto.track import Track
    from affetto.wiring import House

PIPE_WIDTH: Final = 120  # where there is no terminal to ask
NARROW: Final = 76  # columns below which a track takes lines of its own
OWN_WORD: Final = Covariance(0.02, 0.0, 0.02)  # how unsure a place named in words is

TOWARD: Final[Mapping[Goal, str]] = {
    Goal.MATCH: "with how you feel",
    Goal.LIFT: "toward a lift",
    Goal.CALM: "toward calm",
    Goal.FOCUS: "toward focus",
    Goal.SLEEP: "toward sleep",
    Goal.PLACE: "toward the place you named",
}
TO: Final[Mapping[Intent, str]] = {
    Intent.KEEP: "to keep you here",
    Intent.REST: "to rest you",
    Intent.INTENSIFY: "for more of it",
    Intent.DISTRACT: "to take your mind off it",
    Intent.RELEASE: "to let it out",
    Intent.THINK: "to let you think",
    Intent.COMFORT: "to comfort you",
    Intent.GO: "to get you going",
}


def aim_of(toward: str | None, intent: str | None, minutes: float | None) -> Aim:
    """Where the music should lead, as said on the command line; what was not said is usual.

    ``toward`` is a goal, a word that stands on the mood map, or a place V,A. Raises Misuse,
    naming what can be said, for anything else.
    """
    goal, place = (Goal.MATCH, None) if toward is None else _toward(toward)
    return Aim(goal, place, None if intent is None else _intent(intent), minutes)


def place_from(text: str) -> Affect:
    """A feeling as said on the command line: a word, or a place V,A."""
    from affetto.cli.feelings import point

    return point(text) if "," in text else place_called(text)


def dry_run(
    settings: Settings,
    aim: Aim,
    felt: Affect | EmotionReading | None,
    *,
    seed: int | None,
    as_json: bool,
) -> list[Track]:
    """Print the journey that would be played, and give its tracks; nothing is kept."""
    import asyncio

    from affetto.listening.travelling import journey
    from affetto.wiring import open_house

    start, around = _start(felt)
    with open_house(settings) as house:
        candidates = asyncio.run(house.candidates())
        traveller, usual = _listener(house, candidates)
        if start is None:
            typer.echo(
                "You did not say how you feel, so it begins where you usually are, as far as "
                "that is known; --from says where you are.",
                err=True,
            )
        made = journey(
            candidates, aim, start or usual, around=around, traveller=traveller, seed=seed
        )
    tracks = [step.choice.track for step in made.steps]
    if as_json:
        typer.echo(json.dumps(as_record(made, seed), indent=2))
        return tracks
    width = shutil.get_terminal_size((PIPE_WIDTH, 24)).columns
    for line in told(made, width=width, encoding=sys.stdout.encoding):
        typer.echo(line)
    return tracks


# -- how it is shown ----------------------------------------------------------------------


def told(made: Journey, *, width: int, encoding: str | None) -> list[str]:
    """A journey for people: where it goes, its tracks, and a chart of both axes."""
    marks = marks_for(encoding)
    fits = _fitting(encoding)
    lines = [*textwrap.wrap(_headline(made), width), ""]
    lines += [fits(line) for line in (_table if width >= NARROW else _stacked)(made, width)]
    for axis, words in (("arousal", ("lively", "quiet")), ("valence", ("bright", "dark"))):
        lines += ["", *panel(_points(made.steps, axis), words, width, marks)]
    ends = clock(made.seconds)
    lines += floor(len(made.steps), "0:00", ends, width, marks)
    lines += ["", f"{marks.line} planned   {marks.track} a track   {marks.both} both"]
    return lines


def as_record(made: Journey, seed: int | None) -> dict[str, Any]:
    """A journey for machines."""
    return {
        "goal": made.aim.goal.value,
        "intent": made.aim.intent.value if made.aim.intent else None,
        "minutes": made.aim.minutes,
        "seed": seed,
        "from": _pair(made.start),
        "to": _pair(made.end),
        "seconds": round(made.seconds, 1),
        "tracks": [_as_record(number, step) for number, step in enumerate(made.steps, 1)],
    }


def clock(seconds: float) -> str:
    """Seconds as a player shows them: ``4:05``, ``1:04:05``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _headline(made: Journey) -> str:
    from affetto.recommending.reasons import place_in_words

    aim, count = made.aim, len(made.steps)
    leads = aim.intent is not None and aim.goal is Goal.MATCH
    whither = TO[aim.intent] if aim.intent and leads else TOWARD[aim.goal]
    tracks = "1 track" if count == 1 else f"{count} tracks"
    return f"From {place_in_words(made.start)} {whither}: {tracks}, {clock(made.seconds)}."


def _table(made: Journey, width: int) -> list[str]:
    """Step, clock, title, artist, how it sounds, and why; the reason takes what is left."""
    from rich.cells import cell_len

    names = ("", "at", "title", "artist", "sounds", "why")
    rows = [(*_cells(number, step), step.choice.because) for number, step in _numbered(made)]
    most = (3, 8, 28, 20, 26)
    widths = [
        min(limit, max(cell_len(row[k]) for row in (names, *rows))) for k, limit in enumerate(most)
    ]
    left = width - sum(widths) - 2 * len(widths)
    if left < 24:  # the reason goes under its track
        lines = [_columns(names[:5], widths)]
        for row in rows:
            lines.append(_columns(row[:5], widths))
            lines += _under(row[5], width, widths[0] + 2)
        return lines
    lines = []
    for row in (names, *rows):
        first, *rest = textwrap.wrap(row[5], left) or [""]
        lines.append(_columns((*row[:5], first), (*widths, left)))
        lines += [" " * (width - left) + line for line in rest]
    return lines


def _stacked(made: Journey, width: int) -> list[str]:
    """Each track on lines of its own, for a terminal too narrow for columns."""
    lines = []
    for number, step in _numbered(made):
        head = _cells(number, step)
        lines += textwrap.wrap(" ".join(head[:2]) + "  " + head[2], width)
        about = f"{head[3]}: {head[4]}" if head[3] else head[4]
        lines += _under(about, width, 2) + _under(step.choice.because, width, 2)
    return lines


def _numbered(made: Journey) -> list[tuple[int, Step]]:
    return list(enumerate(made.steps, 1))


def _cells(number: int, step: Step) -> tuple[str, str, str, str, str]:
    from affetto.recommending.reasons import place_in_words

    track = step.choice.track
    here = track.features
    sounds = place_in_words(Affect(here.valence, here.arousal)) if here else "?"
    return (str(number), clock(step.begins_s), track.title, track.artist, sounds)


def _columns(row: Sequence[str], widths: Sequence[int]) -> str:
    from rich.cells import cell_len, set_cell_size

    cells = []
    for k, (cell, width) in enumerate(zip(row, widths, strict=True)):
        cut = cell if cell_len(cell) <= width else set_cell_size(cell, width - 1).rstrip() + "…"
        space = " " * (width - cell_len(cut))
        cells.append(space + cut if k < 2 else cut + space)
    return "  ".join(cells).rstrip()


def _under(text: str, width: int, indent: int) -> list[str]:
    space = " " * indent
    return textwrap.wrap(text, max(20, width), initial_indent=space, subsequent_indent=space)


def _fitting(encoding: str | None) -> Callable[[str], str]:
    """Letters that a terminal cannot show become ones it can, and never stop the answer."""

    def fit(line: str) -> str:
        try:
            line.encode(encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            plain = line.replace("…", "~").replace("“", '"').replace("”", '"')
            return plain.encode("ascii", "replace").decode()
        return line

    return fit


def _points(steps: Sequence[Step], axis: str) -> list[Point]:
    return [
        Point(
            None if step.target is None else float(getattr(step.target, axis)),
            float(getattr(here, axis)) if (here := step.choice.track.features) else None,
        )
        for step in steps
    ]


def _as_record(number: int, step: Step) -> dict[str, Any]:
    choice = step.choice
    here = choice.track.features
    return {
        "step": number,
        "begins_s": round(step.begins_s, 1),
        "uri": choice.track.uri,
        "title": choice.track.title,
        "artist": choice.track.artist,
        "place": _pair(Affect(here.valence, here.arousal)) if here else None,
        "target": _pair(step.target),
        "because": choice.because,
        "score": round(choice.score, 4),
        "terms": {term.name: round(term.amount, 4) for term in choice.terms},
    }


def _pair(place: Affect | None) -> dict[str, float] | None:
    if place is None:
        return None
    return {"valence": round(place.valence, 4), "arousal": round(place.arousal, 4)}


# -- what was said ------------------------------------------------------------------------


def _toward(text: str) -> tuple[Goal, Affect | None]:
    word = text.casefold().strip()
    if word in {goal.value for goal in Goal if goal is not Goal.PLACE}:
        return Goal(word), None
    if "," in word:
        return Goal.PLACE, place_from(text)
    try:
        return Goal.PLACE, place_called(text)
    except Misuse:
        goals = ", ".join(goal.value for goal in Goal if goal is not Goal.PLACE)
        raise Misuse(
            f"{text!r} is nowhere we can lead.",
            remedy=f"Say one of {goals}; a mood such as happy or drowsy; or a place on the map "
            "from -1 to 1, such as --toward=0.5,-0.2.",
        ) from None


def _intent(text: str) -> Intent:
    try:
        return Intent(text.casefold().strip())
    except ValueError:
        names = ", ".join(intent.value for intent in Intent)
        raise Misuse(f"{text!r} is no intent we know.", remedy=f"Choose one of {names}.") from None


def _start(felt: Affect | EmotionReading | None) -> tuple[Affect | None, Covariance]:
    from affetto.mood.blending import blend

    if isinstance(felt, EmotionReading):
        mood = blend([felt], now=felt.at)
        return (None, OWN_WORD) if mood is None else (mood.mean, mood.covariance)
    return felt, OWN_WORD


def _listener(house: House, candidates: Candidates) -> tuple[Traveller, Affect]:
    """Whose journey it is, as far as they have taught anything, and where they usually are."""
    from affetto.listening.learning import Learning
    from affetto.listening.preferences import Preferences, explicit_among
    from affetto.listening.travelling import Traveller
    from affetto.mood.leading import MILD, STYLES
    from affetto.server import keeping
    from affetto.track import TrackUri

    learning = keeping.learned(house) or Learning()
    stated = house.listeners.preferences(house.listener)
    preferences = Preferences() if stated is None else Preferences.from_record(stated)
    learning.told(preferences)
    never = learning.banned(candidates)
    if not preferences.explicit:
        never |= explicit_among(candidates.tracks)
    # The style most likely the best for this listener; the mild one while none is.
    chances = learning.lead.chances()
    style = max((MILD, *STYLES.values()), key=lambda one: round(chances[one.name], 6))
    heard = [TrackUri(uri) for uri in reversed(house.history.played(house.listener))]
    told = Traveller(learning.listener.taste, frozenset(never), heard, style)
    return told, learning.listener.following.usual
