"""Plain Python, as a file that is run: no Django, `__name__` is `__main__`."""

import importlib
import sys

MODULE = "__main__"


def versions():
    return {"python": sys.version.split()[0]}


# Imported once, before the forks, as many snippets need some of them; none is bound in a snippet's module.
USUAL = """
    asyncio collections.abc concurrent.futures contextlib contextvars copy dataclasses datetime decimal enum functools
    gc hashlib http.server inspect io itertools json logging multiprocessing operator os pathlib pickle queue random re
    socket sqlite3 statistics string subprocess tempfile textwrap threading time traceback typing unittest.mock
    urllib.request uuid warnings weakref
"""


def start():
    for name in USUAL.split():
        importlib.import_module(name)


def stop():
    pass


def prepare(module):
    """Gives a child's module what its snippet may use."""
