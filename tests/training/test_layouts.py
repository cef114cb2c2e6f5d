"""Every layout FER2013 comes in gives the same faces under the same names."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from training_kit import face, picture

pytest.importorskip("pyarrow", reason="training reads parquet")

import pyarrow as pa
import pyarrow.parquet as pq

from affetto.errors import AffettoError
from affetto_training.fer2013 import (
    FER2013_LABELS,
    FOUR,
    Faces,
    hold_out,
    training_twins,
    without_twins,
    write_training_twins,
)
from affetto_training.layouts import layout_of, read_faces, read_parquet, read_splits

pytestmark = pytest.mark.training

# How often each class stands in each split of the official csv.
OFFICIAL = {
    "Training": (3995, 436, 4097, 7215, 4830, 3171, 4965),
    "PublicTest": (467, 56, 496, 895, 653, 415, 607),
    "PrivateTest": (491, 55, 528, 879, 594, 416, 626),
}


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A csv with the official number of rows; its pictures are one pixel each."""
    path = tmp_path_factory.mktemp("csv") / "fer2013.csv"
    rows = [
        f"{label},{label * 30},{split}"
        for split, counts in OFFICIAL.items()
        for label, count in enumerate(counts)
        for _ in range(count)
    ]
    path.write_text("\n".join(["emotion,pixels,Usage", *rows]) + "\n")
    return path


def folders(root: Path, names: dict[str, str], counts: dict[str, int]) -> Path:
    """Class folders under other names; every picture's bright band is its class's."""
    rng = np.random.default_rng(3)
    for split in ("train", "test"):
        for label, name in enumerate(FER2013_LABELS):
            folder = root / split / names.get(name, name)
            folder.mkdir(parents=True)
            for i in range(counts.get(name, 1)):
                (folder / f"{i}.png").write_bytes(picture(face(label, rng)))
    return root


def band(faces: Faces) -> list[int]:
    return [int(p.mean(1)[:42].reshape(7, 6).mean(1).argmax()) for p in faces.pixels]


def test_the_official_csv_has_its_official_counts(official: Path) -> None:
    layout = layout_of(official)
    assert layout.kind == "csv"
    assert list(layout.totals.items()) == [
        ("Training", 28709), ("PublicTest", 3589), ("PrivateTest", 3589),
    ]  # fmt: skip
    assert layout.copy == "the official set, whole"
    for split, counts in OFFICIAL.items():
        assert tuple(layout.counts[split].values()) == counts


def test_the_view_of_four_keeps_26217_faces_of_the_whole_set(official: Path) -> None:
    four = read_faces(official).seen_as(FOUR)
    assert len(four) == 26217
    assert four.counts() == {"angry": 4953, "happy": 8989, "sad": 6077, "calm": 6198}


def test_the_csv_s_faces_are_the_ones_that_were_written(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    images = [face(label, rng) for label in (3, 0, 6)]
    lines = ["emotion, Usage, pixels"]  # another copy's order and blanks
    lines += [
        f"{label},Training,{' '.join(map(str, image.ravel()))}"
        for label, image in zip((3, 0, 6), images, strict=True)
    ]
    path = tmp_path / "icml.csv"
    path.write_text("\n".join(lines) + "\n")
    read = read_faces(path, "Training")
    assert np.array_equal(read.pixels, np.stack(images))
    assert [read.names[i] for i in read.labels] == ["happy", "angry", "neutral"]
    assert not read.ballots.any()


def test_the_crowd_s_votes_join_the_csv_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_text("emotion,pixels,Usage\n0,1,Training\n3,2,PublicTest\n")
    crowd = tmp_path / "fer2013new.csv"
    head = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown"
    crowd.write_text(
        f"{head},NF\nTraining,a,1,0,0,0,9,0,0,0,0,0\nPublicTest,b,0,8,0,0,0,0,0,0,2,0\n"
    )
    assert read_faces(path, "PublicTest").ballots.tolist() == [[0, 8, 0, 0, 0, 0, 0, 0, 2, 0]]
    assert read_faces(path).plurality.tolist() == [4, 1]
    crowd.write_text(
        f"{head},NF\nPublicTest,b,0,8,0,0,0,0,0,0,2,0\nTraining,a,1,0,0,0,9,0,0,0,0,0\n"
    )
    with pytest.raises(AffettoError, match="rows of fer2013new"):
        read_faces(path)


def test_a_class_is_known_by_its_folder_s_name_not_by_its_place(tmp_path: Path) -> None:
    plain = read_faces(folders(tmp_path / "plain", {}, {}))
    renamed = {"angry": "6_Angry", "happy": "00 Happiness", "sad": "1-sadness"}
    renamed["neutral"] = "Calm"
    moved = read_faces(folders(tmp_path / "moved", renamed, {}))
    for faces in (plain, moved):
        assert len(faces) == 14
        assert band(faces) == faces.labels.tolist()
        assert sorted(set(faces.labels.tolist())) == list(range(7))


def test_a_folder_named_after_nothing_we_know_is_refused_by_name(tmp_path: Path) -> None:
    root = folders(tmp_path, {"fear": "bored"}, {})
    with pytest.raises(AffettoError, match="bored"):
        layout_of(root)


def test_folders_say_their_splits_and_counts(tmp_path: Path) -> None:
    layout = layout_of(folders(tmp_path, {}, {"happy": 3}))
    assert layout.totals == {"Training": 9, "test": 9}
    assert layout.counts["test"]["happy"] == 3
    assert str(layout).endswith("(a copy we do not know)")


@pytest.mark.parametrize(
    ("totals", "words"),
    [
        ((28709, 3589), "without PrivateTest"),
        ((28709, 7178), "poured together"),
        ((24176, 7178), "smaller than the official"),
    ],
)
def test_copies_in_use_are_told_apart_by_their_totals(
    tmp_path: Path, totals: tuple[int, int], words: str
) -> None:
    names = ("Training", "PublicTest" if totals[1] == 3589 else "test")
    split = [name for name, n in zip(names, totals, strict=True) for _ in range(n)]
    pq.write_table(pa.table({"split": split, "label": [3] * len(split)}), tmp_path / "f.parquet")
    assert words in str(layout_of(tmp_path / "f.parquet"))


def test_a_file_that_is_no_face_data_says_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.parquet"
    path.write_text("hello")
    with pytest.raises(AffettoError, match="cannot be read as face data"):
        layout_of(path)
    table = tmp_path / "x.csv"
    table.write_text("a,b\n1,2\n")
    with pytest.raises(AffettoError, match="no column emotion"):
        layout_of(table)


def test_twins_of_the_test_and_blank_images_leave_the_training(data: Path) -> None:
    training, public, others = read_splits(data)
    kept = without_twins(training, *others)
    assert len(training) == 82 and len(kept) == 79
    assert not set(kept.twins) & set(public.twins)


def test_a_copy_without_a_test_cannot_be_trained_on(tmp_path: Path) -> None:
    path = tmp_path / "fer2013.csv"
    path.write_text("emotion,pixels,Usage\n0,1,Training\n")
    with pytest.raises(AffettoError, match="another to score with"):
        read_splits(path)


def test_held_out_images_share_no_twin_with_the_rest(data: Path) -> None:
    training = read_parquet(data, "Training")
    doubled = training.only(np.concatenate([np.arange(82), np.arange(82)]))
    rest, held = hold_out(doubled, 10, seed=1)
    assert len(held) == 20 and not set(rest.twins) & set(held.twins)


def test_votes_are_shares_and_a_face_nobody_voted_on_has_none(data: Path) -> None:
    votes = read_parquet(data, "Training").votes
    assert votes.shape == (82, 9)
    assert sorted(set(votes.sum(1).round(6).tolist())) == [0.0, 1.0]


def test_fingerprints_written_down_find_the_same_pixels_again(data: Path, tmp_path: Path) -> None:
    training = read_parquet(data, "Training")
    held = write_training_twins(training, tmp_path / "twins.npy")
    known = np.load(tmp_path / "twins.npy")
    assert held == len(known) == 82
    assert np.isin(read_parquet(data, "PublicTest").twins, known).sum() == 2


def test_the_fingerprints_that_ship_are_small_and_sorted() -> None:
    known = training_twins()
    assert len(known) == 27473 and np.all(known[1:] > known[:-1])
    assert known.nbytes < 300_000


@pytest.mark.data
def test_the_parquet_has_the_counts_its_readme_states() -> None:
    if "AFFETTO_DATA" not in os.environ:
        pytest.skip("AFFETTO_DATA is not set")
    path = Path(os.environ["AFFETTO_DATA"]) / "fer2013" / "train_public.parquet"
    layout = layout_of(path)
    for split in ("Training", "PublicTest"):
        assert tuple(layout.counts[split].values()) == OFFICIAL[split]
    training, public, _ = read_splits(path)
    four = [part.seen_as(FOUR).counts() for part in (training, public)]
    assert {name: four[0][name] + four[1][name] for name in four[0]} == {
        "angry": 4462, "happy": 8110, "sad": 5483, "calm": 5572,
    }  # fmt: skip
    assert np.isin(public.twins, training.twins).sum() == 280
    assert np.array_equal(training_twins(), np.unique(training.twins))
    assert (public.plurality >= 0).sum() == 3396
