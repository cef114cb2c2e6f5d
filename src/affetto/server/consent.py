"""What a listener agrees to, word for word, one text per sensor.

A version is a fingerprint of the text: whoever changes a word asks everybody again.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from affetto.server.wire import ConsentText, Sensor

if TYPE_CHECKING:
    from affetto.store.listeners import KeptConsent

_ALWAYS: Final = (
    "A face shows an expression, which is not the same as a feeling. The reading can be "
    "wrong; your own word on the map always counts for more.",
    "This is for your own choice of music. It is not a medical device, and it is not to be "
    "used to watch people at work or at school.",
    "You can take this back here at any time, and everything works without it.",
)

_TEXTS: Final[Mapping[Sensor, tuple[str, ...]]] = MappingProxyType(
    {
        "camera": (
            "The picture never leaves this browser. Your device itself looks at it, several "
            "times a second, and drops it at once; no picture is ever sent or kept. For that, "
            "some seven megabytes are fetched from this Affetto server once.",
            "Every two seconds one small reading goes to this Affetto server: the expressions, "
            "a place on the mood map and how sure it is.",
            "Only the largest face is read. Other people in the picture are counted, not read.",
            *_ALWAYS,
        ),
        "camera-server": (
            "While the camera is on, a small picture goes several times a second to this "
            "Affetto server's memory, and nowhere else. It is looked at and dropped at once; "
            "no picture is ever kept.",
            "Only the largest face is read. Other people in the picture are counted, not read.",
            *_ALWAYS,
        ),
        "photo": (
            "A photo or a video never leaves this browser. Your device itself looks at it; no "
            "picture is ever sent or kept. For that, some seven megabytes are fetched from this "
            "Affetto server once.",
            "The largest face is taken for yours. One small reading of a photo goes to this "
            "Affetto server: the expressions, a place on the mood map and how sure it is. Of a "
            "video only the place of the moment goes there that you ask music for.",
            *_ALWAYS,
        ),
        "photo-server": (
            "The photo goes to this Affetto server's memory, and nowhere else. It is looked at "
            "and dropped before you see the answer; it is never kept.",
            "The largest face is taken for yours.",
            *_ALWAYS,
        ),
        "keep-readings": (
            "What the senses read (the time, the place on the mood map, the expressions, how "
            "sure it was) is kept in the database on this machine. Pictures are never kept.",
            "What you say of your mood is kept with it: where you touch the map, “not how I "
            "feel”, and how you were before and after.",
            "From them Affetto learns your usual mood and what music does to you, and your "
            "history shows how each session went. You can see all of it, and have it deleted, "
            "at any time.",
            "When you take this back, nothing more is kept.",
        ),
    }
)


def text_of(text: tuple[str, ...]) -> ConsentText:
    """Sentences to agree to, with their fingerprint."""
    version = sha256("\n".join(text).encode()).hexdigest()[:12]
    return ConsentText(version=version, text=list(text))


CONSENT_TEXTS: Final[Mapping[Sensor, ConsentText]] = MappingProxyType(
    {sensor: text_of(text) for sensor, text in _TEXTS.items()}
)


def agreed(kept: Mapping[str, KeptConsent], sensor: Sensor) -> bool:
    """Whether the listener's last word on ``sensor`` was yes, and to the present text."""
    consent = kept.get(sensor)
    return (
        consent is not None and consent.given and consent.version == CONSENT_TEXTS[sensor].version
    )
