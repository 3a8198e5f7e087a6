"""Where lists stand on a sheet, what their headings mean, and which rows are no records."""
