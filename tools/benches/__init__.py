"""The parts of `make bench`: each subject's rows in a module of its own."""
