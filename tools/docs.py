"""Write the reference pages from the program itself, the model's figures from its card, and
check every link in the papers.

.venv/bin/python tools/docs.py           write docs/reference/*.md and the figures
.venv/bin/python tools/docs.py --check   only say what is stale or broken
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import figures

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Written by `make docs` from the program; edits here are lost. -->\n"
VERBS = ("get", "post", "put", "patch", "delete")


def cell(text: str) -> str:
    """Text that fits into one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; nothing when it has no rows."""
    if not rows:
        return ""
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(cell(text) for text in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


# -- commands -------------------------------------------------------------------------


def commands() -> str:
    """Every command with its arguments and options."""
    import typer

    from affetto.cli.main import app

    root = typer.main.get_command(app)
    words = f"{MADE}# Commands\n\n{prose(root.help)}\n"
    words += (
        "Answers go to standard output, talk to standard error. The exit code is 0 when all went "
        "well, 1 when something failed and 2 when the command was given wrongly.\n"
    )
    for path, command in walk("affetto", root):
        words += f"\n## {path}\n\n{prose(command.help)}"
        arguments = [
            (f"`{(p.metavar or p.name).lower()}`", getattr(p, "help", "") or "")
            for p in command.params
            if p.param_type_name == "argument"
        ]
        options = [
            (f"`{'`, `'.join([*p.opts, *p.secondary_opts])}`", p.help or "", default(p))
            for p in command.params
            if p.param_type_name == "option" and p.name != "help" and not p.hidden
        ]
        for part in (
            table(("argument", "what it is"), arguments),
            table(("option", "what it does", "default"), options),
        ):
            words += f"\n{part}" if part else ""
    return words


def children(command: Any) -> dict[str, Any]:
    """The commands of a group by name; nothing for a command that does something."""
    if not hasattr(command, "list_commands"):
        return {}
    return {name: command.get_command(None, name) for name in command.list_commands(None)}


def walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with the words that call it."""
    inner = children(command)
    for name, child in inner.items():
        if not child.hidden:
            yield from walk(f"{path} {name}", child)
    if not inner:
        yield path, command


def default(parameter: Any) -> str:
    """A parameter's default as a reader wants it."""
    value = parameter.default
    if parameter.required or value is None or callable(value):
        return "required" if parameter.required else ""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"`{getattr(value, 'value', value)}`"


def prose(help_text: str | None) -> str:
    """A help text as paragraphs, its example as something to paste."""
    told = inspect.cleandoc(help_text or "").replace("\b\n", "")
    told = re.sub(r"^Examples?:\s*\n?", "", told, flags=re.MULTILINE)
    paragraphs = []
    for block in told.split("\n\n"):
        lines = [line.strip() for line in block.strip().splitlines()]
        if lines and all(line.startswith("affetto ") for line in lines):
            paragraphs.append("```sh\n" + "\n".join(lines) + "\n```")
        elif lines:
            paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs) + "\n"


# -- settings -------------------------------------------------------------------------


def settings() -> str:
    """Every setting with its variable, default and unit."""
    from affetto.settings import describe

    rows = [
        (f"`{s.name}`", s.help, s.default and f"`{s.default}`", s.unit, f"`{s.variable}`")
        for s in describe()
    ]
    return f"""{MADE}# Settings

The same names work in a file `affetto.toml` (`port = 9000`), looked for first in the folder
Affetto is started in and then in your configuration folder, and in the environment
(`AFFETTO_PORT=9000`). The environment wins over the files, and a command's option over both.
A provider's own settings stand under `[provider.NAME]`, or in `AFFETTO_PROVIDER__NAME__KEY`.

{table(("setting", "what it does", "default", "unit", "variable"), rows)}"""


# -- the interface --------------------------------------------------------------------


def interface() -> str:
    """Every address of the server with what it takes and answers."""
    from affetto.server.openapi import document

    told = document()
    words = f"{MADE}# The API\n\n{told['info'].get('description', '')}\n"
    words += (
        "\nThe whole document, for generating a client, is at `/api/openapi.json` of a running "
        "server, and in the repository as `web/openapi.json`.\n"
    )
    for path, verbs in told["paths"].items():
        for verb in VERBS:
            if verb in verbs:
                words += operation(verb, path, verbs[verb])
    words += "\n# Shapes\n"
    for name, schema in told["components"]["schemas"].items():
        words += shape(name, schema)
    return words


def operation(verb: str, path: str, told: dict[str, Any]) -> str:
    """One address."""
    words = f"\n## {verb.upper()} {path}\n\n"
    words += (told.get("description") or told.get("summary", "")).strip() + "\n"
    rows = [
        (f"`{p['name']}`", p["in"], kind(p["schema"]), p.get("description", ""))
        for p in told.get("parameters", [])
    ]
    if rows:
        words += "\n" + table(("parameter", "where", "kind", "what it is"), rows)
    body = told.get("requestBody", {}).get("content", {})
    if body:
        shapes = dict.fromkeys(kind(content.get("schema", {})) for content in body.values())
        words += f"\nBody: {' or '.join(shapes)}, as {', '.join(f'`{m}`' for m in body)}\n"
    good, problems = [], []
    for code, answer in told["responses"].items():
        content = answer.get("content", {})
        if "application/problem+json" in content or int(code) >= 400:
            problems.append(code)
            continue
        shapes = [
            kind(inner["schema"]) if inner.get("schema") else f"`{media}`"
            for media, inner in content.items()
        ]
        good.append(f"{code}" + (f", {' or '.join(shapes)}" if shapes else ""))
    words += f"\nAnswers: {'; '.join(good)}.\n"
    if problems:
        words += f"Problems: {', '.join(problems)}.\n"
    return words


def shape(name: str, schema: dict[str, Any]) -> str:
    """One of the values that cross the wire."""
    words = f"\n## {name}\n\n{' '.join(schema.get('description', '').split())}\n"
    if "enum" in schema:
        return words + "\nOne of " + ", ".join(f"`{v}`" for v in schema["enum"]) + ".\n"
    must = set(schema.get("required", []))
    rows = [
        (f"`{field}`" + ("" if field in must else " (may be left out)"), kind(told),
         told.get("description", ""))
        for field, told in schema.get("properties", {}).items()
    ]  # fmt: skip
    if not rows:
        return words
    if not any(row[2] for row in rows):
        return words + "\n" + table(("field", "kind"), [row[:2] for row in rows])
    return words + "\n" + table(("field", "kind", "what it is"), rows)


def kind(schema: dict[str, Any]) -> str:
    """A schema in a word or two."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for joint in ("anyOf", "oneOf", "allOf"):
        if joint in schema:
            return " or ".join(dict.fromkeys(kind(inner) for inner in schema[joint]))
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "enum" in schema:
        return ", ".join(f'"{value}"' for value in schema["enum"])
    if schema.get("format") == "binary":
        return "bytes"
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return f"{len(schema['prefixItems'])} × {kind(schema['prefixItems'][0])}"
        return f"list of {kind(schema.get('items', {}))}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"map to {kind(schema['additionalProperties'])}"
    told = {"null": "null", "string": "text", "integer": "whole number", "boolean": "yes or no"}
    word = told.get(schema.get("type", ""), schema.get("type", "anything"))
    low, high = schema.get("minimum"), schema.get("maximum")
    return f"{word} {low:g} to {high:g}" if low is not None and high is not None else word


# -- links ----------------------------------------------------------------------------


def papers() -> list[Path]:
    """Every Markdown page of the repository."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "training").rglob("*.md")]
    return sorted(path for path in found if "node_modules" not in path.parts)


def anchors(page: Path) -> set[str]:
    """The names a link into this page may use."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links() -> list[str]:
    """Links between our own pages that lead nowhere, as ``page: link``."""
    broken = []
    for page in papers():
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            if "://" in link or link.startswith("mailto:"):
                continue
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            missing = not target.exists()
            if not missing and anchor and target.suffix == ".md":
                missing = anchor not in anchors(target)
            if missing:
                broken.append(f"{page.relative_to(ROOT).as_posix()}: {link}")
    return broken


PAGES = {
    "docs/reference/cli.md": commands,
    "docs/reference/settings.md": settings,
    "docs/reference/api.md": interface,
    "docs/models.md": figures.models,
    "README.md": figures.readme,
}


def main() -> int:
    """Write or check; 1 when something is stale or broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    wrong = []
    for name, make in PAGES.items():
        page, text = ROOT / name, make()
        if page.is_file() and page.read_text(encoding="utf-8") == text:
            continue
        if check:
            wrong.append(f"{name} is not what `make docs` writes")
        else:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8", newline="\n")
            print(f"  wrote {name}")
    wrong += [f"broken link: {one}" for one in broken_links()]
    print("\n".join(wrong) or f"  {len(papers())} pages, every link leads somewhere")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
