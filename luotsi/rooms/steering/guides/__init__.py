"""Where guides are kept: written in three languages, read through, published, and their history."""
