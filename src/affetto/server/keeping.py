"""Between a session and the disk: what it begins with, and what goes into the log."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from affetto.emotion import Affect
from affetto.store.history import PutOn
from affetto.track import TrackUri
from affetto.wiring import House

if TYPE_CHECKING:
    from affetto.listening.learning import Learning
    from affetto.listening.preferences import Preferences
    from affetto.listening.session import ListeningSession

HEARD_BEFORE: Final = 500  # tracks of earlier sessions that a new one minds


def learned(house: House) -> Learning | None:
    """What the listener has taught; None when that is nothing yet."""
    from affetto.listening.learning import Learning

    kept = house.history.learned(house.listener)
    return Learning.from_record(kept.record) if kept is not None else None


def preferences(house: House) -> Preferences | None:
    """What the listener has stated and set; None when that is nothing yet."""
    from affetto.listening.preferences import Preferences

    record = house.listeners.preferences(house.listener)
    return Preferences.from_record(record) if record is not None else None


def heard_before(house: House, *, but: str | None = None) -> list[TrackUri]:
    """What was put on lately, oldest first; nothing of the session ``but``."""
    played = house.history.played(house.listener, limit=HEARD_BEFORE, but=but)
    return [TrackUri(uri) for uri in reversed(played)]


def learned_by(session: ListeningSession, may_keep: bool) -> dict[str, Any]:
    """What a session has learned, as it may outlast it; of moods only with consent."""
    return session.learning.at_rest(moods=may_keep).to_record()


def put_on(session: ListeningSession, now: datetime, may_keep: bool) -> PutOn | None:
    """What plays, as it goes into the log; ``may_keep`` places, too."""
    playing = session.snapshot(now).playing
    if playing is None:
        return None
    return PutOn(playing, session.aimed, with_places=may_keep)


def achieved(session: ListeningSession, now: datetime) -> Affect | None:
    """The mood that the track before this one led to."""
    passed = session.snapshot(now).achieved
    return passed[-1].mood if passed else None
