"""Shapes of marks, one for each kind of activity, told apart without colour."""

import math

Corners = tuple[tuple[float, float], ...]


def mark_shape(kind: str, x: float, y: float, radius: float) -> Corners:
    """Return the corners of the mark of a kind around a point, all of about the same area.

    Trip: disc; delegation: square; fair: triangle; forum: diamond; political: star; others: triangle on its tip.
    """
    r = radius
    if kind == "delegation":
        s = 0.85 * r
        return (x - s, y - s), (x - s, y + s), (x + s, y + s), (x + s, y - s)
    if kind == "trade_fair":
        return (x - 1.1 * r, y - 0.8 * r), (x, y + 1.2 * r), (x + 1.1 * r, y - 0.8 * r)
    if kind == "forum":
        s = 1.2 * r
        return (x - s, y), (x, y + s), (x + s, y), (x, y - s)
    if kind == "political":
        return tuple(
            (x + size * math.sin(turn * math.pi / 5), y + size * math.cos(turn * math.pi / 5))
            for turn in range(10)
            for size in ((1.35 if turn % 2 == 0 else 0.6) * r,)
        )
    if kind == "business_trip":
        return tuple((x + r * math.cos(turn * math.pi / 8), y + r * math.sin(turn * math.pi / 8)) for turn in range(16))
    return (x - 1.1 * r, y + 0.8 * r), (x, y - 1.2 * r), (x + 1.1 * r, y + 0.8 * r)
