"""How soon Affetto is there: the import, and the command."""

from __future__ import annotations

import statistics
import subprocess
import sys

from benches.table import Row


def starting() -> list[Row]:
    """``import affetto`` and ``affetto --help``, each in new interpreters."""

    def cpu_ms(code: str) -> float:
        timer = "import time; b = time.process_time()\n{}\nprint('\\n', time.process_time() - b)"
        done = subprocess.run(
            [sys.executable, "-c", timer.format(code)], capture_output=True, text=True, check=True
        )
        return float(done.stdout.split()[-1]) * 1000

    help_code = (
        "import contextlib, io, sys; sys.argv = ['affetto', '--help']\n"
        "from affetto.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()"
    )
    rows = []
    beside = statistics.median(cpu_ms("import numpy") for _ in range(9))
    for what, code, bar in (
        ("import affetto", "import affetto", 150),
        ("affetto --help", help_code, 400),
    ):
        times = [cpu_ms(code) for _ in range(9)]
        middle = statistics.median(times)
        rows.append(
            Row(what, cpu=middle, bar=f"CPU {bar} ms", met=middle <= bar,
                beside=f"import numpy: {beside:.0f}")
        )  # fmt: skip
    return rows
