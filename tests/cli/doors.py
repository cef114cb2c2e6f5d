"""A listener at the command line, with a house of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from affetto.cli.main import app


class Terminal:
    """Types commands; the house is in ``folder``, without the demo unless asked for."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.env = {
            "AFFETTO_DATA_DIR": str(folder),
            "AFFETTO_DEMO": "false",
            "AFFETTO_PROVIDERS": '["memory"]',
            "AFFETTO_OPEN_BROWSER": "false",
            "AFFETTO_PORT": "0",
            **settings,
        }

    def types(self, *words: str) -> Result:
        """Run ``affetto WORDS`` in this process."""
        return CliRunner().invoke(app, list(words), env=self.env)

    def starts(self, *words: str) -> subprocess.Popen[str]:
        """Run ``affetto WORDS`` in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "affetto", *words],
            env={**os.environ, **self.env, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
