"""Runs snippets on a ground: `run.py django`, `run.py python` or `run.py postgresql`.

Reads from standard input a JSON list of {"id", "setup", "code"}; writes at the end for each a line of JSON,
{"id", "printed", "raised", "detail"}, in no particular order. `--versions` tells what would run them.

What a ground needs is started once. Each snippet gets a forked child in which nothing can be seen of what another
did: with Django the tables made and nothing in them, with PostgreSQL an empty database. The children have limits
but no sandbox: the snippets are the bank's own.
"""

import gc
import importlib
import json
import os
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
    at_once = int(os.environ.get("SNIPPETS_AT_ONCE", os.cpu_count() or 1))
    ground.start()
    try:
        gc.freeze()  # a child that collects garbage would copy every page of its parent
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            results = list(children.results(claims, ground, at_once=at_once))
            os.chdir("/")
    finally:
        ground.stop()
    # All at the end: whoever reads this may have other things to do meanwhile, and must not hold up what runs.
    for result in results:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
