"""Reference tables and their typed readers: judgements are data, kept here with their source."""
