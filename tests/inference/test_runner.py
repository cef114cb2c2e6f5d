from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

import faces_kit
from affetto.errors import ModelMissing
from affetto.inference import shelf
from affetto.inference.runner import OnnxRunner


def runner(folder: Path) -> OnnxRunner:
    return OnnxRunner(*shelf.find("expression", folder=faces_kit.with_opinion(folder)))


def test_a_model_answers_by_the_names_of_its_outputs(tmp_path: Path) -> None:
    answer = runner(tmp_path).run(np.zeros((2, 1, 48, 48), np.float32))
    assert set(answer) == {"logits"}
    assert answer["logits"].tolist() == [[0, 0, 0, 3, 0, 0, 1]] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((1, 1, 48, 47), np.float32),
        np.zeros((1, 48, 48), np.float32),
        np.zeros((1, 1, 48, 48), np.float64),
        np.zeros((1, 1, 48, 48), np.uint8),
    ],
)
def test_a_model_is_never_fed_what_its_card_does_not_allow(
    tmp_path: Path, wrong: np.ndarray
) -> None:
    with pytest.raises(ValueError, match="expression takes float32"):
        runner(tmp_path).run(wrong)


def test_a_file_that_is_no_model_says_so(tmp_path: Path) -> None:
    path = tmp_path / "expression.onnx"
    path.write_bytes(b"not a model")
    broken = OnnxRunner(path, faces_kit.card_for(path))
    with pytest.raises(ModelMissing, match="cannot be opened"):
        broken.run(np.zeros((1, 1, 48, 48), np.float32))


def test_threads_may_share_a_model(tmp_path: Path) -> None:
    shared, answers = runner(tmp_path), []

    def ask() -> None:
        answers.append(shared.run(np.zeros((1, 1, 48, 48), np.float32))["logits"].argmax())

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [3] * 4
