"""Clips: their seconds told, plotted and drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from affetto.cli.progress import progress
from affetto.cli.reading.saving import cannot_save, whole
from affetto.errors import AffettoError, PartMissing, UnreadableClip

if TYPE_CHECKING:
    from affetto.cli.progress import Show
    from affetto.cli.reading.drawing import Mark
    from affetto.senses.face import FaceReader, Look
    from affetto.senses.following import Track
    from affetto.senses.timeline import Second

LOOKS_A_SECOND: Final = 15  # at a clip that is drawn; boxes stay where they were between
BLENDED_S: Final = 1.0  # a label tells the last second, or it would flicker
_CODECS: Final = ("libx264", "libopenh264", "mpeg4")  # the first that is there
_TICKS: Final = 60_000  # of the drawn clip's clock, a second; MPEG-4 counts to 65,535


class Reading:
    """One clip being read: iterate for its seconds, then look at ``error``."""

    def __init__(self, path: Path, reader: FaceReader, *, bar: bool) -> None:
        self._path, self._reader, self._bar = path, reader, bar
        self.seconds: list[Second] = []
        self.error: AffettoError | None = None

    def __iter__(self) -> Iterator[Second]:
        from affetto.senses.clip import open_clip
        from affetto.senses.timeline import timeline

        with ExitStack() as stack:
            show: Show | None = None
            try:
                clip = stack.enter_context(open_clip(self._path))
                if self._bar and clip.length_s:
                    show = stack.enter_context(progress("Reading"))
                for second in timeline(clip, self._reader, began=datetime.now(UTC)):
                    self.seconds.append(second)
                    if show is not None:
                        done, total = second.second + 1, int(clip.length_s or 0) + 1
                        show(min(done, total), total, self._path.name)
                    yield second
            except (UnreadableClip, PartMissing) as error:
                self.error = error


def bar_wanted() -> bool:
    """Whether a bar would be seen and would not run through the answer itself."""
    return sys.stderr.isatty() and not sys.stdout.isatty()


def draw_clip(source: Path, target: Path, reader: FaceReader) -> None:
    """Write ``source`` to ``target``, an MP4 without sound, with each face's box and label.

    A damaged clip is drawn as far as it goes. Raises UnreadableClip, PartMissing,
    CannotSave.
    """
    try:
        import av
    except ImportError as error:
        raise PartMissing(
            "Drawing a clip needs PyAV, which is not installed.",
            remedy='Install it with: pip install "affetto[video]"',
        ) from error
    from affetto.senses.clip import open_clip

    with whole(target) as part, open_clip(source) as clip:
        pictures = _drawn(clip.pictures(), reader, began=datetime.now(UTC))
        try:
            with av.open(str(part), "w", format="mp4", options={"movflags": "faststart"}) as made:
                _encode(av, made, pictures, clip.length_s, source.name)
        except av.FFmpegError as error:
            raise cannot_save(target, error) from error


def _encode(av: Any, made: Any, pictures: Any, length_s: float | None, name: str) -> None:
    codec = next(name for name in _CODECS if name in av.codecs_available)
    stream: Any = None
    with ExitStack() as stack:
        bar = sys.stderr.isatty() and bool(length_s)
        show = stack.enter_context(progress("Drawing")) if bar else None
        try:
            for start_s, image in pictures:
                wide, high = (side - side % 2 for side in image.size)  # as the codecs want it
                if stream is None:
                    stream = made.add_stream(codec, rate=30)
                    stream.width, stream.height = wide, high
                    stream.pix_fmt = "yuv420p"
                    stream.codec_context.time_base = Fraction(1, _TICKS)
                    if codec == "libx264":
                        stream.options = {"crf": "20", "preset": "veryfast"}
                    else:
                        stream.bit_rate = 8_000_000
                shown = av.VideoFrame.from_image(
                    image.resize((stream.width, stream.height))
                    if (wide, high) != (stream.width, stream.height)
                    else image.crop((0, 0, wide, high))
                )
                shown.pts, shown.time_base = round(start_s * _TICKS), Fraction(1, _TICKS)
                made.mux(stream.encode(shown))
                if show is not None:
                    show(int(start_s) + 1, int(length_s or 0) + 1, name)
        except UnreadableClip:
            if stream is None:
                raise  # the rest is told with the timeline
        made.mux(stream.encode())


def _drawn(pictures: Any, reader: FaceReader, *, began: datetime) -> Iterator[tuple[float, Any]]:
    """Every picture with its marks, and when it begins."""
    from affetto.cli.reading.drawing import drawn
    from affetto.senses.following import Faces
    from affetto.senses.sense import ImageFrame

    faces, marks, due_s = Faces(), [], 0.0
    for picture in pictures:
        pixels = picture.open()
        if picture.start_s >= due_s:
            look: Look = reader.look(ImageFrame(pixels, began), thorough=True)
            marks = [_mark(track) for track in faces.place(look, picture.start_s)]
            due_s = picture.start_s + 1 / LOOKS_A_SECOND - 1e-6
        yield picture.start_s, drawn(pixels, marks)


def _mark(track: Track) -> Mark:
    from affetto.cli.reading.drawing import read_mark, unread_mark
    from affetto.senses.face import SeenFace
    from affetto.senses.timeline import blended

    face = track.looks[-1][1]
    if not isinstance(face, SeenFace):
        return unread_mark(face)
    lately = track.lately(BLENDED_S)
    readings = [one.reading for one in lately if isinstance(one, SeenFace)]
    return read_mark(face.box, blended(readings, looks=len(lately), at=face.reading.at))
