"""Which rows are similar: the exact join and what is made of it."""
