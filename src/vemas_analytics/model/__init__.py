"""The nouns every station speaks. No input or output library is known here."""
