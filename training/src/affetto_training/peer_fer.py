"""What the package ``fer`` answers to our crops and photos. Run with a Python of its own.

``fer`` (25.10.3, MIT; its net is mini_XCEPTION of oarriaga/face_classification, trained on
FER2013) wants TensorFlow and an old OpenCV, which we do not:

    python -m venv peer
    peer/bin/pip install "tensorflow-cpu==2.19.*" "opencv-contrib-python-headless<5" \\
        "setuptools<81" requests pandas "moviepy<2" matplotlib tqdm ffmpeg-python pillow
    peer/bin/pip install --no-deps fer==25.10.3
    peer/bin/python training/src/affetto_training/peer_fer.py crops.npz answers.npz \\
        --photos PHOTOS

A crop goes in as it is, made 64 × 64 and scaled to [-1, 1] as the package does. The net is the
package's own in full precision (``use_tflite=False``): on PublicTest that is slightly better
than the quantised file it takes by default, whose answers are kept under ``whole-tflite``.
Photos go through ``detect_emotions``, once with our boxes and once with its own Haar detector.
"""

from __future__ import annotations

import argparse
import importlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np


def asked(reader: Any, crops: Any) -> Any:
    """Shares float32 (n, 7) for crops uint8 (n, 48, 48), in FER2013's own order."""
    cv2 = importlib.import_module("cv2")
    large = np.stack([cv2.resize(crop, (64, 64)) for crop in crops]).astype(np.float32)
    scaled = (large / 255 - 0.5) * 2
    if reader.use_tflite:
        return np.asarray(reader._classify_emotions(scaled))
    parts = [
        np.asarray(reader._classify_emotions(scaled[i : i + 256, ..., None]))
        for i in range(0, len(scaled), 256)
    ]
    return np.concatenate(parts)


def looked(reader: Any, photos: Path, boxes: dict[str, list[list[int]]]) -> dict[str, Any]:
    """For each photo: what it says in our boxes, and what its own detector finds there."""
    cv2 = importlib.import_module("cv2")

    def plain(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                "box": [int(v) for v in face["box"]],
                "shares": {name: float(share) for name, share in face["emotions"].items()},
            }
            for face in found
        ]

    said = {}
    for name, places in boxes.items():
        picture = cv2.imread(str(photos / name))
        said[name] = {
            "our_boxes": plain(reader.detect_emotions(picture, np.array(places))) if places else [],
            "own_boxes": plain(reader.detect_emotions(picture)),
        }
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description="Ask the package fer about crops and photos.")
    parser.add_argument("crops", type=Path, help="what the lab's command crops wrote")
    parser.add_argument("answers", type=Path, help="the .npz to write")
    parser.add_argument("--photos", type=Path, help="the folder of sample photos")
    options = parser.parse_args()
    fer = importlib.import_module("fer.fer")
    reader, quantised = fer.FER(use_tflite=False), fer.FER()
    with np.load(options.crops) as file:
        answers = {name: asked(reader, file[name]) for name in file.files if name != "boxes"}
        answers["whole-tflite"] = asked(quantised, file["whole"])
        boxes = json.loads(str(file["boxes"])) if "boxes" in file.files else {}
    if options.photos:
        answers["photos"] = np.array(json.dumps(looked(reader, options.photos, boxes)))
    answers["about"] = np.array(
        json.dumps({"package": "fer", "version": version("fer"), "runs_on": version_of_runtime()})
    )
    np.savez(options.answers, **answers)


def version_of_runtime() -> str:
    return f"tensorflow {importlib.import_module('tensorflow').__version__}"


if __name__ == "__main__":
    main()
