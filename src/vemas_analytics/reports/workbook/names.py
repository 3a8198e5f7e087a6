"""Names that Excel accepts, each used once in a workbook."""

_LONGEST_SHEET = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Names:
    """Gives out the names of sheets and tables of one workbook."""

    def __init__(self) -> None:
        self._sheets: set[str] = set()
        self._tables: set[str] = set()

    def sheet(self, wanted: str) -> str:
        """Return a sheet name: at most 31 characters, none that Excel refuses."""
        base = " ".join(wanted.translate(_FORBIDDEN).split()).strip("'")[:_LONGEST_SHEET].strip() or "Tabelle"
        name, count = base, 2
        while name.casefold() in self._sheets:
            tail = f" {count}"
            name, count = base[: _LONGEST_SHEET - len(tail)] + tail, count + 1
        self._sheets.add(name.casefold())
        return name

    def table(self, key: str) -> str:
        """Return the name of an Excel table, after the key of what it holds."""
        base = "t_" + "".join(char if char.isascii() and char.isalnum() else "_" for char in key)
        name, count = base, 2
        while name.casefold() in self._tables:
            name, count = f"{base}_{count}", count + 1
        self._tables.add(name.casefold())
        return name


def cell_reference(sheet: str, place: str) -> str:
    """Return the reference to a cell or a range of a sheet as formulas and links write it."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{place}"
