"""affetto library scan | show | watch | tag | import: the listener's own music."""

from __future__ import annotations

import typer

from affetto.cli.library_import import import_table
from affetto.cli.library_scan import scan
from affetto.cli.library_show import show
from affetto.cli.library_tag import tag
from affetto.cli.library_watch import watch

app = typer.Typer(help="Scan and show your own music.", no_args_is_help=True, add_completion=False)
app.command("import")(import_table)
app.command()(scan)
app.command()(show)
app.command()(watch)
app.command()(tag)
