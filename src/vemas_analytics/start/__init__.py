"""The door of a start: settings with comments and a workbook to enter one's own data."""
