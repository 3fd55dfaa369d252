"""What is compiled from a corpus for searching, and how it is asked."""
