"""Search page, as-you-type, understanding of questions, indexer, search log."""
