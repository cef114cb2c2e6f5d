"""Runs one ONNX model on the processor: started late, held to its card, few threads."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from affetto.errors import ModelMissing
from affetto.inference.card import ModelCard

Floats = npt.NDArray[np.float32]


class OnnxRunner:
    """A model ready to run; the runtime is loaded with the first ``run``.

    May be shared by threads. One thread by default: these nets take milliseconds, and
    a second core serves the next listener better than this one.
    """

    def __init__(self, path: Path, card: ModelCard, *, threads: int = 1) -> None:
        self.card = card
        self._path = path
        self._threads = threads
        self._session: Any = None
        self._names: list[str] = []  # of the outputs
        self._starting = threading.Lock()

    def run(self, values: Floats) -> dict[str, Floats]:
        """Every output by name, for one input float32 of the shape the card gives.

        Raises ValueError, which is a bug in the caller, when the input is another shape
        or kind; ModelMissing when the file is no model.
        """
        self._check(values)
        session = self._started()
        outputs = session.run(self._names, {self.card.input.name: values})
        return dict(zip(self._names, outputs, strict=True))

    def _check(self, values: Floats) -> None:
        wanted = self.card.input.shape
        fits = len(wanted) == values.ndim and all(
            isinstance(side, str) or side == given
            for side, given in zip(wanted, values.shape, strict=True)
        )
        if not fits or values.dtype != np.float32:
            raise ValueError(
                f"{self.card.name} takes float32 {wanted}, not {values.dtype} {values.shape}"
            )

    def _started(self) -> Any:
        with self._starting:
            if self._session is None:
                import onnxruntime

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = self._threads
                options.inter_op_num_threads = 1
                options.log_severity_level = 3  # errors only
                # A waiting thread that spins heats a core and hides the true cost.
                options.add_session_config_entry("session.intra_op.allow_spinning", "0")
                try:
                    self._session = onnxruntime.InferenceSession(
                        str(self._path), options, providers=["CPUExecutionProvider"]
                    )
                except Exception as error:  # onnxruntime has no common class for these
                    raise ModelMissing(
                        f"The model {self._path.name} cannot be opened.",
                        remedy="Reinstall affetto.",
                    ) from error
                self._names = [output.name for output in self._session.get_outputs()]
            return self._session
