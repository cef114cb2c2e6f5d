"""The same face from one picture of a clip to the next, by where it is.

Boxes that overlap are one face. No face is recognised: whoever leaves and comes back is
somebody new, unless in the very same place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from affetto.senses.face import Look, SeenFace, UnreadFace

SAME: Final = 0.2  # of the union of two boxes; people move between two moments
PATIENCE_S: Final = 1.0  # how long a face may be out of sight

Face = SeenFace | UnreadFace
Box = tuple[int, int, int, int]


@dataclass
class Track:
    """One face through time: where it was last and the looks at it, oldest first."""

    box: Box
    looks: list[tuple[float, Face]] = field(default_factory=list)  # second, face

    @property
    def seen_s(self) -> float:
        """When it was seen last."""
        return self.looks[-1][0]

    def lately(self, seconds: float) -> list[Face]:
        """The looks of the last ``seconds`` up to the last look."""
        return [face for at_s, face in self.looks if at_s > self.seen_s - seconds]


class Faces:
    """The faces of a clip so far."""

    def __init__(self) -> None:
        self._tracks: list[Track] = []

    def place(self, look: Look, at_s: float) -> list[Track]:
        """The track of each face in ``look``, largest face first, each with that look added.

        ``at_s`` must not run backwards.
        """
        self._tracks = [t for t in self._tracks if t.seen_s >= at_s - PATIENCE_S]
        faces: list[Face] = [*look.faces, *look.unread]
        faces.sort(key=lambda face: -_area(face.box))
        placed = []
        for face, track in self._matches(faces):
            if track is None:
                track = Track(face.box)
                self._tracks.append(track)
            track.box = face.box
            track.looks = [*track.looks[-63:], (at_s, face)]
            placed.append(track)
        return placed

    def _matches(self, faces: list[Face]) -> Iterator[tuple[Face, Track | None]]:
        """Each face with the track it continues: of all pairs, the best overlap first."""
        pairs = sorted(
            ((overlap(f.box, t.box), i, k) for i, f in enumerate(faces)
             for k, t in enumerate(self._tracks)),
            reverse=True,
        )  # fmt: skip
        chosen: dict[int, int] = {}
        for share, i, k in pairs:
            if share >= SAME and i not in chosen and k not in chosen.values():
                chosen[i] = k
        tracks = list(self._tracks)
        for i, face in enumerate(faces):
            yield face, tracks[chosen[i]] if i in chosen else None


def overlap(one: Box, other: Box) -> float:
    """What two boxes (x, y, width, height) share of their union, in [0, 1]."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    shared = max(0, wide) * max(0, high)
    union = _area(one) + _area(other) - shared
    return shared / union if union else 0.0


def _area(box: Box) -> int:
    return box[2] * box[3]
