"""Commands that begin something: sample data, or an organisation's own."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    seed: Annotated[int, typer.Option(min=0, help="Another seed gives other data.")] = 2022,
    scale: Annotated[float, typer.Option(min=0.01, max=100, help="Multiplies how much happens.")] = 1.0,
) -> None:
    """Write sample sources with a known effect, labelled synthetic, as messy as real ones."""
    from vemas_analytics.synthetic import write_demo

    write_demo(folder, seed=seed, scale=scale)
    typer.echo(f"{folder}: sample data written; next: vemas report {folder} --out DIR")
