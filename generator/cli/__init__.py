"""The command line. Each command is a module of its own, imported when it is called."""

from __future__ import annotations

import importlib
import io
import sys

import click

from generator import __version__

COMMANDS: dict[str, str] = {
    "build": "generator.cli.build:build",
    "check": "generator.cli.check:check",
    "init": "generator.cli.init:init",
    "new": "generator.cli.new:new",
    "status": "generator.cli.status:status",
    "audience": "generator.cli.audience:audience",
    "why": "generator.cli.why:why",
    "serve": "generator.cli.serve:serve",
    "schema": "generator.cli.schema:schema",
}
"""Where each command is, in the order ``--help`` lists them."""

SUMMARIES: dict[str, str] = {
    "build": "Build the site from a folder of records.",
    "check": "Say what is wrong with the records, and where.",
    "init": "Start a folder of records, with a small example.",
    "new": "Write a new record with the right name, folder and date.",
    "status": "Print where the delegations stand.",
    "audience": "List what an audience sees, and why.",
    "why": "Say who sees a record, and why.",
    "serve": "Preview the site while you write.",
    "schema": "Print the JSON Schema of the front matter.",
}
"""What ``--help`` says of each, without importing it."""


class LazyGroup(click.Group):
    """A group that imports a command only when it runs: ``remit --help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands from their summaries alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, and offer the nearest one for a slip."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from generator.text import nearest  # noqa: PLC0415 - only wanted once something is wrong

            near = nearest(args[0], list(COMMANDS))
            hint = f" Did you mean `remit {near}`?" if near else ""
            ctx.fail(f"no command “{args[0]}”.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "-V", "--version", prog_name="remit", message="%(prog)s %(version)s")
def main() -> None:
    """Follow delegated work: a folder of Markdown records becomes a site of boards and histories.

    \b
    Start here:
      remit init myteam      a folder with a small example
      cd myteam
      remit serve            look at it while you write
      remit check            what is wrong, and what to type
      remit build            the site, in site/

    Exit status: 0 when all is well, 1 for errors in the content, 2 for wrong usage.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name in Chinese is no reason to crash where the terminal knows only ASCII.
            stream.reconfigure(errors="replace")
