"""The sample photos: what a person sees in them, and what a reader says of each face.

They are not FER2013's: other people, colour, rooms, a stage. They are also very few, so they
can show a fault and prove no merit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from affetto.senses.camera import open_picture
from affetto.senses.face import FaceReader

Box = tuple[int, int, int, int]  # x, y, width, height in pixels of the photo as stored

# What the notes that came with the photos say of each face, from left to right; either word
# where two stand, and nothing where no word was given. The smallest faces, in the
# background, are not named.
VIEWED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "fr_obama.jpg": (("happy",),),
    "fr_biden.jpg": (("happy",),),
    "fr_two_people.jpg": (("neutral",), ("neutral",)),
    "fr_obama_and_biden.jpg": (("happy",), ("happy",)),
    "fer_justin.jpg": (("happy", "neutral"),),
    "mt_ivan.jpg": ((),),
    "dl_dog.jpg": (),
}
# The note says smile, but the mouth is closed and the face serious: the same photograph is
# called neutral in fr_two_people.jpg. Figures are given with it and without.
DOUBTFUL: Final = ("fr_biden.jpg",)
SAME: Final = 0.3  # boxes that share more of their union are one face


def overlap(a: Sequence[float], b: Sequence[float]) -> float:
    """Intersection over union of two boxes."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(0.0, wide) * max(0.0, high)
    union = a[2] * a[3] + b[2] * b[3] - shared
    return shared / union if union else 0.0


def found_in(photo: Path, reader: FaceReader, count: int) -> list[dict[str, Any]]:
    """The ``count`` largest faces from left to right, in pixels of the photo as stored.

    Each has a box, and either shares or the doubt for which it was not read.
    """
    from PIL import Image

    frame = open_picture(photo)
    with Image.open(photo) as stored:
        scale = max(stored.size) / max(frame.pixels.shape[:2])
    look = reader.look(frame, thorough=True)
    found: list[dict[str, Any]] = [
        {"box": _scaled(face.box, scale), "shares": dict(face.probabilities)} for face in look.faces
    ]
    found += [{"box": _scaled(face.box, scale), "doubt": face.doubt} for face in look.unread]
    found.sort(key=lambda face: face["box"][2] * face["box"][3], reverse=True)
    return sorted(found[:count], key=lambda face: face["box"][0])


def boxes_of(photos: Path, reader: FaceReader) -> str:
    """The named faces' boxes for a reader with another detector, as JSON: photo → boxes."""
    return json.dumps(
        {
            name: [face["box"] for face in found_in(photos / name, reader, len(viewed))]
            for name, viewed in VIEWED.items()
            if (photos / name).exists()
        }
    )


def ours(photos: Path, reader: FaceReader) -> list[dict[str, Any]]:
    """What we say of each named face; a photo without a face has one entry if we find one."""
    rows = []
    for name, viewed in VIEWED.items():
        if not (photos / name).exists():
            continue
        found = found_in(photos / name, reader, max(1, len(viewed)))
        if not viewed:
            rows.append({"photo": name, "face": 0, "viewer": [], **_no_face(len(found))})
        for k, words in enumerate(viewed):
            answer = found[k] if k < len(found) else None
            rows.append({"photo": name, "face": k + 1, "viewer": list(words), **_said(answer)})
    return rows


def theirs(
    said: Mapping[str, Mapping[str, Any]], boxes: Mapping[str, Sequence[Sequence[int]]], kind: str
) -> list[dict[str, Any]]:
    """The same for a peer's answers; ``kind`` is "our_boxes" or "own_boxes".

    A face of ours that none of its own boxes meets was missed; a box that meets no named face
    is counted under ``others``, once for each photo.
    """
    rows = []
    for name, viewed in VIEWED.items():
        if name not in said:
            continue
        answers = list(said[name][kind])
        if not viewed:
            rows.append({"photo": name, "face": 0, "viewer": [], **_no_face(len(answers))})
        for k, words in enumerate(viewed):
            met = [
                a
                for a in answers
                if k < len(boxes[name]) and overlap(a["box"], boxes[name][k]) > SAME
            ]
            rows.append(
                {
                    "photo": name,
                    "face": k + 1,
                    "viewer": list(words),
                    **_said(met[0] if met else None),
                }
            )
            answers = [a for a in answers if a not in met]
        if viewed:
            rows[-1]["others"] = len(answers)
    return rows


def tally(rows: Sequence[Mapping[str, Any]], *, doubtful: bool) -> dict[str, int]:
    """How many faces that a viewer has a word for were found, read, and read so."""
    counted = [row for row in rows if row["viewer"] and (doubtful or row["photo"] not in DOUBTFUL)]
    return {
        "of": len(counted),
        "found": sum(row["found"] for row in counted),
        "read": sum(row["says"] is not None for row in counted),
        "right": sum(row["says"] in row["viewer"] for row in counted),
    }


def _said(answer: Mapping[str, Any] | None) -> dict[str, Any]:
    if answer is None or "doubt" in answer:
        doubt = None if answer is None else answer["doubt"]
        return {"found": answer is not None, "says": None, "share": None, "doubt": doubt}
    says = max(answer["shares"], key=answer["shares"].__getitem__)
    return {"found": True, "says": says, "share": round(answer["shares"][says], 3), "doubt": None}


def _no_face(count: int) -> dict[str, Any]:
    return {"found": count > 0, "says": None, "share": None, "doubt": None}


def _scaled(box: Box, scale: float) -> list[int]:
    return [round(value * scale) for value in box]
