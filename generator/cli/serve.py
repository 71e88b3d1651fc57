"""``remit serve``: a preview that follows what is written."""

from __future__ import annotations

import datetime as dt
import time
import webbrowser
from collections.abc import Mapping
from pathlib import Path

import click

from generator.audience import FULL, Audience, unknown_audience
from generator.building import read_content, site_files, today_in
from generator.cli.shared import AudienceType, Day, contents, load, summary, tell_diagnostics
from generator.preview import Preview, watching
from generator.report import as_text
from generator.serving import open_server
from generator.settings import LOCALES


@click.command()
@contents
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port; the next free one is taken where it is busy.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on. Others than this machine's own see everything shown.",
)
@click.option("--as-of", type=Day(), help="Show everything as it stood on this day.  [default: today]")
@click.option(
    "--audience", type=AudienceType(), default=FULL, show_default=True, help="What this audience would see."
)
@click.option(
    "--locale", type=click.Choice(LOCALES), help="Language of the interface.  [default: the settings']"
)
@click.option("--open", "open_", is_flag=True, help="Open it in a browser.")
def serve(
    content: tuple[Path, ...],
    port: int,
    host: str,
    as_of: dt.date | None,
    audience: Audience,
    locale: str | None,
    open_: bool,
) -> None:
    """Preview the site while you write: each save is on the screen a moment later.

    It is built in memory, for this machine alone; what is wrong with the records stands above the page
    and in the terminal.
    """
    folders = load(content).folders

    def build() -> tuple[Mapping[str, bytes], str]:
        began = time.perf_counter()
        read = read_content(folders)
        if why := unknown_audience(read.ledger, audience):
            raise click.BadParameter(why, param_hint="--audience")
        files, diagnostics = site_files(read, audience, as_of or today_in(read.ledger.site), locale)
        tell_diagnostics(read, diagnostics)
        took = f"{time.perf_counter() - began:.2f} s"
        click.echo(f"built in {took}: {summary(diagnostics)}")
        errors = [d for d in diagnostics if d.severity == "error"]
        if errors:
            # The page of a record that is broken for the moment stays as it last was, below what is wrong.
            files = {**preview.files, **files}
        return files, as_text(errors, read.where, read.line)

    preview = Preview(build, lambda text: click.echo(text, err=True))
    try:
        server = open_server(host, port, preview)
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host}:{port}: {error.strerror or error}") from None
    with server, watching(folders, preview):
        try:
            preview.files, preview.problem = build()
        except click.ClickException:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is saved meanwhile, the preview comes up
            preview.fail(error)
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{server.server_port}/"
        click.echo(f"{address} shows {', '.join(map(str, folders))}; stop with Ctrl+C")
        if open_:
            webbrowser.open(address)
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            click.echo("stopped")
        finally:
            server.stopping.set()
