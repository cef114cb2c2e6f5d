"""Small pieces of made-up music, written as real files with real tags."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import soundfile

RATE = 44_100
HEARD_RATE = 22_050  # what the analysis listens at
FORMATS = {
    ".mp3": ("MP3", "MPEG_LAYER_III"),
    ".flac": ("FLAC", "PCM_16"),
    ".ogg": ("OGG", "VORBIS"),
    ".opus": ("OGG", "OPUS"),
    ".wav": ("WAV", "PCM_16"),
}
A_MAJOR = (220.0, 277.18, 329.63, 440.0)
A_MINOR = (220.0, 261.63, 329.63, 440.0)

# The smallest of pictures: one dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def chord(pitches: tuple[float, ...], seconds: float, level: float = 0.1) -> np.ndarray:
    """A held chord with some overtones: float32, (samples,)."""
    t = np.arange(int(seconds * RATE)) / RATE
    tones = [np.sin(2 * np.pi * f * n * t) / n for f in pitches for n in (1, 2, 3)]
    return (level * np.sum(tones, axis=0) / len(pitches)).astype(np.float32)


def beats(bpm: float, seconds: float, level: float = 0.5) -> np.ndarray:
    """Short bright strokes, evenly spaced."""
    rng = np.random.default_rng(7)
    since = (np.arange(int(seconds * RATE)) / RATE) % (60 / bpm)
    noise = rng.normal(0, 1, len(since))
    return (level * noise * np.exp(-since * 60)).astype(np.float32)


@cache
def note(pitch: float) -> np.ndarray:
    t = np.arange(int(1.5 * HEARD_RATE)) / HEARD_RATE
    wave = sum(np.sin(2 * np.pi * pitch * n * t) / n**1.5 for n in range(1, 7))
    return np.asarray(0.1 * wave * np.exp(-3 * t), dtype=np.float32)


def tune(seed: int, seconds: float = 30.0, swing: float = 1.0) -> np.ndarray:
    """A made-up piece: plucked notes of one scale over a bass, float32 at ``HEARD_RATE``."""
    rng = np.random.default_rng(seed)
    sound = np.zeros(int((seconds + 2) * HEARD_RATE), dtype=np.float32)
    scale = 220 * 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12, 14, 16]) / 12)
    at = 0.0
    while at < seconds:
        length = rng.choice([0.25, 0.5, 1.0]) * swing
        for pitch in (*rng.choice(scale, 2), rng.choice(scale[:5]) / 2):
            start = int(at * HEARD_RATE)
            piece = sound[start : start + len(note(pitch))]
            piece += note(pitch)[: len(piece)]
        at += length
    return sound[: int(seconds * HEARD_RATE)]


def write(path: Path, samples: np.ndarray, rate: int = RATE) -> Path:
    """Write ``samples`` in the format of the file's ending."""
    kind, subtype = FORMATS[path.suffix]
    if subtype == "OPUS":
        rate = 48_000  # Opus knows no 44.1 kHz; the piece becomes a little higher
    with soundfile.SoundFile(
        path, "w", rate, 1 if samples.ndim == 1 else samples.shape[1], subtype, format=kind
    ) as file:
        for start in range(0, len(samples), rate):  # one long Vorbis write can crash
            file.write(samples[start : start + rate])
    return path


def tag(path: Path, **tags: str) -> Path:
    """Write tags (title, artist, album, genre, date) into a file."""
    import mutagen
    import mutagen.id3

    if path.suffix == ".wav":
        frames = {"title": "TIT2", "artist": "TPE1", "album": "TALB", "genre": "TCON"}
        audio = mutagen.File(path)
        audio.add_tags()
        for name, text in tags.items():
            audio.tags.add(getattr(mutagen.id3, frames[name])(encoding=3, text=text))
    else:
        audio = mutagen.File(path, easy=True)
        if audio.tags is None:
            audio.add_tags()
        for name, text in tags.items():
            audio[name] = text
    audio.save()
    return path


def with_cover(path: Path, data: bytes, mime: str = "image/png") -> Path:
    """Put a picture into an mp3 or a flac."""
    import mutagen
    import mutagen.flac
    import mutagen.id3

    audio = mutagen.File(path)
    if path.suffix == ".flac":
        picture = mutagen.flac.Picture()
        picture.data, picture.mime, picture.type = data, mime, 3
        audio.add_picture(picture)
    else:
        if audio.tags is None:
            audio.add_tags()
        audio.tags.add(mutagen.id3.APIC(encoding=3, mime=mime, type=3, desc="", data=data))
    audio.save()
    return path
