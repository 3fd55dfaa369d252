"""Text: what may reach a terminal, dates and positions in words, citations."""
