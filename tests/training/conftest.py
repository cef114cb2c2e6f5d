"""The table of made-up faces that the lab's tests share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training_kit import VOTES, face, picture


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """16 PublicTest and 82 Training faces; two of these are twins, one is blank."""
    pa = pytest.importorskip("pyarrow", reason="training reads parquet")
    import pyarrow.parquet as pq

    rng = np.random.default_rng(0)
    rows: dict[str, list[object]] = {"split": [], "label": [], "jpeg": []}
    rows |= {f"fp_{v}": [] for v in VOTES}
    for i in range(98):
        image = face(i % 7, rng)
        if i == 97:
            image[:] = 128
        rows["split"].append("PublicTest" if i < 16 else "Training")
        rows["label"].append(i % 7)
        rows["jpeg"].append(rows["jpeg"][i - 16] if i in (16, 17) else picture(image))
        for vote in VOTES:
            rows[f"fp_{vote}"].append(None if i == 20 else int(vote == "happiness") * 10)
    path = tmp_path_factory.mktemp("fer") / "faces.parquet"
    pq.write_table(pa.table(rows), path)
    return path
