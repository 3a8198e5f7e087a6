"""Corrections of single cells, guarded by what the cell shows."""
