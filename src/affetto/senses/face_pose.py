"""How far a head is turned away from the camera, told from the detector's keypoints.

A head of average proportions is laid over the six keypoints in the least-squares sense,
as a camera far away would see it (scaled orthography; the factorisation of Tomasi &
Kanade, Int. J. Computer Vision 9(2), 1992, with the shape known). A turned nose moves
against the ears and eyes, which close up; all six points share in the answer, so an eye
that a profile hides, and the detector only guesses, spoils little.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.senses.face_finder import FoundFace

Floats = npt.NDArray[np.float64]

# An adult head in cm, in the order of the detector's keypoints: to its own left, down,
# and forward, from the middle between the tragions of the ears. Pupils are 6.3 cm apart
# (Dodgson, Proc. SPIE 5291, 2004); the rest is rounded, and half a centimetre either
# way moves the angle by less than three degrees.
HEAD: Final[Floats] = np.array(
    [
        [-3.15, -1.5, 7.0],  # right eye
        [3.15, -1.5, 7.0],  # left eye
        [0.0, 2.8, 12.0],  # tip of the nose
        [0.0, 6.0, 10.0],  # middle of the mouth
        [-7.3, 0.0, 0.0],  # right ear
        [7.3, 0.0, 0.0],  # left ear
    ]
)
_SOLVED: Final[Floats] = np.linalg.pinv(HEAD - HEAD.mean(0))  # (3, 6)


def turned_by(face: FoundFace) -> float:
    """The angle between where the face points and the camera, degrees in [0, 90].

    To a side, up and down count alike; a head tilted to its shoulder is not turned.
    Keypoints that coincide tell no direction, and count as turned by 0.
    """
    points = face.keypoints.astype(np.float64)
    seen = (_SOLVED @ (points - points.mean(0))).T  # (2, 3): head to picture
    left, sizes, right = np.linalg.svd(seen, full_matrices=False)
    if sizes[0] < 1e-6:
        return 0.0
    forward = (left @ right)[:, 2]  # of the nearest rotation: the face's own forward
    return math.degrees(math.asin(min(1.0, math.hypot(*forward))))
