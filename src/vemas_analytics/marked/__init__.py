"""The door of the marked copies: the user gets his own workbook back, coloured and commented."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vemas_analytics.marked.copies import MarkedCopy, write_marked_copies

__all__ = ["MarkedCopy", "write_marked_copies"]


def __getattr__(name: str) -> Any:
    """Load on first use: the process that opens workbooks is part of this package and has to stay small."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from vemas_analytics.marked import copies

    return getattr(copies, name)
