"""affetto policy show | propose | promote | rollback | history: the emotion map."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affetto.cli.guiding import Guided
from affetto.errors import AffettoError, Misuse

if TYPE_CHECKING:
    from affetto.choice import Aim
    from affetto.emotion import Affect, EmotionReading
    from affetto.listening.policies.evidence import Play
    from affetto.listening.policies.replay import Judged
    from affetto.listening.policies.shelf import PolicyShelf, Version

app = typer.Typer(
    cls=Guided,
    help="Show and change where each emotion is sent: mirrored, or led elsewhere.",
    epilog="Example: affetto policy show",
    no_args_is_help=True,
    add_completion=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


class NotBetter(AffettoError):
    """A proposed map that does not do better in replay."""


def by_policy(
    policy: str, felt: Affect | EmotionReading | None, minutes: float | None = None
) -> Aim:
    """What the map in force asks for somebody who feels so; says which row on stderr.

    Raises Misuse when no feeling was given, or for a policy nobody knows.
    """
    from affetto.listening.policies.emotion_map import policy_called

    name = policy_called(policy)
    if felt is None:
        raise Misuse(
            f"The policy {name} needs to know how you feel.",
            remedy="Say it with --mood, --at or --photo.",
        )
    row = _shelf().in_force()[0].row(name, felt)
    typer.echo(f"{row.policy}, {row.emotion}: {row.told}.", err=True)
    return row.aim(minutes)


@app.command(short_help="Show the map in force, with the source of each row.")
def show(
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="Print the file itself, to save or to compare.")
    ] = False,
    edit: Annotated[
        bool,
        typer.Option("--edit", help="Put your copy into the data folder, and say where it lies."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show where each emotion is sent by mirror and by regulate, and who says so.

    Example: affetto policy show
    """
    shelf = _shelf()
    if edit:
        typer.echo(shelf.copy())
        return
    now, data = shelf.in_force()
    if as_yaml:
        typer.echo(data.decode("utf-8-sig"), nl=False)
        return
    if as_json:
        from affetto.listening.policies.sheet import digest_of

        rows = [
            {
                "policy": row.policy,
                "emotion": row.emotion,
                "goal": row.goal.value,
                "place": [row.place.valence, row.place.arousal] if row.place else None,
                "intent": row.intent.value if row.intent else None,
                "source": row.source,
            }
            for row in now.rows.values()
        ]
        told = {"version": now.version, "digest": digest_of(data), "own": shelf.is_own}
        typer.echo(json.dumps({**told, "rows": rows}, indent=2, ensure_ascii=False))
        return
    typer.echo(f"Version {now.version}, {'your copy' if shelf.is_own else 'as it came'}.")
    policy = ""
    for row in now.rows.values():
        if row.policy != policy:
            policy = row.policy
            typer.echo(f"\n{policy}")
        typer.echo(f"  {row.emotion:<9} {row.told}")
        typer.echo(f"            {row.source}")


@app.command(short_help="Propose the next version, from your answers.")
def propose(as_json: AsJson = False) -> None:
    """Propose a map whose rows lie nearer to what fitted, and show it as a diff.

    Nothing changes: `affetto policy promote` puts it into force, if it does better.

    Example: affetto policy propose
    """
    from affetto.listening.policies import proposing
    from affetto.listening.policies.evidence import halves
    from affetto.listening.policies.replay import TooFewAnswers, judge

    shelf = _shelf()
    now, _ = shelf.in_force()
    learning, judging = halves(_answered())
    proposed, moved = proposing.propose(now, shelf.next_version(), learning)
    path = shelf.offer(proposed)
    names = f"version {now.version}", f"proposed {proposed.version}"
    lines = proposing.diff(now, proposed, names)
    judged: Judged | None = None
    missing = ""
    try:
        judged = judge(now, proposed, judging)
    except TooFewAnswers as few:
        missing = str(few)
    if as_json:
        told = {
            "version": proposed.version,
            "file": str(path),
            "moved": [one.after.name for one in moved],
            "diff": lines,
            "judged": _as_record(judged) if judged else None,
        }
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for line in lines:
        typer.echo(line)
    typer.echo(_as_words(judged) if judged else missing, err=True)


@app.command(short_help="Put the proposal into force, if it does better in replay.")
def promote(as_json: AsJson = False) -> None:
    """Put the proposed map into force, if it does better on days it did not learn from.

    Example: affetto policy promote
    """
    from datetime import UTC, datetime

    from affetto.listening.policies.evidence import halves
    from affetto.listening.policies.replay import judge

    shelf = _shelf()
    now, _ = shelf.in_force()
    proposed, data = shelf.offered()
    judged = judge(now, proposed, halves(_answered())[1])
    if not judged.better:
        raise NotBetter(
            f"The proposed map is not promoted. {_as_words(judged)}",
            remedy="Go on listening and propose again; the map in force is as it was.",
        )
    version = shelf.promote(data, datetime.now(UTC))
    if as_json:
        typer.echo(json.dumps({**_version_record(version), **_as_record(judged)}, indent=2))
    else:
        typer.echo(f"Version {version.version} is in force. {_as_words(judged)}")


@app.command(short_help="Go back to an earlier version, byte by byte.")
def rollback(
    to: Annotated[
        str | None,
        typer.Option(
            metavar="VERSION",
            help="Number or digest of `affetto policy history`; left out, the map before.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put an earlier map back into force, exactly as it was.

    Example: affetto policy rollback
    """
    from datetime import UTC, datetime

    version = _shelf().rollback(to, datetime.now(UTC))
    if as_json:
        typer.echo(json.dumps(_version_record(version), indent=2))
    else:
        typer.echo(f"Version {version.version} ({version.short}) is in force again.")


@app.command(short_help="List the versions that were in force.")
def history(as_json: AsJson = False) -> None:
    """List every version that came into force, when and why.

    Example: affetto policy history
    """
    versions = _shelf().history()
    if as_json:
        typer.echo(json.dumps([_version_record(one) for one in versions], indent=2))
        return
    if not versions:
        typer.echo("The map is as it came; nothing was promoted yet.")
    for one in versions:
        typer.echo(f"{one.version:>3}  {one.short}  {one.at[:16].replace('T', ' ')}  {one.why}")


def _shelf() -> PolicyShelf:
    from affetto.listening.policies.shelf import PolicyShelf
    from affetto.settings import load

    return PolicyShelf(load().policies_dir)


def _answered() -> list[Play]:
    """What the log says of rows."""
    import asyncio

    from affetto.listening.policies.evidence import plays
    from affetto.settings import load
    from affetto.wiring import open_house

    with open_house(load()) as house:
        tracks = {str(track.uri): track for track in asyncio.run(house.tracks())}
        history = house.history
        return plays(history.choices(house.listener), history.answers(house.listener), tracks)


def _as_words(judged: Judged) -> str:
    low, high = judged.interval
    return (
        f"On days it did not learn from, it is worth {judged.proposed:.2f} where the map in "
        f"force is worth {judged.now:.2f}: {judged.gain:+.2f} [{low:+.2f}, {high:+.2f}], from "
        f"{judged.answers} answered tracks (as much as {judged.effective:.0f} of equal weight)."
    )


def _as_record(judged: Judged) -> dict[str, Any]:
    return {
        "now": judged.now,
        "proposed": judged.proposed,
        "gain": judged.gain,
        "interval": list(judged.interval),
        "answers": judged.answers,
        "effective": judged.effective,
        "better": judged.better,
    }


def _version_record(version: Version) -> dict[str, Any]:
    return {
        "version": version.version,
        "digest": version.digest,
        "at": version.at,
        "why": version.why,
    }
