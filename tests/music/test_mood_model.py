from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from affetto.errors import ModelMissing
from affetto.music.ear import BANDS, FRAMES, WIDTH, listen, patches_of
from affetto.music.hearing import RATE, Floats, measure
from affetto.music.mood_model import ARRAYS, CUES, FILE, MoodModel, cues, shipped


def tone(seconds: float, level: float = 0.2) -> Floats:
    t = np.arange(int(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * 330 * t)).astype(np.float32)


def test_the_model_in_the_package_says_what_it_learned_from_and_how_good_it_is() -> None:
    model, card = shipped()
    assert card.labels == ("valence", "arousal", "valence sd", "arousal sd")
    assert model.landmarks.shape[1] == len(CUES) + WIDTH
    scores = card.scores["by_recording"]
    assert scores["valence"]["r"] >= 0.68
    assert scores["arousal"]["r"] >= 0.87
    assert scores["quadrant"] >= 0.6
    assert all(0.85 <= scores[axis]["coverage90"] <= 0.95 for axis in ("valence", "arousal"))


def test_moods_stay_on_the_plane_and_blurs_are_real_whatever_comes_in() -> None:
    model, _ = shipped()
    wide = np.random.default_rng(1).normal(0, 1000, (50, len(CUES) + WIDTH))
    told = model.tell(wide)
    assert np.isfinite(told).all()
    assert np.abs(told[:, :2]).max() <= 1
    assert told[:, 2:].min() > 0


def test_what_is_far_from_all_rated_music_has_the_wider_blur() -> None:
    model, _ = shipped()
    steps = np.arange(5.0)[:, None]
    blurs = model.tell(model.usual + steps * model.spread)[:, 2:]
    assert (blurs[4] > 1.2 * blurs[0]).all()
    assert (np.diff(blurs, axis=0) > 0).all()


def test_no_excerpt_and_no_rating_can_be_had_back_from_the_file() -> None:
    model, card = shipped()
    excerpts = card.scores["by_recording"]["n"]
    with np.load(FILE) as kept:
        sizes = {name: kept[name].shape for name in kept.files}
    assert set(sizes) == {"card", "likeness", "noise", *ARRAYS}
    # All that ratings have a part in: fewer than half as many numbers as there are ratings.
    assert 2 * (model.weights.size + model.means.size + model.scale.size) < 2 * excerpts
    # What recordings have a part in has fewer than half as many rows as there are recordings.
    assert sizes["landmarks"][0] <= excerpts // 2
    assert not any(excerpts in shape for shape in sizes.values())
    # Landmarks lie in pairs about the middle, as no pieces do.
    one, other = np.split(model.landmarks, 2)
    assert one + other == pytest.approx(np.broadcast_to(one[0] + other[0], one.shape), abs=1e-5)


def test_a_model_kept_and_read_again_says_the_same(tmp_path: Path) -> None:
    model, card = shipped()
    model.write(tmp_path / "again.npz", card)
    again, its_card = MoodModel.read(tmp_path / "again.npz")
    pieces = np.random.default_rng(2).normal(model.usual, model.spread, (20, len(model.usual)))
    assert again.tell(pieces) == pytest.approx(model.tell(pieces), abs=1e-5)
    assert its_card == card


@pytest.mark.parametrize("content", [b"", b"PK no archive", None])
def test_a_damaged_model_says_so_with_a_remedy(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "music-mood.npz"
    if content is not None:
        path.write_bytes(content or FILE.read_bytes()[:5000])
    with pytest.raises(ModelMissing) as caught:
        MoodModel.read(path)
    assert "Reinstall" in caught.value.remedy


@pytest.mark.parametrize(
    ("seconds", "most", "patches"),
    [(0.001, 3, 1), (1, 3, 1), (6.02, 3, 2), (6.02, 1, 1), (10, 3, 3), (10, 1, 1), (30, 3, 3)],
)
def test_the_ear_takes_as_many_patches_as_fit(seconds: float, most: int, patches: int) -> None:
    assert patches_of(tone(seconds), most).shape == (patches, FRAMES, BANDS)


def test_the_ear_hears_a_held_tone_alike_wherever_it_listens() -> None:
    one, three = listen([tone(10)], most=1), listen([tone(10)] * 3)
    assert one == pytest.approx(three, abs=0.15)
    assert one.shape == (WIDTH,)


def test_the_ear_and_the_cues_are_numbers_for_the_oddest_of_sounds() -> None:
    click = np.zeros(2000, np.float32)
    click[1000] = 1
    for odd in (click, tone(0.05), tone(3, 8.0), np.sign(tone(4))):
        assert np.isfinite(cues(measure([odd]))).all()
        assert np.isfinite(listen([odd])).all()
