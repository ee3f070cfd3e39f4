"""Runs snippets on a ground: `run.py django`, `run.py python` or `run.py postgresql`.

Reads from standard input a JSON list of {"id", "setup", "code"}; writes for each, when it has ended, a line of
JSON, {"id", "printed", "raised", "detail"}. `--versions` tells what would run them.

What a ground needs is started once. Each snippet gets a forked child in which nothing can be seen of what another
did: with Django the tables made and nothing in them, with PostgreSQL an empty database. The children have limits
but no sandbox: the snippets are the bank's own. SIGINT, SIGTERM and a reader that is gone end it, with all that it
has started.
"""

import gc
import importlib
import json
import os
import signal
import sys
import tempfile

sys.dont_write_bytecode = True

import children

GROUNDS = {"django": "project", "python": "plain", "postgresql": "postgres"}


def main():
    name, *options = sys.argv[1:] or ["django"]
    ground = importlib.import_module(GROUNDS[name])
    if options == ["--versions"]:
        print(json.dumps(ground.versions()))
        return
    claims = json.load(sys.stdin)
    for number in children.ENDING:
        signal.signal(number, end)
    at_once = int(os.environ.get("SNIPPETS_AT_ONCE", os.cpu_count() or 1))
    ground.start()
    try:
        gc.freeze()  # a child that collects garbage would copy every page of its parent
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            for result in children.results(claims, ground, at_once=at_once):
                print(json.dumps(result), flush=True)
            os.chdir("/")
    finally:
        ground.stop()


def end(number, frame):
    """Once: a second signal, as a terminal and the parent may each send one, must not end the tidying up."""
    for each in children.ENDING:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
