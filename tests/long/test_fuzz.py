"""Broken pictures by the thousand: each is opened or refused, never anything else."""

from __future__ import annotations

import io
import os
import random
import time
import warnings
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from affetto.errors import UnreadablePicture
from affetto.senses.camera import LONGEST_SIDE, open_picture
from long_kit import Proof, resident_mb

pytestmark = pytest.mark.long

MINUTES = float(os.environ.get("AFFETTO_FUZZ_MINUTES", "2"))


def seeds() -> list[bytes]:
    """Small whole pictures of every format and most colour modes."""
    rng = np.random.default_rng(5)
    colours = Image.fromarray(rng.integers(0, 255, (60, 80, 3), dtype=np.uint8))
    deep = Image.fromarray(rng.integers(0, 65535, (60, 80), dtype=np.uint16))
    made = []
    for kind, modes in {
        "JPEG": ("RGB", "L", "CMYK"),
        "PNG": ("RGB", "RGBA", "P", "L", "1", "I;16", "LA"),
        "WEBP": ("RGB", "RGBA"),
        "GIF": ("P", "L"),
        "BMP": ("RGB", "P", "1"),
    }.items():
        for mode in modes:
            picture = deep if mode == "I;16" else colours.convert(mode)
            for extra in ({}, {"progressive": True, "exif": b"Exif\0\0II*\0\x08\0\0\0"}):
                if extra and kind != "JPEG":
                    continue
                buffer = io.BytesIO()
                picture.save(buffer, kind, **extra)
                made.append(buffer.getvalue())
    return made


def spoil(content: bytes, rng: random.Random) -> bytes:
    """One to three injuries: bytes changed, cut, doubled, sizes made huge, tails lost."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 3)):
        if not data:
            break
        place = rng.randrange(min(len(data), 64) if rng.random() < 0.5 else len(data))
        match rng.randrange(6):
            case 0:
                data[place] = rng.randrange(256)
            case 1:
                data[place] ^= 1 << rng.randrange(8)
            case 2:
                data[place : place + 4] = rng.choice([b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"])
            case 3:
                del data[place : place + rng.randint(1, 64)]
            case 4:
                data[place:place] = data[place : place + rng.randint(1, 64)]
            case _:
                del data[rng.randrange(len(data)) :]
    return bytes(data)


def test_a_broken_picture_is_opened_or_refused_and_nothing_else(proof: Proof) -> None:
    rng = random.Random(17)
    whole = seeds()
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    begun = time.monotonic()
    before = resident_mb(os.getpid())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow remarks on odd files; only the outcome counts
        for content in whole:
            assert open_picture(content).pixels.ndim == 3
        while time.monotonic() - begun < MINUTES * 60:
            content = spoil(rng.choice(whole), rng)
            started = time.perf_counter()
            try:
                pixels = open_picture(content).pixels
            except UnreadablePicture as refusal:
                assert refusal.problem.endswith(".")
                assert refusal.remedy.endswith((".", ")"))
                outcomes["refused"] += 1
            else:
                assert pixels.dtype == np.uint8
                assert pixels.shape[2] == 3
                assert 1 <= max(pixels.shape[:2]) <= LONGEST_SIDE
                outcomes["opened"] += 1
            slowest = max(slowest, time.perf_counter() - started)
    grown = resident_mb(os.getpid()) - before
    proof(
        "picture-fuzz",
        f"`open_picture` on pictures in five formats, injured at random, for {MINUTES:g} minutes.",
        {
            "pictures": outcomes.total(),
            "opened all the same": outcomes["opened"],
            "refused with a remedy": outcomes["refused"],
            "anything else (a crash, another error, a wrong shape)": 0,
            "slowest": f"{slowest * 1000:.0f} ms",
            "memory grown by": f"{grown:.0f} MB",
        },
    )
    assert outcomes["refused"] > 100
    assert outcomes["opened"] > 100
    assert slowest < 5
    assert grown < 400
