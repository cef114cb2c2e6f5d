"""Tables of songs: reading them whatever they are called, cleaning them, telling moods.

``opening`` finds out what a file is, ``columns`` what its columns mean, ``survey`` reads
it once to learn its units and doubles, ``cleaning`` reads it again and gives songs.
"""
