"""What a listener is asked before a sensor is used, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from affetto.server.wire.values import Shape

Sensor = Literal["camera", "camera-server", "photo", "photo-server", "keep-readings"]


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
