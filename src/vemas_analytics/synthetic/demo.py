"""Sample sources of an invented organisation, as messy as real ones, with a known effect."""

import csv
from importlib.resources import files
from pathlib import Path

import numpy as np

from vemas_analytics.errors import OptionError
from vemas_analytics.synthetic.activities import draw_forums, draw_trips
from vemas_analytics.synthetic.activity_lists import plan_forums, plan_trips
from vemas_analytics.synthetic.cases import draw_inquiries, draw_offers
from vemas_analytics.synthetic.inquiry_lists import plan_inquiries
from vemas_analytics.synthetic.intensity import read_streams
from vemas_analytics.synthetic.offer_lists import plan_offers
from vemas_analytics.synthetic.sheets import Line, Sheet, SheetFile, title_lines, write_file
from vemas_analytics.synthetic.truth import build_truth, dump_truth
from vemas_analytics.synthetic.words import NOTE

LARGEST_SCALE = 1000.0


def write_demo(folder: Path, *, seed: int = 2022, scale: float = 1.0) -> None:
    """Write the demo: hand-kept lists, vemas.toml, and truth.json with what is true about them.

    Use it to try the package, and to see whether estimates recover an effect that is known. The same seed and
    scale give the same bytes.

    Parameters
    ----------
    folder : pathlib.Path
        Made if missing; files of the same name are replaced.
    seed : int
        Not negative. Another seed draws other records from the same intensities.
    scale : float
        Factor on the rates of inquiries and offers, above 0 and at most 1000; trips and forums follow a calendar.

    Raises
    ------
    OptionError
        For a negative seed or a scale out of range.
    """
    if seed < 0:
        message = f"seed {seed} is negative; give 0 or more"
        raise OptionError(message)
    if not 0 < scale <= LARGEST_SCALE:
        message = f"scale {scale} is out of range; give more than 0 and at most {LARGEST_SCALE:g}"
        raise OptionError(message)
    # one generator per purpose: a change in one list leaves the others as they were
    draw = [np.random.default_rng([seed, purpose]) for purpose in range(8)]
    inquiries, offers = draw_offers(draw_inquiries(scale, draw[0]), scale, draw[1])
    trips, forums = draw_trips(draw[2]), draw_forums(draw[3])
    lists = (
        plan_inquiries(inquiries, draw[4]),
        *plan_offers(offers, draw[5]),
        plan_trips(trips, draw[6]),
        *plan_forums(forums, draw[7]),
        _plan_agreements(),
    )
    truth = build_truth(
        lists, read_streams(scale), (inquiries, offers), (trips, forums), {"seed": seed, "scale": scale}
    )
    folder.mkdir(parents=True, exist_ok=True)
    for file in lists:
        write_file(file, folder)
    settings = (files("vemas_analytics.synthetic") / "tables" / "vemas.toml").read_text("utf-8")
    (folder / "vemas.toml").write_text(settings, "utf-8", newline="\n")
    (folder / "truth.json").write_text(dump_truth(truth), "utf-8", newline="\n")


def _plan_agreements() -> SheetFile:
    text = (files("vemas_analytics.synthetic") / "tables" / "agreements.csv").read_text("utf-8")
    header, *rows = csv.reader(text.splitlines())
    lines = (
        *title_lines("Vereinbarungen mit russischen Regionen", NOTE, ""),
        Line("header", tuple(header)),
        *(Line("record", tuple(row)) for row in rows),
    )
    return SheetFile("Vereinbarungen.csv", (Sheet("", "agreements", lines),), encoding="utf-8-sig")
