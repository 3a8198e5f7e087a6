"""What happened to the Russia market work, region by region, before and after its stop - and how sure can we be."""
