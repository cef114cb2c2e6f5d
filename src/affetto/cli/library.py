"""affetto library scan | show | watch | hear | tag | import: the listener's own music."""

from __future__ import annotations

import typer

from affetto.cli.guiding import Guided
from affetto.cli.library_hear import hear
from affetto.cli.library_import import import_table
from affetto.cli.library_scan import scan
from affetto.cli.library_show import show
from affetto.cli.library_tag import tag
from affetto.cli.library_watch import watch

app = typer.Typer(
    cls=Guided,
    help="Scan, show and tag your own music; import tables of songs.",
    epilog="Example: affetto library scan ~/Music",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(scan)
app.command()(show)
app.command(short_help="Scan a folder and go on following it.")(watch)
app.command(short_help="Listen to the songs of a music server.")(hear)
app.command(short_help="Write how your music sounds into the files' tags.")(tag)
app.command("import")(import_table)
