"""The reader's own copies of sources: kept, read, and every passage of a corpus found and proved in them."""
