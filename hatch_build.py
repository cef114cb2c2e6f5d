"""Refuse to build a wheel or sdist that would lack its page or a face detector.

All are made, not kept in the repository; a package without them would install well
and then show an empty window. Editable installs are made before they exist.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDED = {
    "the page": "src/affetto/server/static/index.html",
    "the near face detector": "src/affetto/inference/models/face-detector-near.onnx",
    "the far face detector": "src/affetto/inference/models/face-detector.onnx",
}


class CustomBuildHook(BuildHookInterface):
    """Looks, and changes nothing."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raise when something is missing. ``version`` is "editable" for ``pip install -e``."""
        if version == "editable":
            return
        missing = [name for name, path in NEEDED.items() if not (Path(self.root) / path).is_file()]
        if missing:
            raise FileNotFoundError(
                f"This package would lack {' and '.join(missing)}. "
                "Run `python3 tools/setup.py run` once, then build again."
            )
