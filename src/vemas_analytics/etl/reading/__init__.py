"""From files, tables of a database and Parquet to sheets of cells, within limits."""
