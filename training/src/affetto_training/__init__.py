"""How the models in Affetto were made: the only place for torch."""
