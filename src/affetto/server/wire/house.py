"""What this server offers, and the models that it reads faces with."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from affetto.choice import Goal
from affetto.server.wire.consent import ConsentText, Sensor
from affetto.server.wire.values import Shape


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
