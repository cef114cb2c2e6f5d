"""``python -m affetto``: the same as the ``affetto`` command."""

from affetto.cli.main import main

if __name__ == "__main__":
    main()
