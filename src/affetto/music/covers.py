"""Cover art drawn from a track's own mood: a sky, a light, and hills, water or arches.

Pleasant music is warm, unpleasant cool; awake is vivid, drowsy is muted and smooth.
Calm pieces get level horizons, tense ones peaks. The same track always gives the same
picture, and no two tracks the same. Small enough to send inline, without text or script.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from hashlib import blake2s
from itertools import pairwise
from typing import Final

from affetto.track import Track

_SIZE: Final = 400


@dataclass(frozen=True, slots=True)
class _Paint:
    """What every part of a picture is painted with."""

    rng: random.Random
    valence: float
    arousal: float
    night: float  # OKLCH lightness of the upper sky
    chroma: float
    hue: float

    @property
    def awake(self) -> float:
        return (self.arousal + 1) / 2

    @property
    def tense(self) -> bool:
        return self.valence < 0 < self.arousal

    def bright(self) -> str:
        """The colour of the light."""
        return _rgb(min(0.95, self.night + 0.46), 0.03 + 0.5 * self.chroma, self.hue - 22)

    def shade(self, depth: float) -> str:
        """From the far (0), near the sky's colour, to the near (1), dark and turned."""
        return _rgb(
            self.night + 0.2 - 0.42 * depth * (0.8 + 0.2 * (1 - self.valence) / 2),
            self.chroma * (1.05 - 0.35 * depth),
            self.hue + 12 - 46 * depth * (0.5 + 0.5 * self.awake),
        )


def cover_svg(track: Track) -> bytes:
    """A square SVG of at most 6 kB; needs no features, but is truer with them."""
    rng = random.Random(blake2s(track.uri.encode(), digest_size=8).digest())
    valence, arousal = 0.0, 0.0
    if track.features is not None:
        valence, arousal = track.features.valence, track.features.arousal
    # Dark yellow is olive: delight needs a lighter sky, that reddens upwards.
    glad = min(1.0, 4 * max(0.0, valence) * max(0.0, arousal))
    paint = _Paint(
        rng,
        valence,
        arousal,
        night=0.34 + 0.11 * (valence + 1) + 0.08 * rng.random() + 0.1 * glad,
        chroma=0.045 + 0.055 * (arousal + 1),
        hue=_hue(valence, arousal) + rng.uniform(-16, 16),
    )
    top = _rgb(paint.night, paint.chroma * 0.9, paint.hue + 28 - 52 * glad)
    low = _rgb(paint.night + 0.3, paint.chroma, paint.hue - 8 + 14 * glad)
    scenes = (_hills, _hills, _arches) if arousal > 0.1 else (_hills, _sea, _arches, _sea)
    scene = scenes[rng.randrange(len(scenes))]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" '
        f'width="{_SIZE}" height="{_SIZE}">'
        '<defs><linearGradient id="s" x2="0" y2="1">'
        f'<stop stop-color="{top}"/><stop offset=".85" stop-color="{low}"/>'
        "</linearGradient></defs>"
        f'<path fill="url(#s)" d="M0 0h{_SIZE}v{_SIZE}H0z"/>{scene(paint)}</svg>'
    ).encode()


def _hills(paint: _Paint) -> str:
    """Layers of land under a light; peaks where the music is tense."""
    rng = paint.rng
    parts = [_light(paint, 110 + 180 * rng.random(), 95 + 75 * rng.random())]
    horizon = 205 + 60 * rng.random()
    layers = 4 + rng.randrange(2)
    for layer in range(layers):
        depth = (layer + 1) / layers
        base = horizon + (_SIZE - horizon) * (layer / layers) ** 1.1
        height = (14 + 62 * paint.awake) * (1 - 0.45 * depth)
        line = (_peaks if paint.tense else _waves)(rng, base, height)
        parts.append(f'<path fill="{paint.shade(depth)}" d="{line}V{_SIZE}H0z"/>')
    return "".join(parts)


def _sea(paint: _Paint) -> str:
    """Still water under a light, with the light lying on it."""
    rng = paint.rng
    x, horizon = 130 + 140 * rng.random(), 225 + 45 * rng.random()
    shore = _waves(rng, horizon - 8, 18 + 20 * paint.awake)
    parts = [
        _light(paint, x, horizon - 95 - 35 * rng.random()),
        f'<path fill="{paint.shade(0.3)}" d="{shore}V{_SIZE}H0z"/>'
        f'<path fill="{paint.shade(0.55)}" d="M0 {horizon:.0f}H{_SIZE}V{_SIZE}H0z"/>',
    ]
    y, bright = horizon + 12, paint.bright()
    for turn in range(9):
        half = (62 - 5 * turn) * (0.55 + 0.6 * rng.random())
        left = x - half + 10 * rng.uniform(-1, 1)
        parts.append(
            f'<rect x="{left:.0f}" y="{y:.0f}" width="{2 * half:.0f}" height="{3 + turn / 2:.0f}" '
            f'rx="3" fill="{bright}" opacity="{0.7 - 0.065 * turn:.2f}"/>'
        )
        y += 11 + 1.6 * turn
        if y > _SIZE - 16:
            break
    near = _waves(rng, _SIZE - 26, 22)
    parts.append(f'<path fill="{paint.shade(1)}" d="{near}V{_SIZE}H0z"/>')
    return "".join(parts)


def _arches(paint: _Paint) -> str:
    """Arches one inside another, the innermost alight; gables where the music is tense."""
    rng = paint.rng
    x = 120 + 160 * rng.random()
    count = 5 + rng.randrange(2)
    widest = 225 + 50 * rng.random()
    parts = []
    for turn in range(count):
        radius = widest * (1 - turn / count) ** 0.9
        near = turn / count
        colour = paint.bright()
        if turn < count - 1:
            colour = _rgb(paint.night + 0.36 * near, paint.chroma, paint.hue + 24 - 44 * near)
            if paint.tense:
                colour = paint.shade(1 - 1.15 * near)
        if paint.tense:
            tip = _SIZE - radius * 1.35
            line = f"M{x - radius:.0f} {_SIZE}L{x:.0f} {tip:.0f}L{x + radius:.0f} {_SIZE}z"
            parts.append(f'<path fill="{colour}" d="{line}"/>')
        else:
            parts.append(
                f'<circle cx="{x:.0f}" cy="{_SIZE - 20}" r="{radius:.0f}" fill="{colour}"/>'
            )
    ground = (_peaks if paint.tense else _waves)(rng, _SIZE - 42, 14 + 26 * paint.awake)
    parts.append(f'<path fill="{paint.shade(1.1)}" d="{ground}V{_SIZE}H0z"/>')
    return "".join(parts)


def _hue(valence: float, arousal: float) -> float:
    """OKLCH hue in degrees: amber for delight, green for ease, blue for sorrow, red for anger.

    Goes round the map by angle, so that neighbours in mood are neighbours in colour.
    """
    turn = math.degrees(math.atan2(arousal, valence)) % 360  # 0 is pleasant, 90 awake
    stops = ((0, 115), (45, 72), (90, 38), (135, 12), (180, -50), (225, -100), (270, -145),
             (315, -205), (360, -245))  # fmt: skip
    for (a, low), (b, high) in pairwise(stops):
        if a <= turn <= b:
            return (low + (high - low) * (turn - a) / (b - a)) % 360
    return 72.0


def _light(paint: _Paint, x: float, y: float) -> str:
    """A sun, a ring or a moon, with its glow."""
    rng, awake, bright = paint.rng, paint.awake, paint.bright()
    radius = 28 + 28 * rng.random() + 7 * (paint.valence + 1)
    glow = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius * grow:.0f}" fill="{bright}" '
        f'opacity="{strength}"/>'
        for grow, strength in ((2.5, 0.07), (1.75, 0.1), (1.3, 0.14))
    )
    kind = rng.randrange(3)
    if kind == 0 and awake < 0.6:  # a crescent
        bite = radius * (0.35 + 0.4 * rng.random())
        end = f"{x + bite * 0.5:.0f} {y + radius * 0.9:.0f}"
        start = f"{x + bite * 0.5:.0f} {y - radius * 0.9:.0f}"
        return (
            f'{glow}<path fill="{bright}" d="M{start}A{radius:.0f} {radius:.0f} 0 1 0 {end}'
            f'A{radius * 1.05:.0f} {radius * 1.05:.0f} 0 0 1 {start}z"/>'
        )
    disc = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" '
    if kind == 1:  # a ring within a ring
        return (
            f'{glow}{disc}fill="none" stroke="{bright}" stroke-width="{5 + 6 * awake:.0f}"/>'
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius * 0.62:.0f}" fill="{bright}"/>'
        )
    return f'{glow}{disc}fill="{bright}"/>'


def _waves(rng: random.Random, base: float, height: float) -> str:
    """A smooth skyline from left to right."""
    count = 3 + rng.randrange(3)
    step = _SIZE / count
    y = base + height * rng.uniform(-0.5, 0.5)
    line = f"M0 {y:.0f}"
    for place in range(count):
        after = base + height * rng.uniform(-0.6, 0.6)
        x = place * step
        line += (
            f"C{x + step / 2:.0f} {y:.0f} {x + step / 2:.0f} {after:.0f} {x + step:.0f} {after:.0f}"
        )
        y = after
    return line


def _peaks(rng: random.Random, base: float, height: float) -> str:
    """A jagged skyline from left to right."""
    count = 6 + rng.randrange(4)
    line = f"M0 {base:.0f}"
    for place in range(count):
        up = base - height * (0.3 + 0.8 * rng.random())
        x = (place + 0.3 + 0.4 * rng.random()) * _SIZE / count
        down = base + height * 0.3 * rng.random()
        line += f"L{x:.0f} {up:.0f} {(place + 1) * _SIZE / count:.0f} {down:.0f}"
    return line


def _rgb(lightness: float, chroma: float, hue: float) -> str:
    """A hex colour from OKLCH (Ottosson, 2020), with chroma reduced until sRGB can show it."""
    lightness = min(0.97, max(0.08, lightness))
    while True:
        a = chroma * math.cos(math.radians(hue))
        b = chroma * math.sin(math.radians(hue))
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        linear = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        if chroma < 0.005 or all(-0.0005 <= value <= 1.0005 for value in linear):
            break
        chroma *= 0.93
    shown = (
        12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055
        for v in (min(1.0, max(0.0, value)) for value in linear)
    )
    return "#" + "".join(f"{round(255 * value):02x}" for value in shown)
