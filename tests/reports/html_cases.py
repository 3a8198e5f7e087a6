"""A document with one of everything, and names that would be markup if anyone let them."""

import datetime as dt
from dataclasses import replace

from vemas_analytics.model.document import (
    Cell,
    ChartRef,
    Column,
    Document,
    FactsBlock,
    ListBlock,
    Paragraph,
    Section,
    TableBlock,
)

HOSTILE = "</td></script><script>alert(1)</script><img src=x onerror=alert(1)> \" ' & javascript:alert(1) \x07\u202e"
BANNER = "DEMO – erfundene Daten"
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    b'width="482pt" height="164pt" viewBox="0 0 481.889764 164.409449">'
    b'<defs><style type="text/css">*{stroke-linejoin: round}</style>'
    b'<path id="m1" d="M 0 0 L 3 0" style="stroke: #1f3a5f"/></defs>'
    b'<g id="patch_1"><path d="M 0 164.409449 L 481.889764 0 z" style="fill: #ffffff"/></g>'
    b'<g id="l_1"><path d="M 1 1.23456 L 2 2" style="fill: none; stroke: #a7afb9; stroke-width: 0.4"/>'
    b'<path d="M 3 3 L 4 4" style="fill: none; stroke: #a7afb9; stroke-width: 0.4"/></g>'
    b'<use xlink:href="#m1" x="9.123456" y="9" style="fill: #1f3a5f"/>'
    b'<text style="font-size: 8px; font-family: \'Fira Sans\'; text-anchor: middle; fill: #1b1f24" x="60" y="30" '
    b'transform="rotate(-0 60 30)">1.234 &lt;b&gt; Gebiet</text></svg>'
)


def number(value: float, text: str) -> Cell:
    return Cell(value, text, "integer" if isinstance(value, int) else "decimal")


NOTHING = Cell(None, "n. e.", "symbol")


def regions_table(**changes: object) -> TableBlock:
    """Numbers whose texts sort otherwise than their values, a symbol, days, a total."""
    columns = (
        Column("region", "Region"),
        Column("n", "Anzahl", "right", 1, "Anfragen"),
        Column("rate", "je Jahr", "right", 1, "Anfragen"),
        Column("last", "Letzte Maßnahme"),
        Column("interval", "Schwankungsbereich"),
        Column("notes", "Anm."),
    )
    rows = (
        _row("Swerdlowsk", number(1234, "1.234"), number(9.5, "9,5"), dt.date(2019, 5, 27), "1, 2"),
        _row("Tatarstan", number(99, "99"), NOTHING, dt.date(2021, 1, 3), "–"),
        _row("Kaluga", number(12, "≥\u00a012"), number(-3.0, "−3,0"), dt.date(2020, 12, 24), "2"),
        _row("Swerdlowsk, Tatarstan", NOTHING, number(10.25, "10,3"), dt.date(2014, 7, 8), "9"),
        _row("Gesamt", number(1345, "1.345"), number(0.0, "0,0"), dt.date(2021, 1, 3), "–"),
    )
    table = TableBlock(
        "regions",
        "Regionen im Überblick",
        columns,
        rows,
        scope="Einheit: Anzahl.",
        source="Quelle: Listen.",
        notes=("Für alle Zeilen gilt [Anm. 1, 2].",),
        total_rows=(4,),
    )
    return replace(table, **changes)


def _row(region: str, n: Cell, rate: Cell, last: dt.date, notes: str) -> tuple[Cell, ...]:
    shown = Cell(last, last.strftime("%d.%m.%Y"), "date")
    return (Cell(region, region), n, rate, shown, Cell(None, "−99 bis −74", "interval"), Cell(notes, notes))


def chart(key: str, **changes: object) -> ChartRef:
    ref = ChartRef(key, "yearly_columns", (), f"Diagramm {key}", "Es wurden weniger.", f"Säulen {key}, von 71 auf 2")
    return replace(ref, **changes)


def page_of(code: str, name: str) -> Section:
    key = f"region_{code.replace('-', '_')}"
    blocks = (Paragraph(f"Befund {name}.", "message"), FactsBlock((("Letzte Reise", "07/2013"),)), chart(key))
    return Section(key, f"Regionenblatt {name}", blocks, page_break=True)


def full_document(**changes: object) -> Document:
    """A document with every kind of block."""
    title = "Marktarbeit Russland 2012–2024: Entwicklung nach Regionen"
    long = regions_table(key="list", title="Liste", rows=regions_table().rows[:4] * 10, total_rows=())
    wide = TableBlock(
        "wide",
        "Nach Jahren",
        tuple(Column(f"y{year}", str(year), "right") for year in range(2000, 2025)),
        (tuple(number(1000 * year, f"{1000 * year:,}") for year in range(25)),) * 4,
    )
    extra = regions_table(key="extra", title="Alle Regionen", places=frozenset({"xlsx"}))
    sections = (
        Section("page_one", title, (ListBlock(("Satz eins.", "Satz zwei."), True), regions_table(), chart("first"))),
        Section(
            "overview", "Überblick", (Paragraph("Achtung.", "warning"), wide, extra, ListBlock(("a", "b"))), 1, True
        ),
        page_of("RU-SVE", "Gebiet Swerdlowsk"),
        page_of("RU-TA", "Republik Tatarstan"),
        Section("limits", "Grenzen", (ListBlock(("eins [Anm. 3]",)),)),
        Section("annex", "Anhang", (Paragraph("Vorwort."), long)),
        Section("annex_a", "Eine Frage?", (Paragraph("Antwort.", "message"), chart("second"), long_copy(long)), 2),
    )
    document = Document(
        kind="before-after",
        language="de",
        edition="intern",
        title=title,
        subtitle="Netzwerk e. V. · Datenstand 31.12.2024",
        banner=BANNER,
        organisation="Netzwerk e. V.",
        as_of=dt.date(2024, 12, 31),
        sections=sections,
        cover=(("Herausgeber", "Netzwerk e. V."),),
        notes=("Erste Anmerkung.", "Zweite Anmerkung.", "Dritte Anmerkung."),
        symbols=(("0", "gezählt, keine"), ("n. e.", "nicht erfasst"), ("≥", "mindestens")),
        glossary=(("Aussetzung", "Ende der Zusammenarbeit."),),
    )
    return replace(document, **changes)


def long_copy(table: TableBlock) -> TableBlock:
    return replace(table, key="list_two")


def hostile_document() -> Document:
    """Every text of a document hostile, keys aside."""
    table = TableBlock(
        "t",
        HOSTILE,
        (Column("a", HOSTILE), Column("region", HOSTILE, group=HOSTILE), Column("notes", HOSTILE)),
        ((Cell(HOSTILE, HOSTILE), Cell(HOSTILE, HOSTILE, "symbol"), Cell(HOSTILE, HOSTILE)),) * 4,
        scope=HOSTILE,
        source=HOSTILE,
        notes=(HOSTILE,),
    )
    blocks = (
        Paragraph(HOSTILE),
        ListBlock((HOSTILE,)),
        FactsBlock(((HOSTILE, HOSTILE),)),
        table,
        chart("c", title=HOSTILE, message=HOSTILE, alt=HOSTILE),
    )
    return full_document(
        title=HOSTILE,
        subtitle=HOSTILE,
        banner=HOSTILE,
        organisation=HOSTILE,
        sections=(Section("s", HOSTILE, blocks), Section("u", f"x{HOSTILE}", blocks[:1])),
        notes=(HOSTILE,),
        symbols=((HOSTILE, HOSTILE),),
        glossary=((HOSTILE, HOSTILE),),
        cover=((HOSTILE, HOSTILE),),
    )


def charts_of(document: Document) -> dict[str, bytes]:
    """The same small picture for every chart."""
    refs = [block for section in document.sections for block in section.blocks if isinstance(block, ChartRef)]
    return {ref.key: SVG for ref in refs}
