"""Keys of the sections that sentences and tables send the reader to."""


def ascii_key(code: str) -> str:
    """Return a region code as part of a key."""
    return code.replace("-", "_")


def region_place(code: str) -> str:
    """Return the key of a region's page; writers leave out a reference to a page that is not there."""
    return f"region_{ascii_key(code)}"
