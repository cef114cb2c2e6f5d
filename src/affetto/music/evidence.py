"""What a file's own words add to what was heard: mood, genre, tempo, comment, lyrics.

Each source says where it would put the track and how sure it would be alone. All of them
start from the same knowledge, how music spreads over the map, and that counts once:
where each is an opinion ``m`` with variance ``v`` and music has variance ``u`` about the
middle, the sources together have the precision 1/u + sum(1/v - 1/u). A source as unsure
as music is wide adds nothing, and two weak ones are not taken for a strong one.

How sure each is: of a genre the spread of listeners' ratings within it tells (162
excerpts in ten genres, Grekow's set on GTZAN recordings: about .30 in valence and .45 in
arousal), widened, since a genre was partly heard already; how people's ratings of one
word spread (about .3 in Russell & Mehrabian, J. Research in Personality 11(3), 1977) is
the least for a mood somebody tagged, and that is widened for careless tags. The rest is
our judgement, kept wide. Moods that we wrote ourselves are no evidence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from affetto.emotion import MOODS
from affetto.music import lyrics
from affetto.music.tags import Tags
from affetto.track import TrackFeatures

EVIDENCE: Final = "words 1"  # goes up whenever words would be weighed another way

SOUND: Final = "sound"
TAGS: Final = "tags"
LYRICS: Final = "lyrics"

# How widely music spreads about the middle: a little more than the ratings of those
# excerpts (.41 in valence, .53 in arousal), since a library holds more than ten genres.
USUAL_SD: Final = (0.5, 0.55)
_MOOD_SD: Final = (0.38, 0.4)
_COMMENT_SD: Final = (0.45, 0.48)
_GENRE_SD: Final = (0.42, 0.5)
_GUESSED_GENRE_SD: Final = (0.46, 0.52)
_TEMPO_SD: Final = 0.52
_PER_OCTAVE: Final = 0.25  # arousal gained by twice the tempo
_MIDDLE_BPM: Final = 115.0
_BPM: Final = (40.0, 220.0)
_NEARLY: Final = 0.04  # how far a tagged tempo may lie from a multiple of the heard one
_MULTIPLES: Final = (1.0, 2.0, 0.5, 1.5, 2 / 3, 3.0, 1 / 3)
_LONGEST_COMMENT: Final = 300
_NOBODY_SINGS: Final = 0.1

# Means of the ratings of those excerpts, drawn to the middle as if ten more lay there.
_HEARD_GENRES: Final = {
    "blues": (-0.10, -0.23), "classical": (0.02, -0.09), "country": (0.23, -0.04),
    "disco": (0.02, 0.17), "hip hop": (-0.30, 0.27), "jazz": (0.05, -0.13),
    "metal": (-0.38, 0.32), "pop": (0.08, 0.02), "reggae": (0.12, -0.02), "rock": (-0.01, -0.10),
}  # fmt: skip
# By our judgement.
_GUESSED_GENRES: Final = {
    "ambient": (0.1, -0.5), "new age": (0.2, -0.5), "lounge": (0.25, -0.35),
    "chillout": (0.2, -0.4), "downtempo": (0.1, -0.35), "meditation": (0.2, -0.6),
    "lullaby": (0.2, -0.6), "folk": (0.05, -0.2), "acoustic": (0.1, -0.25), "soul": (0.15, 0.0),
    "funk": (0.3, 0.35), "gospel": (0.25, 0.1), "latin": (0.3, 0.25), "salsa": (0.35, 0.4),
    "samba": (0.35, 0.35), "bossa nova": (0.25, -0.25), "ska": (0.3, 0.4), "swing": (0.3, 0.25),
    "dance": (0.2, 0.4), "house": (0.2, 0.4), "techno": (0.0, 0.45), "trance": (0.1, 0.4),
    "drum and bass": (0.0, 0.5), "hardcore": (-0.2, 0.55), "punk": (-0.1, 0.5),
    "industrial": (-0.3, 0.4), "gothic": (-0.3, 0.0), "darkwave": (-0.3, 0.0),
    "grunge": (-0.25, 0.25), "emo": (-0.25, 0.2), "trip hop": (-0.05, -0.2),
    "fado": (-0.3, -0.25), "children": (0.4, 0.15), "christmas": (0.4, 0.05),
}  # fmt: skip
_OTHER_GENRES: Final = {
    "rap": "hip hop", "hiphop": "hip hop", "r&b": "soul", "rnb": "soul", "heavy metal": "metal",
    "death metal": "metal", "black metal": "metal", "thrash metal": "metal", "edm": "dance",
    "drum & bass": "drum and bass", "dnb": "drum and bass", "chill": "chillout",
    "children's music": "children", "classic rock": "rock", "hard rock": "rock",
    "klassik": "classical", "classique": "classical", "clásica": "classical",
}  # fmt: skip

# Moods as taggers name them, by our judgement after the like-named words in Russell &
# Mehrabian; the four moods keep their places.
_PLACES: Final = {name: (place.valence, place.arousal) for name, place in MOODS.items()} | {
    "energetic": (0.5, 0.7), "aggressive": (-0.5, 0.7), "melancholic": (-0.45, -0.35),
    "tense": (-0.5, 0.5), "dark": (-0.45, 0.0), "romantic": (0.5, -0.1), "dreamy": (0.35, -0.4),
    "party": (0.65, 0.6), "epic": (0.3, 0.55), "hopeful": (0.5, 0.15), "playful": (0.6, 0.35),
    "scary": (-0.6, 0.5), "lonely": (-0.55, -0.3), "gentle": (0.4, -0.45), "sleepy": (0.1, -0.8),
    "bored": (-0.4, -0.5), "nostalgic": (0.05, -0.25), "serious": (-0.1, -0.05),
    "sensual": (0.5, 0.2), "gloomy": (-0.5, -0.3), "triumphant": (0.6, 0.6),
}  # fmt: skip
_MEANINGS: Final = {
    "happy": "happy joyful joy cheerful glad upbeat fun sunny feelgood uplifting fröhlich "
    "glücklich heiter joyeux joyeuse heureux gai feliz alegre contento felice allegro",
    "sad": "sad sorrowful unhappy mournful depressing depressed tearful traurig triste tristeza "
    "tristesse malheureux",
    "calm": "calm relaxed relaxing peaceful serene mellow soothing tranquil chill chilled quiet "
    "meditative ruhig entspannt calme paisible tranquilo tranquila calmo tranquillo sereno",
    "angry": "angry anger furious rage hostile wütend zornig fâché enojado arrabbiato raiva",
    "energetic": "energetic energy powerful driving lively exciting excited excitement intense "
    "energisch énergique enérgico energico",
    "aggressive": "aggressive violent brutal aggressiv agressif agresivo aggressivo",
    "melancholic": "melancholic melancholy wistful bittersweet pensive melancholisch "
    "mélancolique melancólico malinconico",
    "tense": "tense anxious nervous suspenseful dramatic angespannt tendu tenso teso",
    "dark": "dark sinister ominous eerie düster sombre oscuro scuro",
    "romantic": "romantic love tender loving romantisch romantique romántico romantico",
    "dreamy": "dreamy ethereal atmospheric verträumt rêveur soñador sognante",
    "party": "party dancing celebratory",
    "epic": "epic majestic cinematic heroic",
    "hopeful": "hopeful inspiring inspirational optimistic positive",
    "playful": "playful funny humorous quirky silly",
    "scary": "scary frightening creepy fearful",
    "lonely": "lonely desolate abandoned",
    "gentle": "gentle soft delicate warm",
    "sleepy": "sleepy drowsy sleep",
    "bored": "bored boring",
    "nostalgic": "nostalgic sentimental reflective",
    "serious": "serious solemn",
    "sensual": "sensual sexy seductive",
    "gloomy": "gloomy bleak grim despairing hopeless",
    "triumphant": "triumphant victorious euphoric ecstatic",
}  # fmt: skip
_MOOD_WORDS: Final = {word: name for name, words in _MEANINGS.items() for word in words.split()}
_NOT: Final = frozenset("not no never nicht kein keine pas non sin sem".split())  # noqa: SIM905
_WEB: Final = re.compile(r"\S*(?:https?:|www\.|\.com|@)\S*", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Opinion:
    """Where one source would put a track, and how sure it would be alone.

    None where it says nothing of that side of the map.
    """

    source: str
    valence: float | None = None
    arousal: float | None = None
    valence_sd: float = math.inf
    arousal_sd: float = math.inf


def weigh(heard: TrackFeatures, tags: Tags, words: str = "") -> TrackFeatures:
    """What was heard, together with what the file's tags and ``words`` (lyrics) say.

    Without either it comes back as it was. ``sources`` names those that counted, the
    strongest first.
    """
    opinions = [*of_tags(tags), *of_lyrics(heard, words or tags.lyrics)]
    tempo = _tempo(heard.tempo_bpm, tags.bpm)
    if not opinions:
        return replace(heard, tempo_bpm=tempo)
    opinions.append(
        Opinion(SOUND, heard.valence, heard.arousal, heard.valence_sd, heard.arousal_sd)
    )
    valence, valence_sd = _together(
        [(one.valence, one.valence_sd) for one in opinions], USUAL_SD[0]
    )
    arousal, arousal_sd = _together(
        [(one.arousal, one.arousal_sd) for one in opinions], USUAL_SD[1]
    )
    weights = dict.fromkeys((SOUND, TAGS, LYRICS), 0.0)
    for one in opinions:
        weights[one.source] += _added(one.valence_sd, USUAL_SD[0])
        weights[one.source] += _added(one.arousal_sd, USUAL_SD[1])
    counted = [source for source in weights if weights[source] > 0]
    return replace(
        heard,
        valence=round(valence, 4),
        arousal=round(arousal, 4),
        valence_sd=round(valence_sd, 3),
        arousal_sd=round(arousal_sd, 3),
        tempo_bpm=tempo,
        sources=tuple(sorted(counted, key=lambda source: -weights[source])),
    )


def told_by(tags: Tags) -> TrackFeatures | None:
    """What tags alone say of a track nobody has heard; None when they say nothing.

    As unsure as the tags are: with no mood among them hardly surer than knowing nothing.
    """
    unheard = TrackFeatures(0.0, 0.0, *USUAL_SD, tempo_bpm=_tempo(None, tags.bpm), sources=())
    return weigh(unheard, tags) if of_tags(tags) else None


def of_tags(tags: Tags) -> list[Opinion]:
    """What mood, genre, tempo and comment say, each for itself."""
    found = []
    mood = _middle(_moods_in(tags.moods))
    comment = _middle(_moods_in([_WEB.sub(" ", tags.comment[:_LONGEST_COMMENT])]))
    if mood is not None:
        found.append(Opinion(TAGS, *mood, *_MOOD_SD))
    elif comment is not None:  # what a comment says beside a mood is the same, said again
        found.append(Opinion(TAGS, *comment, *_COMMENT_SD))
    genre = _genre(tags.genre)
    if genre in _HEARD_GENRES:
        found.append(Opinion(TAGS, *_HEARD_GENRES[genre], *_GENRE_SD))
    elif genre in _GUESSED_GENRES:
        found.append(Opinion(TAGS, *_GUESSED_GENRES[genre], *_GUESSED_GENRE_SD))
    if tags.bpm is not None and _BPM[0] <= tags.bpm <= _BPM[1]:
        arousal = _PER_OCTAVE * math.log2(tags.bpm / _MIDDLE_BPM)
        found.append(Opinion(TAGS, arousal=arousal, arousal_sd=_TEMPO_SD))
    return found


def of_lyrics(heard: TrackFeatures, words: str) -> list[Opinion]:
    """What the words of the song say, if they say anything and somebody sings."""
    if heard.vocal is not None and heard.vocal < _NOBODY_SINGS:
        return []
    valence = lyrics.valence_of(words) if words else None
    return [] if valence is None else [Opinion(LYRICS, valence, valence_sd=lyrics.SD)]


def _together(told: Iterable[tuple[float | None, float]], usual_sd: float) -> tuple[float, float]:
    """Mean and standard deviation of all opinions and of what is known beforehand."""
    precision, total = usual_sd**-2, 0.0
    for mean, sd in told:
        added = _added(sd, usual_sd)
        if mean is not None and added > 0:
            precision += added
            total += mean * sd**-2
    return min(1.0, max(-1.0, total / precision)), precision**-0.5


def _added(sd: float, usual_sd: float) -> float:
    """The precision an opinion adds to what is known beforehand."""
    return max(0.0, sd**-2 - usual_sd**-2)


def _moods_in(texts: Sequence[str]) -> list[tuple[float, float]]:
    """The places of the mood words in these texts, unless a "not" stands before them."""
    places = []
    for text in texts:
        words = _WORD.findall(text.casefold())
        for before, word in zip(["", *words], words, strict=False):
            if word in _MOOD_WORDS and before not in _NOT:
                places.append(_PLACES[_MOOD_WORDS[word]])
    return places


def _middle(places: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    if not places:
        return None
    return (
        sum(valence for valence, _ in places) / len(places),
        sum(arousal for _, arousal in places) / len(places),
    )


def _genre(tagged: str) -> str:
    """The genre we know, or "": the whole tag first, then its parts, then its last word."""
    plain = " ".join(tagged.casefold().replace("-", " ").split())
    parts = [part.strip() for part in re.split(r"[/;,|]", plain)]
    last = [part.split()[-1] for part in parts if part]
    for name in (plain, *parts, *last):
        name = _OTHER_GENRES.get(name, name)
        if name in _HEARD_GENRES or name in _GUESSED_GENRES:
            return name
    return ""


def _tempo(heard: float | None, tagged: float | None) -> float | None:
    """The tagged tempo, where it is the heard one counted another way or none was heard."""
    if tagged is None or not _BPM[0] <= tagged <= _BPM[1]:
        return heard
    if heard is None:
        return tagged
    for multiple in _MULTIPLES:
        if abs(tagged / (heard * multiple) - 1) <= _NEARLY:
            return tagged
    return heard
