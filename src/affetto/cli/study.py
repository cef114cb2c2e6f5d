"""affetto study plan | status | log | report: try two ways of choosing on yourself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affetto.cli.guiding import Guided

if TYPE_CHECKING:
    from affetto.listening.study import Plan, Study

app = typer.Typer(
    cls=Guided,
    help="Try two ways of choosing on yourself, in an order drawn by chance.",
    epilog='Example: affetto study plan "stay with me" "lead me up" --outcome lift --consent',
    no_args_is_help=True,
    add_completion=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.command(short_help="Draw the order and write it down, before anything begins.")
def plan(
    first: Annotated[str, typer.Argument(metavar="A", help="One way, in your own words.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The other way.")],
    outcome: Annotated[
        str, typer.Option(help="What should be better after a session: lift, calm or wake.")
    ] = "lift",
    pairs: Annotated[
        int, typer.Option(help="Pairs of blocks, 2 to 12; fewer than 6 cannot tell.")
    ] = 6,
    sessions: Annotated[int, typer.Option(help="Sessions in each block, 1 to 20.")] = 2,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Number the order is drawn with; left out, by chance.")
    ] = None,
    consent: Annotated[
        bool, typer.Option("--consent", help="Say yes to what this prints without it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Draw the order of both ways and write it down; it never changes after that.

    Example: affetto study plan "stay with me" "lead me up" --outcome lift --consent
    """
    import secrets
    from datetime import UTC, datetime

    from affetto.errors import Misuse
    from affetto.listening.study import CONSENT, drawn

    number = secrets.randbelow(2**31) if seed is None else seed
    made = drawn(
        (first, second), outcome, pairs=pairs, sessions=sessions, seed=number,
        now=datetime.now(UTC).replace(microsecond=0),
    )  # fmt: skip
    if not consent:
        raise Misuse(f"A study needs your consent: “{CONSENT}”", remedy="Add --consent to say yes.")
    study = _study()
    study.begin(made)
    if as_json:
        typer.echo(made.text(), nl=False)
        return
    typer.echo(f"Written to {study.plan_file}, with seed {number}:")
    typer.echo(f"{' '.join(made.blocks)}, {sessions} sessions each, {len(made.order)} in all.")
    typer.echo(_next(made, 0))


@app.command(short_help="Say which session is next, and which way it takes.")
def status(as_json: AsJson = False) -> None:
    """Say how far the study is, and which way the next session takes."""
    study = _study()
    made, done = study.plan(), len(study.sessions())
    if as_json:
        ahead = made.order[done] if done < len(made.order) else None
        told = {"done": done, "planned": len(made.order), "next": ahead, "ways": dict(made.ways)}
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    typer.echo(f"{done} of {len(made.order)} sessions are done.")
    typer.echo(_next(made, done))


@app.command(short_help="Write down a session: how you felt before and after it.")
def log(
    before: Annotated[
        str, typer.Option(metavar="MOOD", help="How you felt before: a word, or V,A.")
    ],
    after: Annotated[str, typer.Option(metavar="MOOD", help="How you feel now.")],
    tracks: Annotated[int, typer.Option(help="How many tracks began.")],
    skips: Annotated[int, typer.Option(help="How many of them were skipped.")] = 0,
) -> None:
    """Write down the session that was next: how you felt before and after it.

    Example: affetto study log --before=-0.4,0.5 --after calm --tracks 9 --skips 1
    """
    from datetime import UTC, datetime

    from affetto.cli.feelings import point
    from affetto.emotion import place_called

    felt = [point(said) if "," in said else place_called(said) for said in (before, after)]
    study = _study()
    now = datetime.now(UTC).replace(microsecond=0)
    one = study.log(felt[0], felt[1], tracks, skips, now)
    made = study.plan()
    typer.echo(f"Session {one.number} of way {one.way} is written to {study.rows_file}.")
    typer.echo(_next(made, one.number))


@app.command(short_help="Compare both ways, and say how sure that is.")
def report(
    rows: Annotated[
        Path | None, typer.Option("--csv", help="A copy of the sessions to report on instead.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare both ways: the effect, its interval, and how often chance does as much."""
    from affetto.listening.study_report import as_record, in_words, reported

    study = _study()
    made = study.plan()
    found = reported(made, study.sessions(rows))
    if as_json:
        typer.echo(json.dumps(as_record(made, found), indent=2, ensure_ascii=False))
    else:
        typer.echo(in_words(made, found))


def _study() -> Study:
    from affetto.listening.study import Study
    from affetto.settings import load

    return Study(load().data_dir / "study")


def _next(made: Plan, done: int) -> str:
    """What comes next, in a sentence."""
    if done == len(made.order):
        return "All sessions are done: see `affetto study report`."
    way = made.order[done]
    return f"Next is session {done + 1}, way {way}: {made.ways[way]}."
