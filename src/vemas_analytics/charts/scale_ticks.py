"""Round values for the light lines of a scale."""


def scale_ticks(largest: float, *, whole_numbers: bool = True) -> tuple[float, ...]:
    """Return one to three round values up to ``largest`` for light grid lines; none where they would be fractions."""
    if largest <= 0:
        return ()
    magnitude = 10.0 ** (len(str(int(largest))) - 1) if largest >= 1 else 0.1
    steps = [factor * magnitude for factor in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)]
    if whole_numbers:
        steps = [step for step in steps if step >= 1.0]
    if not steps:
        return ()
    step = next((step for step in steps if largest / step < 4), steps[-1])
    return tuple(step * number for number in range(1, int(largest / step + 1e-9) + 1))
