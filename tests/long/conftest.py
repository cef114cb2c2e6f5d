"""What the long tests share: a server that can be killed, music, and a place for proof."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from affetto import __version__
from affetto.settings import Settings
from affetto.wiring import House, open_house
from long_kit import FILES, Proof, Server


@pytest.fixture(scope="session")
def proof() -> Proof:
    """Write what was measured where AFFETTO_PROOF says; without it, print it.

    Called with a file's name, a sentence that says what was done, and the figures.
    """

    def write(name: str, done: str, figures: Mapping[str, object]) -> None:
        rows = "\n".join(f"| {what} | {value} |" for what, value in figures.items())
        when = datetime.now(UTC).date().isoformat()
        text = (
            f"# {name.replace('-', ' ').capitalize()}\n\n{done}\n\n"
            f"| what | figure |\n| --- | --- |\n{rows}\n\n"
            f"Affetto {__version__}, Python {platform.python_version()}, {platform.system()}, "
            f"{os.cpu_count()} cores, {when}. Written by `make test-full`.\n"
        )
        folder = os.environ.get("AFFETTO_PROOF")
        if folder:
            (Path(folder) / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
        print(text)

    return write


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server with the demo's names but not its sound, which these tests never hear."""
    made = Server(tmp_path)
    try:
        yield made
    finally:
        made.kill()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house with neither demo nor files, for what a test connects."""
    with open_house(Settings(data_dir=tmp_path / "data", demo=False, providers=())) as house:
        yield house


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """A folder of short files in four formats, all different."""
    folder = tmp_path / "music"
    folder.mkdir()
    rng = np.random.default_rng(7)
    rate = 22_050
    time_s = np.arange(2 * rate) / rate
    kinds = (("wav", "PCM_16"), ("flac", "PCM_16"), ("ogg", "VORBIS"), ("mp3", "MPEG_LAYER_III"))
    for number in range(FILES):
        tone = np.sin(2 * np.pi * rng.uniform(110, 880) * time_s)
        sound = 0.3 * tone * (1 + np.sign(np.sin(2 * np.pi * rng.uniform(1, 3) * time_s))) / 2
        ending, subtype = kinds[number % 4]
        place = folder / f"album {number // 20}" / f"{number:03}.{ending}"
        place.parent.mkdir(exist_ok=True)
        soundfile.write(place, sound.astype(np.float32), rate, subtype=subtype)
    return folder
