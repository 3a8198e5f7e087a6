"""One cleaning story per table: rows as read to records, with every repair and refusal written down."""
