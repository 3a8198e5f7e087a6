"""From one cell to one value, with the rule that was used or the fault that was found."""
