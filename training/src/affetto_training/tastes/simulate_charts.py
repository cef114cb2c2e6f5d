"""The charts of the page on simulated listeners, from what was found and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from affetto_training.plots import Line, Panel, even_ticks, figure
from affetto_training.songs.draw import bars
from affetto_training.tastes.policies import EARLIER, ENGINE, ORACLE

LEARNER = "LinUCB"
SHORT = {EARLIER: "earlier"}  # beside a line


def charts(found: Mapping[str, Any]) -> dict[str, str]:
    """Every chart by its file name; none where the policies it shows were not run."""
    scenarios = found["scenarios"]
    run = set.intersection(*(set(told["policies"]) for told in scenarios.values()))
    drawn = {}
    if {ENGINE, LEARNER} <= run:
        drawn["simulated-gap.svg"] = bars(
            "The gap from the earlier systems to the oracle", "of 100, how much is closed",
            {name: [max(0.0, 100 * told["policies"][p]["gap"][0]) for p in (ENGINE, LEARNER)]
             for name, told in scenarios.items()},
            [ENGINE, LEARNER], "{:.0f}",
        )  # fmt: skip
    if {ENGINE, LEARNER, EARLIER, ORACLE} <= run:
        drawn["simulated-sessions.svg"] = _sessions(scenarios)
    if "usual" in scenarios:
        rows = scenarios["usual"]["policies"]
        drawn["simulated-policies.svg"] = bars(
            "Usual listeners", "mean reward of a track",
            {name: [row["reward"][0]] for name, row in rows.items()}, ["reward"], "{:.3f}",
        )  # fmt: skip
    return drawn


def _sessions(scenarios: Mapping[str, Any]) -> str:
    lows, highs, panels = [], [], []
    for told in scenarios.values():
        values = [x for p in (ENGINE, LEARNER, EARLIER, ORACLE) for x in told["curves"][p]]
        lows.append(min(values))
        highs.append(max(values))
    low, high = int(10 * min(lows)) / 10, -(-int(1000 * max(highs)) // 100) / 10
    for name, told in scenarios.items():
        lines = [
            Line(SHORT.get(policy, policy), list(enumerate(told["curves"][policy], 1)), k)
            for k, policy in enumerate((ENGINE, LEARNER, EARLIER, ORACLE))
        ]
        last = len(lines[0].points)
        panels.append(
            Panel(name[0].upper() + name[1:], "session", "mean reward of a track", lines,
                  even_ticks(1, last, 1), even_ticks(low, high, 0.1, "{:.1f}"))
        )  # fmt: skip
    words = "; ".join(
        f"{name}: {ENGINE} {told['curves'][ENGINE][0]:.2f} in the first session, "
        f"{told['curves'][ENGINE][-1]:.2f} in the last"
        for name, told in scenarios.items()
    )
    return figure(panels, title="Reward from session to session", words=words)
