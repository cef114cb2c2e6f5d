"""The shapes that cross the wire, and the one shape every error has.

Values come in through here and nowhere else, so unknown fields are refused and every
number is held to its range. Going out, each shape is made from the house's own words
by a function in ``server.telling``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool

from affetto.choice import Goal
from affetto.senses.face_doubt import Doubt

Coordinate = Annotated[float, Field(strict=True, ge=-1, le=1, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Variance = Annotated[float, Field(strict=True, ge=0, le=4, allow_inf_nan=False)]
Cross = Annotated[float, Field(strict=True, ge=-4, le=4, allow_inf_nan=False)]
Seconds = Annotated[float, Field(strict=True, ge=0, le=1_000_000, allow_inf_nan=False)]
Uri = Annotated[str, Field(min_length=3, max_length=1000, pattern=r"^[^:\s]+:[^\x00]+$")]


def _one_spread(numbers: tuple[float, float, float]) -> tuple[float, float, float]:
    """Three numbers are a covariance when no direction has less than no variance."""
    vv, va, aa = numbers
    if va * va > vv * aa * (1 + 1e-6):  # the sender may have rounded
        raise ValueError(
            "the middle number's square may be no larger than the product of the other two"
        )
    return numbers


Covariance = Annotated[tuple[Variance, Cross, Variance], AfterValidator(_one_spread)]

Source = Literal["face", "voice", "pulse", "words"]
Sensor = Literal["camera", "camera-server", "photo", "photo-server", "keep-readings"]


class Shape(BaseModel):
    """What all shapes share: nothing unknown gets in, nothing changes afterwards."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_serialization_defaults_required=True
    )


class Problem(Shape):
    """What went wrong and what to do about it (RFC 9457, application/problem+json)."""

    title: str
    status: int
    problem: str = Field(description="What is wrong, in one sentence.")
    remedy: str = Field(description="What to do about it, in one sentence.")


class Trouble(Shape):
    """A problem inside an answer that is otherwise fine."""

    problem: str
    remedy: str


# ---------------------------------------------------------------- feelings


class Point(Shape):
    """A place on the mood map."""

    valence: Coordinate
    arousal: Coordinate


class Face(Shape):
    """One face in a picture, as the model sees it."""

    box: tuple[int, int, int, int] = Field(description="x, y, width, height in pixels.")
    probabilities: dict[str, float]
    expression: str = Field(description="The likeliest expression.")
    valence: float
    arousal: float
    covariance: tuple[float, float, float] = Field(
        description="Variance of valence, covariance, variance of arousal."
    )
    confidence: float = Field(description="0 means: saw nothing worth believing.")


class Unread(Shape):
    """One face that was found and not read. It changes nothing."""

    box: tuple[int, int, int, int] = Field(description="x, y, width, height in pixels.")
    doubt: Doubt = Field(description="What speaks against reading it.")
    words: str = Field(description="Why it was not read and what helps, for its owner.")


class PictureReading(Shape):
    """What a photo says. The largest face is taken for the listener's."""

    faces: list[Face] = Field(
        max_length=1, description="The largest face; none if nobody is there or it is unread."
    )
    unread: list[Unread] = Field(
        max_length=1, description="The largest face, when it had better not be read."
    )
    others: int = Field(description="How many other faces were seen; they are not read.")
    width: int = Field(description="Width of the picture the boxes refer to, in pixels.")
    height: int


class Mood(Shape):
    """What is believed of the listener now, and how firmly."""

    valence: float
    arousal: float
    covariance: tuple[float, float, float]
    spread: float = Field(description="Mean standard deviation of the two axes.")
    name: str = Field(description="angry, happy, sad or calm.")
    believed: dict[str, float] = Field(description="Each source's share of the belief.")
    words: str = Field(description='The place on the map in words: "fairly pleasant, calm".')


class Heard(Shape):
    """The last reading a sense gave."""

    expression: str | None
    confidence: float
    source: str
    at: datetime


# ------------------------------------------------------------------- music


class Track(Shape):
    """A piece of music and where the browser finds its sound and picture."""

    id: str
    title: str
    artist: str
    album: str
    genre: str
    year: int | None
    duration_s: float
    provider: str
    valence: float | None
    arousal: float | None
    valence_sd: float | None
    arousal_sd: float | None
    mood: str | None = Field(description="angry, happy, sad or calm; null when not known.")
    tempo_bpm: float | None
    key: str | None
    energy: float | None = Field(description="0 to 1; how forceful it sounds.")
    vocal: float | None = Field(description="0 to 1; chance that somebody sings or speaks.")
    popularity: int | None = Field(description="0 to 100; null when no table said it.")
    told_from: list[str] = Field(
        description="What the mood was told from, strongest first: sound, tags, lyrics …"
    )
    cover: str = Field(description="Address of the picture.")
    audio: str = Field(description="Address of the sound.")


class Tracks(Shape):
    """One page of the library, or of what was found in it."""

    edition: str = Field(description="Which state of the library ``rows`` counts in.")
    total: int
    rows: list[int] = Field(description="Where in the whole library each track stands, from 0.")
    tracks: list[Track]


class ListedSong(Shape):
    """A song of a list. It cannot be played here unless ``owned`` names a track."""

    title: str
    artist: str
    year: int | None = Field(description="Of first release.")
    language: str = Field(description='"instrumental" for none, empty when not said.')
    region: str
    valence: float
    arousal: float
    because: str = Field(description="Why it belongs, in one sentence; empty when not said.")
    explicit: bool
    edited: bool = Field(description="Whether the listener added or changed it.")
    owned: str | None = Field(description="The id of a track of the library that is this song.")
    link: str = Field(description="Opens a search for the song in the listener's service.")


class SongList(Shape):
    """The well-known songs of one emotion."""

    emotion: str
    service: str = Field(description="Where the links lead; the setting `song_service`.")
    songs: list[ListedSong]


class ListCount(Shape):
    """How long one list is."""

    emotion: str
    songs: int
    owned: int = Field(description="How many of them the library holds.")


class SongLists(Shape):
    """The seven lists, counted."""

    lists: list[ListCount]


Steps = list[int | None]


class LibraryMap(Shape):
    """Every track's place on the mood map, in the order of the library.

    Numbers are thousandths; null where nobody has listened to the track.
    """

    edition: str = Field(description="Another one whenever the library has changed.")
    total: int
    valence: Steps
    arousal: Steps
    valence_sd: Steps = Field(description="One standard deviation of the valence.")
    arousal_sd: Steps


class Scan(Shape):
    """How far the scan of the listener's folder is, or what the last one came to."""

    state: Literal["idle", "looking", "listening", "done", "stopped", "failed"]
    folder: str = Field(description="The folder that the settings name.")
    files: int = Field(description="Sound files found.")
    unchanged: int = Field(description="Of these, known since an earlier scan.")
    to_hear: int = Field(description="Of these, new or changed.")
    heard: int
    failed: int
    gone: int = Field(description="Known files that are no longer there.")
    passed_over: dict[str, int] = Field(
        description="Files in formats that cannot be decoded yet, by their ending."
    )
    title: str = Field(description="What was listened to last.")
    left_s: float | None = Field(description="About how long it will take; null: not known yet.")
    problem: Trouble | None = Field(description="Why it failed, or why none can begin.")


class FailedFile(Shape):
    """A file that could not be listened to, and why."""

    path: str
    problem: str
    remedy: str


class FailedFiles(Shape):
    """One page of the files that could not be listened to."""

    total: int
    files: list[FailedFile]


class Curve(Shape):
    """How a track's mood moves from its beginning to its end: one value a step."""

    step_s: float = Field(description="How long each step is.")
    times_s: list[float] = Field(description="The middle of each step.")
    valence: list[float]
    arousal: list[float]
    valence_sd: list[float]
    arousal_sd: list[float]


class Choice(Shape):
    """One track, chosen for one moment, and why."""

    track: Track
    because: str
    target: Point


class Session(Shape):
    """Everything a page shows while somebody listens."""

    id: str
    revision: int = Field(description="Grows with every change; an older one is stale.")
    goal: Goal
    mood: Mood | None
    target: Point | None
    playing: Choice | None
    queue: list[Choice]
    liked: bool = Field(description="Whether the listener likes the playing track.")
    heard: Heard | None
    senses_muted: bool = Field(
        description='True for a while after "not how I feel": readings change nothing.'
    )
    behind: bool = Field(
        description="What plays was chosen for another mood or goal; the next track follows."
    )


# ---------------------------------------------------------------- requests


class StartSession(Shape):
    """Begin to listen, from a place on the map or from an unknown mood."""

    goal: Goal = Goal.MATCH
    valence: Coordinate | None = None
    arousal: Coordinate | None = None


class AimSession(Shape):
    """Change where the music should lead."""

    goal: Goal


class Touch(Shape):
    """The listener's own word for how they feel."""

    valence: Coordinate
    arousal: Coordinate


class Reading(Shape):
    """What a sense in the browser, or a photo read before, says."""

    valence: Coordinate
    arousal: Coordinate
    covariance: Covariance = (0.09, 0.0, 0.09)
    confidence: Share
    source: Source
    probabilities: dict[str, Share] = Field(default_factory=dict, max_length=64)


class Next(Shape):
    """Go on to the next track. Asked twice for the same track, it moves on once."""

    answer: Literal["finished", "skipped"]
    position_s: Seconds = 0.0
    playing: Uri | None = Field(
        None, description="The track that was playing when this was asked; null when none was."
    )


class Play(Shape):
    """One track that the listener picked."""

    uri: Uri


class GiveAnswer(Shape):
    """What the listener says of a track."""

    answer: Literal["liked", "unliked", "not_now"]
    uri: Uri
    position_s: Seconds = 0.0


# ----------------------------------------------------------------- consent


class ConsentText(Shape):
    """What somebody agrees to: each paragraph, and the version that is agreed to."""

    version: str
    text: list[str]


class Consent(Shape):
    """Where a listener stands with one sensor. ``at`` is null when never asked."""

    sensor: Sensor
    version: str
    given: bool
    at: datetime | None


class SetConsent(Shape):
    """Say yes or no to the text of one version."""

    sensor: Sensor
    version: Annotated[str, Field(min_length=1, max_length=64)]
    given: StrictBool


# ------------------------------------------------------------------- house


class Scores(Shape):
    """How well a model read faces it had not learnt from; null where it was not scored."""

    on: str = Field(description="What it was scored on.")
    n: int = Field(description="How many faces.")
    accuracy: float = Field(description="Share read as they were labelled.")
    ci95: tuple[float, float] | None = Field(description="95 % interval of the accuracy.")
    macro_f1: float | None = Field(description="F1 score with every expression counted alike.")
    ece: float | None = Field(
        description="Expected calibration error: how far its confidence lies from the truth."
    )
    ferplus_accuracy: float | None = Field(
        description="Share read as most of the FER+ raters said."
    )
    ferplus_n: int | None = Field(description="How many faces had such a majority.")
    ferplus_ece: float | None = Field(
        description="How far the share of raters it expects lies from the share there was."
    )
    found: dict[str, float] = Field(
        description="Of each expression, the share that was found; empty when not counted."
    )


class Model(Shape):
    """What is to be known of the model that reads faces."""

    name: str
    version: str
    labels: list[str]
    data: str = Field(description="What it learnt from.")
    scores: list[Scores] = Field(description="The most telling first.")
    groups: str = Field(description="What is known of groups of people; empty: nothing.")
    size_bytes: int
    cpu_ms: float | None = Field(description="CPU time for one face, as its card says.")
    licence: str
    notes: str


class ModelAnswers(Shape):
    """What a model's answers mean; empty lists for a detector."""

    name: str
    version: str
    labels: list[str] = Field(description='Order of the output "logits".')
    temperature: float
    votes: list[str] = Field(description='Order of the output "votes".')
    votes_temperature: float


class ModelFile(Shape):
    """A model that the page can fetch and run itself; the server runs the same file."""

    name: str = Field(description="face-detector-near, face-detector or expression.")
    url: str = Field(description="Its address here, which changes when its content does.")
    bytes: int = Field(description="Its size once unpacked.")
    sha256: str = Field(description="Of the file, lower-case hexadecimal.")
    card: ModelAnswers


class Sensing(Shape):
    """Where pictures are read, by what, and what is asked of the listener first."""

    where: list[Literal["device", "server"]] = Field(
        description="Where faces can be read, the default first; empty when a model is missing."
    )
    model: Model | None = Field(description="Null when no model is installed.")
    models: list[ModelFile] = Field(
        description="All that reading a face on the device takes; empty when one is missing."
    )
    consent: dict[Sensor, ConsentText]


class House(Shape):
    """What this server offers."""

    version: str
    goals: list[Goal]
    tracks: int
    demo: bool = Field(description="Whether the demo music is part of the library.")
    sensing: Sensing


# -------------------------------------------------------------------- live


class SessionEvent(Shape):
    """The session changed."""

    type: Literal["session"] = "session"
    session: Session


class ReadingEvent(Shape):
    """A camera frame was looked at. ``face`` is null when none was found or read."""

    type: Literal["reading"] = "reading"
    face: Face | None
    unread: list[Unread] = Field(
        max_length=1, description="The largest face, when it had better not be read."
    )
    others: int
    problem: Trouble | None
    ms: float = Field(description="Time from the frame's arrival to this answer.")


class PongEvent(Shape):
    """The answer to a ping."""

    type: Literal["pong"] = "pong"


class Ping(Shape):
    """A sign of life from the page."""

    type: Literal["ping"]
