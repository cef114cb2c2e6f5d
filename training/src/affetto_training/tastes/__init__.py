"""How well a taste can be learnt: listeners made of numbers, listeners of a study, and tables."""
