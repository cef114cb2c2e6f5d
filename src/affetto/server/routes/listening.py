"""A time of listening: begin, say how you feel, answer the music, end."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Response

from affetto.choice import Aim, Answer, Goal
from affetto.emotion import Affect, Covariance, EmotionReading
from affetto.errors import Misuse
from affetto.server import wire
from affetto.server.problems import told
from affetto.server.routes import TheDesk
from affetto.track import TrackUri

router = APIRouter(prefix="/api/sessions", tags=["listening"])

SessionId = Annotated[str, Path(alias="id", min_length=1, max_length=64)]

_ERRORS: Final = MappingProxyType(told(400, 403, 404, 409, 413, 422, 503))


@router.post("", status_code=201, responses=told(400, 403, 409, 413, 422, 503))
async def start_session(desk: TheDesk, wish: wire.StartSession) -> wire.Session:
    """Begin to listen; a session that was running ends.

    With a place on the map music starts at once. Without one nothing plays until a
    touch or a reading makes the mood known, or "next" asks for any track.
    """
    if (wish.valence is None) != (wish.arousal is None):
        raise Misuse(
            "A place on the map has two numbers, and one is missing.",
            remedy="Give both valence and arousal, or neither.",
        )
    affect = None
    if wish.valence is not None and wish.arousal is not None:
        affect = Affect(wish.valence, wish.arousal)
    aim = Aim(
        wish.goal,
        _place(wish.place),
        wish.intent,
        wish.minutes,
        _way(wish.way),
        wish.lifted,
        wish.row or "",
    )
    return await desk.start(_possible(aim), affect)


@router.get("/current", responses=told(503))
async def get_current_session(desk: TheDesk) -> wire.Session | None:
    """The running session, also after the server was away; null when nobody listens.

    Null and not 404: a page asks on its first visit too, and nothing is wrong then.
    """
    return await desk.current()


@router.get("/{id}", responses=told(404, 422, 503))
async def get_session(desk: TheDesk, session_id: SessionId) -> wire.Session:
    """A running session as it is now."""
    return await desk.show(session_id)


@router.delete("/{id}", status_code=204, responses=told(403, 404, 422, 503))
async def end_session(
    desk: TheDesk,
    session_id: SessionId,
    position_s: Annotated[float | None, Query(ge=0, le=1_000_000, allow_inf_nan=False)] = None,
) -> Response:
    """End a session. With ``position_s``, how far it has come, the track that plays counts
    as heard where that was far enough.
    """
    await desk.end(session_id, position_s)
    return Response(status_code=204)


@router.patch("/{id}", responses=dict(_ERRORS))
async def aim_session(desk: TheDesk, session_id: SessionId, wish: wire.AimSession) -> wire.Session:
    """Change where the music should go: what plays goes on, the rest is chosen anew.

    With a goal it is a new aim; without one only what is named changes.
    """
    return await desk.aim(session_id, lambda aim: _changed(aim, wish))


@router.post("/{id}/touch", responses=dict(_ERRORS))
async def touch_session(desk: TheDesk, session_id: SessionId, touch: wire.Touch) -> wire.Session:
    """Take the listener's own word; it outranks every sense. Starts the music."""
    return await desk.touch(session_id, Affect(touch.valence, touch.arousal))


@router.post("/{id}/readings", responses=dict(_ERRORS))
async def give_reading(desk: TheDesk, session_id: SessionId, reading: wire.Reading) -> wire.Session:
    """Take what a sense read elsewhere: in a photo, in the browser. May start the music."""
    return await desk.feel(
        session_id,
        EmotionReading(
            reading.valence,
            reading.arousal,
            reading.confidence,
            reading.source,
            desk.now(),
            covariance=Covariance(*reading.covariance),
            probabilities=MappingProxyType(dict(reading.probabilities)),
        ),
    )


@router.post("/{id}/correction", responses=dict(_ERRORS))
async def correct_session(desk: TheDesk, session_id: SessionId) -> wire.Session:
    """ "Not how I feel": forget what the senses said, and do not ask them for a while."""
    return await desk.correct(session_id)


@router.post("/{id}/next", responses=dict(_ERRORS))
async def next_track(desk: TheDesk, session_id: SessionId, wish: wire.Next) -> wire.Session:
    """Go on to the next track, once for each track that was playing."""
    playing = TrackUri(wish.playing) if wish.playing is not None else None
    return await desk.next(session_id, Answer(wish.answer), wish.position_s, playing)


@router.post("/{id}/play", responses=dict(_ERRORS))
async def play_track(desk: TheDesk, session_id: SessionId, wish: wire.Play) -> wire.Session:
    """Put on one track, picked by the listener; what comes next is chosen as ever."""
    return await desk.play(session_id, TrackUri(wish.uri))


@router.post("/{id}/answer", responses=dict(_ERRORS))
async def answer_track(
    desk: TheDesk, session_id: SessionId, given: wire.GiveAnswer
) -> wire.Session:
    """Like, take the like back, "fits", or "not now" and "never", which also move on."""
    return await desk.answer(
        session_id,
        Answer(given.answer),
        TrackUri(given.uri),
        given.position_s,
        whole_artist=given.of == "artist",
    )


@router.post("/{id}/pin", responses=dict(_ERRORS))
async def pin_track(desk: TheDesk, session_id: SessionId, wish: wire.Pin) -> wire.Session:
    """Keep a track of the queue where it is, whatever is planned anew; or let it go."""
    return await desk.pin(session_id, TrackUri(wish.uri), wish.pinned)


@router.post("/{id}/remove", responses=dict(_ERRORS))
async def remove_track(desk: TheDesk, session_id: SessionId, wish: wire.Remove) -> wire.Session:
    """Take a track out of the queue; another one comes at its end."""
    return await desk.remove(session_id, TrackUri(wish.uri))


@router.post("/{id}/move", responses=dict(_ERRORS))
async def move_track(desk: TheDesk, session_id: SessionId, wish: wire.Move) -> wire.Session:
    """Put a track at another place of the queue, where it stays."""
    return await desk.move(session_id, TrackUri(wish.uri), wish.to)


@router.post("/{id}/undo", responses=dict(_ERRORS))
async def undo_act(desk: TheDesk, session_id: SessionId) -> wire.Session:
    """Take back what the listener did last: the session and all that was learned, exactly.

    What was done before a track ended by itself stays done.
    """
    return await desk.undo(session_id)


def _changed(aim: Aim, wish: wire.AimSession) -> Aim:
    """The aim that a wish makes of another."""
    named = wish.model_fields_set
    if wish.goal is not None:
        aim = Aim(wish.goal)
    if "place" in named:
        aim = replace(aim, place=_place(wish.place))
    if "intent" in named:
        aim = replace(aim, intent=wish.intent)
    if "minutes" in named:
        aim = replace(aim, minutes=wish.minutes)
    if "way" in named:
        aim = replace(aim, way=_way(wish.way))
    if wish.lifted is not None:
        aim = replace(aim, lifted=wish.lifted)
    if named & {"goal", "place", "intent", "way", "row"}:
        aim = replace(aim, row=wish.row or "")  # another aim is not what the row before said
    return _possible(aim)


def _possible(aim: Aim) -> Aim:
    if aim.goal is Goal.PLACE and aim.place is None and not aim.way:
        raise Misuse(
            "The goal is a place, and no place is named.",
            remedy="Give place with valence and arousal, or draw a way.",
        )
    return aim


def _place(point: wire.Point | None) -> Affect | None:
    return Affect(point.valence, point.arousal) if point else None


def _way(points: list[wire.Point]) -> tuple[Affect, ...]:
    return tuple(Affect(one.valence, one.arousal) for one in points)
