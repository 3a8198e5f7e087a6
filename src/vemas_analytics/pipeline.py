"""The main job from files to reports: who is called, in which order. Nothing is computed here."""

import datetime as dt
import gc
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from vemas_analytics import __version__
from vemas_analytics.config import read_settings
from vemas_analytics.delivery import Delivery, Manifest, hash_file, plain, read_manifest, relative_name
from vemas_analytics.errors import InputError, OptionError, OutputError
from vemas_analytics.model.document import ChartRef, Document
from vemas_analytics.model.earlier import EarlierReport
from vemas_analytics.model.finding import Findings
from vemas_analytics.model.names import Edition, Language
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.tables import Tables
from vemas_analytics.reference.regions import read_regions

Progress = Callable[[str], None]


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What a report is asked to be. ``year`` makes it an annual review; None options fall back to vemas.toml."""

    sources: tuple[Path, ...]
    out: Path
    languages: tuple[Language, ...] = ()
    as_of: dt.date | None = None
    edition: Edition | None = None
    regions: tuple[str, ...] = ()
    config: Path | None = None
    year: int | None = None

    @property
    def command(self) -> str:
        """Name of the command that makes it."""
        return "report" if self.year is None else "annual"


def load(
    sources: str | Path | Sequence[str | Path],
    *,
    config: Path | None = None,
    as_of: dt.date | None = None,
    progress: Progress | None = None,
) -> tuple[Settings, Tables]:
    """Read the settings and all lists of the sources.

    Parameters
    ----------
    sources : path or sequence of paths
        Folders or files; at most one ``vemas.toml`` among them.
    config : Path, optional
        A vemas.toml elsewhere.
    as_of : datetime.date, optional
        Reference date; later records stay in the tables, out of the counts.
    progress : callable, optional
        Called with the name of each file.

    Returns
    -------
    tuple of Settings and Tables

    Raises
    ------
    InputError, ConfigError
    """
    from vemas_analytics.etl import find_config, load_tables

    named = [sources] if isinstance(sources, str | Path) else sources
    paths = [Path(source) for source in named]
    settings = read_settings(config or find_config(paths))
    return settings, load_tables(paths, settings, as_of=as_of, progress=progress)


def _charts(document: Document) -> Iterator[ChartRef]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, ChartRef):
                yield block


def _draw_all(document: Document, findings: Findings) -> Mapping[str, bytes]:
    from vemas_analytics.charts import draw_all

    return draw_all(_charts(document), findings, document.language, accent=document.accent)


def _check_regions(regions: Sequence[str]) -> None:
    known = read_regions().codes
    for code in regions:
        if code not in known:
            message = f"--region {code}: no such code; use ISO 3166-2 codes such as RU-SVE (`vemas regions Swerdlowsk`)"
            raise OptionError(message)


def _guard_sources(request: ReportRequest) -> None:
    for source in request.sources:
        if source.resolve() == request.out.resolve():
            message = f"{request.out}: is a source itself; choose another --out"
            raise OutputError(message)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the collector of cyclic garbage start rarely: each start visits every table and finding of the run."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def write_reports(request: ReportRequest, progress: Progress | None = None) -> Tables:
    """Do the main job: load, analyse, compose and write every report file, the manifest last.

    Parameters
    ----------
    request : ReportRequest
    progress : callable, optional
        Called with a word on each step.

    Returns
    -------
    Tables
        For the caller's exit code and summary.

    Raises
    ------
    VemasError
        With one clear line for the user.
    """
    from vemas_analytics.analysis import analyse, analyse_year
    from vemas_analytics.panel import build_panel
    from vemas_analytics.reports import (
        compose_annual,
        compose_before_after,
        published_findings,
        record_files,
        typeset_pdf,
        write_findings,
        write_html,
        write_typeset,
        write_workbook,
    )

    say = progress or _silent
    _check_regions(request.regions)
    _guard_sources(request)
    with (
        Delivery(request.out, request.command) as delivery,
        rare_collections(),
        ThreadPoolExecutor(max_workers=1) as typesetter,
    ):
        settings, tables = load(request.sources, config=request.config, as_of=request.as_of, progress=say)
        languages = request.languages or settings.report.languages
        edition = request.edition or settings.report.edition
        say("panel")
        panel = build_panel(tables, settings, as_of=request.as_of)
        say("analysis")
        if request.year is None:
            findings = analyse(tables, panel)
        else:
            findings = analyse_year(tables, panel, request.year, earlier=_read_earlier(settings, request.year))
        shown = published_findings(findings, panel, edition=edition)
        stem = "before-after" if request.year is None else f"annual-{request.year}"
        typeset: dict[str, Future[bytes]] = {}
        beside: dict[str, Callable[[Path], None]] = {}
        for language in languages:
            if request.year is None:
                document = compose_before_after(
                    findings, tables, panel, language=language, edition=edition, regions=request.regions or None
                )
            else:
                document = compose_annual(findings, tables, panel, request.year, language=language, edition=edition)
            say(f"{stem}.{language}.pdf")
            charts = _draw_all(document, shown)
            typeset[f"{stem}.{language}.pdf"] = typesetter.submit(typeset_pdf, document, charts)
            say(f"{stem}.{language}.html")
            delivery.put(f"{stem}.{language}.html", partial(write_html, document, charts))
            say(f"{stem}.{language}.xlsx")
            delivery.put(f"{stem}.{language}.xlsx", partial(write_workbook, document))
            beside |= record_files(tables, document)
        for name, write in beside.items():
            delivery.put(name, write)
        delivery.put("findings.json", partial(write_findings, shown))
        for name, content in typeset.items():
            delivery.put(name, partial(write_typeset, content.result()))
        delivery.finish(_manifest(request, settings, tables, languages, edition))
    return tables


def _earlier_path(settings: Settings, year: int | None) -> tuple[str, Path] | None:
    """Return name and path of the earlier report that the settings give for a year's review."""
    names = [item.earlier_report for item in settings.annual if item.year == year and item.earlier_report]
    return (names[0], settings.base / names[0]) if names and settings.base is not None else None


def _read_earlier(settings: Settings, year: int) -> EarlierReport | None:
    from vemas_analytics.reports import read_earlier_report

    found = _earlier_path(settings, year)
    return None if found is None else read_earlier_report(found[1], found[0])


def _manifest(
    request: ReportRequest, settings: Settings, tables: Tables, languages: Sequence[str], edition: str
) -> Manifest:
    from vemas_analytics.etl import find_config

    config = request.config or find_config(request.sources)
    inputs = {
        item.name if item.is_database else relative_name(item.path, request.out): item.sha256
        for item in (*tables.inputs, *tables.companions)
    }
    if config is not None:
        inputs[relative_name(config, request.out)] = hash_file(config)
    logo = settings.report.logo
    if logo and settings.base is not None:
        inputs[relative_name(settings.base / logo, request.out)] = hash_file(settings.base / logo)
    earlier = _earlier_path(settings, request.year)
    if earlier is not None:
        inputs[relative_name(earlier[1], request.out)] = hash_file(earlier[1])
    return Manifest(
        version=__version__,
        command=request.command,
        options={
            "languages": list(languages),
            "as_of": plain(request.as_of),
            "edition": edition,
            "regions": list(request.regions),
            "year": request.year,
        },
        sources=tuple(relative_name(source, request.out) for source in request.sources),
        config=None if request.config is None else relative_name(request.config, request.out),
        settings=plain(settings),
        inputs=dict(sorted(inputs.items())),
    )


def verify_folder(folder: Path, source: Path | None = None, progress: Progress | None = None) -> tuple[str, ...]:
    """Tell whether the files of a folder are those its sources give, by making them again, and keep their rules.

    Parameters
    ----------
    folder : Path
        Written by `write_reports`.
    source : Path, optional
        Where the sources are now, if not where the manifest says.
    progress : callable, optional

    Returns
    -------
    tuple of str
        One line per difference; empty when all is as it should be.

    Raises
    ------
    VemasError
        When the check itself cannot be made.
    """
    manifest = read_manifest(folder)
    differences = [*_changed_outputs(folder, manifest), *_broken_rules(folder, manifest)]
    sources = (source,) if source is not None else tuple(folder / name for name in manifest.sources)
    for path in sources:
        if not path.exists():
            message = f"{path}: source not found; say where it is with --source"
            raise InputError(message)
    with tempfile.TemporaryDirectory(prefix="vemas-verify-") as scratch:
        request = _request_again(manifest, folder, sources, Path(scratch) / "again")
        write_reports(request, progress)
        again = read_manifest(request.out)
    before, now = sorted(manifest.inputs.values()), sorted(again.inputs.values())
    if before != now:
        differences.append("inputs: not the files the report was made from")
    if again.version != manifest.version:
        differences.append(f"version: made with {manifest.version}, this is {again.version}")
    for name in sorted({*manifest.outputs, *again.outputs}):
        if manifest.outputs.get(name) != again.outputs.get(name):
            differences.append(f"{name}: the sources give another file")
    return tuple(differences)


def _changed_outputs(folder: Path, manifest: Manifest) -> Iterator[str]:
    for name, digest in manifest.outputs.items():
        path = folder / name
        if not path.is_file():
            yield f"{name}: missing"
        elif hash_file(path) != digest:
            yield f"{name}: changed since it was written"


def _broken_rules(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Yield the rules (docs/workbook-rules.md) that a workbook of the folder does not keep."""
    from vemas_analytics.reports import check_workbook

    for name in manifest.outputs:
        path = folder / name
        if path.suffix == ".xlsx" and path.is_file():
            for breach in check_workbook(path):
                place = "!".join(part for part in (breach.sheet, breach.cell) if part)
                yield ": ".join(part for part in (name, breach.rule, place, breach.what) if part)


def _request_again(manifest: Manifest, folder: Path, sources: tuple[Path, ...], out: Path) -> ReportRequest:
    options: Mapping[str, Any] = manifest.options
    return ReportRequest(
        sources=sources,
        out=out,
        languages=tuple(options["languages"]),
        as_of=None if options["as_of"] is None else dt.date.fromisoformat(options["as_of"]),
        edition=options["edition"],
        regions=tuple(options["regions"]),
        config=None if manifest.config is None else folder / manifest.config,
        year=options["year"],
    )
