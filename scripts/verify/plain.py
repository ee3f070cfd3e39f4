"""Plain Python, as a file that is run: nothing imported, no Django, `__name__` is `__main__`."""

import sys

MODULE = "__main__"


def versions():
    return {"python": sys.version.split()[0]}


def start():
    pass


def stop():
    pass


def prepare(module):
    """Gives a child's module what its snippet may use."""
