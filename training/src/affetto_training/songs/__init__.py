"""Tables of songs: what is read from them, what is learnt, and how well."""
