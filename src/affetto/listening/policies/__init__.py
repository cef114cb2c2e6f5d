"""Two plain ways of choosing, by emotion: ``mirror`` plays what is felt, ``regulate`` leads away.

They are those of the earlier systems, as a map that people read and edit: one row for each
policy and emotion, each with its source. A listener's copy is kept in versions; their answers
may propose the next one, which counts only when a replay over the log says it does better.
"""
