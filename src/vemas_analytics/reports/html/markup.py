"""Elements of a page as text: whatever is not markup is escaped, so that no name from a file can become any."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final, TypeAlias

_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_VOID: Final = frozenset({"meta", "link", "img"})


class Markup(str):
    """Text that is markup already: made by `tag` or `join`, never from a file."""

    __slots__ = ()


Child: TypeAlias = "str | Iterable[Child] | None"
Value: TypeAlias = str | int | float | bool | None


def clean(text: str) -> str:
    """Return ``text`` without characters that steer instead of show: controls, direction marks, half pairs."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("\ufffd", text)


def _flat(child: Child) -> Iterator[str]:
    if child is None:
        return
    if isinstance(child, Markup):
        yield child
    elif isinstance(child, str):
        yield escape(clean(child), quote=False)
    else:
        for item in child:
            yield from _flat(item)


def join(*children: Child) -> Markup:
    """Return children side by side; plain text among them is escaped."""
    return Markup("".join(_flat(children)))


def tag(name: str, /, *children: Child, **attributes: Value) -> Markup:
    """Return an element.

    Parameters
    ----------
    name : str
        Written by the program, never from a file.
    *children : str, Markup or iterables of them
        Plain text is escaped; None is left out.
    **attributes
        ``class_`` stands for ``class``, ``data_value`` for ``data-value``; None and False are left out, True is
        written without a value.
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        shown = key.rstrip("_").replace("_", "-")
        parts.append(f" {shown}" if value is True else f' {shown}="{escape(clean(str(value)))}"')
    parts.append(">")
    if name not in _VOID:
        parts.extend(_flat(children))
        parts.append(f"</{name}>")
    return Markup("".join(parts))


def raw(name: str, content: str, /, **attributes: Value) -> Markup:
    """Return a ``style`` or ``script`` element around the program's own text.

    Raises
    ------
    ValueError
        When the text would end the element before its end.
    """
    if f"</{name}" in content.lower() or "<!--" in content:
        message = f"the content of <{name}> would end it"
        raise ValueError(message)
    return tag(name, Markup(content), **attributes)
