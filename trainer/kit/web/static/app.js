// Entry of the scripts.
