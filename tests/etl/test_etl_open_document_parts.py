from vemas_analytics.etl.reading.workbook_parts import SheetParts, open_document_parts


def _parts(*tables: str) -> dict[str, SheetParts]:
    return dict(open_document_parts("".join(tables).encode()))


def _row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def _cell(more: str = "", *, covered: bool = False) -> str:
    return f"<table:{'covered-' if covered else ''}table-cell{more}/>"


def test_merged_cells_stand_where_the_program_shows_them() -> None:
    wide = _cell(' table:number-columns-spanned="3" table:number-rows-spanned="1"')
    deep = _cell(' table:number-columns-spanned="1" table:number-rows-spanned="2"')
    both = _cell(' table:number-columns-spanned="2" table:number-rows-spanned="4"')
    blank = _cell(' table:number-columns-repeated="5"')
    found = _parts(
        '<table:table table:name="Tabelle 1">',
        _row(_cell(), wide, _cell(' table:number-columns-repeated="2"', covered=True), deep),
        _row(_cell(), more=' table:number-rows-repeated="7"'),
        _row(blank, both),
        '</table:table><table:table table:name="Tabelle 2">',
        _row(deep),
        "</table:table>",
    )
    assert found["Tabelle 1"].merged == ((0, 1, 0, 3), (0, 4, 1, 4), (8, 5, 11, 6))
    assert found["Tabelle 2"].merged == ((0, 0, 1, 0),)


def test_cells_of_a_single_place_are_not_merged() -> None:
    single = _cell(' table:number-columns-spanned="1" table:number-rows-spanned="1"')
    endless = _cell(' table:number-columns-spanned="999999999" table:number-rows-spanned="1"')
    found = _parts('<table:table table:name="a">', _row(single, endless), "</table:table>")
    assert found["a"].merged == ()


def test_hidden_rows_and_columns_are_told_with_merging() -> None:
    wide = _cell(' table:number-columns-spanned="2" table:number-rows-spanned="1"')
    found = _parts(
        '<table:table table:name="a">',
        "<table:table-column/>",
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>',
        _row(_cell()),
        _row(wide, more=' table:visibility="filter"'),
        "</table:table>",
    )
    assert found["a"] == SheetParts(hidden_rows=((2, 2),), hidden_columns=((1, 2),), merged=((1, 0, 1, 1),))


def test_a_document_that_merges_and_hides_nothing_says_nothing() -> None:
    assert _parts('<table:table table:name="a">', _row(_cell()), "</table:table>") == {}
