"""Simulated listeners meet Affetto and every way of choosing beside it.

python -m affetto_training.tastes simulate
python -m affetto_training.tastes simulate --scenario contrary --policy Affetto --listeners 60
python -m affetto_training.tastes simulate --policy my_module:MyPolicy --quick
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

RESULTS = Path("training/results")
PAGE = Path("docs/simulated-listeners.md")
KEPT = Path("runs/simulate")
LISTENERS, QUICK = 500, (30, 3, 5)  # listeners, sessions and tracks of the quick run


def add(commands: Commands) -> None:
    """Put this sub-command's parser among the others."""
    parser = commands.add_parser(
        "simulate",
        help="let simulated listeners meet every way of choosing",
        description="A whole run (all scenarios, all policies) writes results, page and charts; "
        "a part of it, or a quick one, only prints, unless told where to write.",
    )
    parser.add_argument(
        "--scenario", action="append", metavar="NAME", help="only this one (may be given again)"
    )
    parser.add_argument(
        "--policy",
        action="append",
        metavar="NAME",
        help="only this one, by name or as module:Class (may be given again)",
    )
    parser.add_argument("--listeners", type=int, help=f"of each scenario ({LISTENERS})")
    parser.add_argument("--seed", type=int, default=0, help="of music, listeners and luck (0)")
    parser.add_argument("--quick", action="store_true", help="few listeners, short sessions")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--workers", type=int, default=2, help="processes side by side (2)")
    parser.add_argument("--kept", type=Path, default=KEPT, help="folder of outcomes to go on from")
    parser.add_argument("--to", type=Path, help=f"folder for JSON and CSV ({RESULTS})")
    parser.add_argument("--page", type=Path, help=f"the page to write ({PAGE})")
    parser.add_argument(
        "--from-results", action="store_true", help="only write the page anew, from the JSON"
    )


def run(options: argparse.Namespace) -> str:
    """Do what was asked; the text to print."""
    import json

    from affetto_training.tastes import simulate_page as pages

    part = bool(options.scenario or options.policy or options.quick)
    to, page = options.to or RESULTS, options.page or PAGE
    if options.from_results:
        found = json.loads((to / pages.JSON).read_text(encoding="utf-8"))
        return f"{page} and {len(pages.write(found, None, page)) - 1} charts"
    found = simulated(options)
    said = json.dumps(found, indent=1) if options.json else pages.printed(found)
    if not part or (options.to and options.page):
        files = pages.write(found, to, page)
        said += "" if options.json else f"\n{page} and {len(files) - 1} files"
    return said


def simulated(options: argparse.Namespace) -> dict[str, Any]:
    """Every figure that was asked for, as plain values."""
    from affetto.errors import Misuse
    from affetto_training.tastes.calibrate import simulated as in_a_study
    from affetto_training.tastes.outcomes import told
    from affetto_training.tastes.policies import EARLIER, ORACLE, POLICIES
    from affetto_training.tastes.runs import Run, outcomes
    from affetto_training.tastes.scenarios import SCENARIOS, scenario_called

    listeners, sessions, tracks = QUICK if options.quick else (LISTENERS, 10, 10)
    listeners = listeners if options.listeners is None else options.listeners
    if listeners < 1 or options.workers < 1:
        raise Misuse("There is nobody to listen.", remedy="Give --listeners and --workers from 1.")
    scenarios = list(dict.fromkeys(options.scenario or SCENARIOS))
    for name in scenarios:
        scenario_called(name)
    asked = list(dict.fromkeys(options.policy or POLICIES))
    policies = list(dict.fromkeys([*asked, EARLIER, ORACLE]))  # the ends that all are measured by

    def one(scenario: str, policy: str) -> Run:
        return Run(scenario, policy, listeners, sessions, tracks, seed=options.seed)

    all_runs = [one(s, p) for s in scenarios for p in policies]
    done = outcomes(all_runs, options.kept, options.workers)
    found: dict[str, Any] = {
        "seed": options.seed,
        "quick": options.quick,
        "listeners": listeners,
        "sessions": sessions,
        "tracks": tracks,
        "study": in_a_study(30 if options.quick else 200, options.seed),
        "scenarios": {},
    }
    for scenario in scenarios:
        rows: dict[str, dict[str, Any]] = {}
        curves: dict[str, list[float]] = {}
        ends = done[one(scenario, EARLIER)], done[one(scenario, ORACLE)]
        for policy in asked:
            outcome = dict(done[one(scenario, policy)])
            curves[policy] = [round(float(x), 4) for x in outcome.pop("curve").mean(axis=0)]
            ms = float(outcome.pop("ms"))
            figures = told(outcome, *ends, seed=options.seed)
            rows[policy] = {k: [round(x, 4) for x in v] for k, v in figures.items()}
            rows[policy]["ms"] = round(ms, 3)
        line = SCENARIOS[scenario].line
        found["scenarios"][scenario] = {"line": line, "policies": rows, "curves": curves}
    return found
