"""Between a session and the disk: what it begins with, and what goes into the log."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from affetto.emotion import Affect
from affetto.store.history import LEARNED_VERSION, PutOn
from affetto.track import TrackUri
from affetto.wiring import House, make_folder

if TYPE_CHECKING:
    from affetto.listening.learning import Learning
    from affetto.listening.preferences import Preferences
    from affetto.listening.session import ListeningSession

log = logging.getLogger(__name__)

HEARD_BEFORE: Final = 500  # tracks of earlier sessions that a new one minds


def learned(house: House) -> Learning | None:
    """What the listener has taught; None when that is nothing yet.

    What this version cannot read is put aside into a file, since the next answer would
    write over it, and learning begins afresh.
    """
    from affetto.listening.learning import Learning

    kept = house.history.learned(house.listener)
    if kept is None:
        return None
    try:
        if kept.version <= LEARNED_VERSION:
            return Learning.from_record(kept.record)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        log.warning("what was learned of the listener is damaged: %r", error)
    aside = _put_aside(house, kept.record)
    log.warning(
        "What was learned of you cannot be read by this version, so learning begins afresh. "
        "Nothing is lost: it lies in %s, for the version of Affetto that wrote it.",
        aside,
    )
    return None


def _put_aside(house: House, record: Mapping[str, Any]) -> Path:
    text = json.dumps(record, sort_keys=True)
    name = f"learned-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
    path = house.settings.data_dir / name
    if not path.exists():
        make_folder(path.parent)
        half = path.with_suffix(".part")
        half.touch(mode=0o600)
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    return path


def forget_put_aside(house: House) -> None:
    """Delete what was put aside, with all else that was learned."""
    for path in house.settings.data_dir.glob("learned-*.json"):
        path.unlink(missing_ok=True)


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
