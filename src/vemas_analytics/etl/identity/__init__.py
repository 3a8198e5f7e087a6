"""Which rows are one record: copies, likely twins, histories."""
