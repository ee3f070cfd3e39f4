"""Runs snippets on the Django that this Python finds.

Reads from standard input a JSON list of {"id", "setup", "code"}; writes for each a line of JSON,
{"id", "printed", "raised", "detail"}, in no particular order. `--versions` tells what would run them.

Django is started once. Each snippet gets a forked child with the tables made and nothing in them, so that none
can see what another did. The children have limits but no sandbox: the snippets are the bank's own.
"""

import gc
import json
import os
import selectors
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import project
import snippet

SECONDS = int(os.environ.get("SNIPPET_SECONDS", "15"))


class Child:
    def __init__(self, claim):
        self.claim = claim
        self.text = b""
        self.ends_at = time.monotonic() + SECONDS
        self.pipe, theirs = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.pipe)
            snippet.child(claim, SECONDS, theirs)
        os.close(theirs)

    def read(self):
        """False when the child has said all."""
        data = os.read(self.pipe, 1 << 16)
        self.text += data
        return bool(data)

    def stop(self):
        """Also what the child has started."""
        for kill, target in ((os.killpg, self.pid), (os.kill, self.pid)):
            try:
                kill(target, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def result(self, late):
        os.close(self.pipe)
        self.stop()
        os.waitpid(self.pid, 0)
        try:
            return json.loads(self.text)
        except ValueError:
            why = f"it ran for {SECONDS} s" if late else "it died without a word, perhaps out of time or memory"
            return {"id": self.claim["id"], "printed": "", "raised": "nothing, it was stopped", "detail": why}


def results(claims, at_once):
    waiting = list(reversed(claims))
    with selectors.DefaultSelector() as selector:
        while waiting or selector.get_map():
            while waiting and len(selector.get_map()) < at_once:
                child = Child(waiting.pop())
                selector.register(child.pipe, selectors.EVENT_READ, child)
            ready = [key.data for key, _ in selector.select(0.2)]
            ended = [(child, False) for child in ready if not child.read()]
            now = time.monotonic()
            running = [key.data for key in selector.get_map().values()]
            ended += [(child, True) for child in running if child not in ready and child.ends_at < now]
            for child, late in ended:
                selector.unregister(child.pipe)
                yield child.result(late)


def versions():
    import django
    import rest_framework

    if django.VERSION >= (6,) and sys.version_info < (3, 12):
        sys.exit("Django 6 needs Python 3.12")
    return {"python": sys.version.split()[0], "django": django.__version__, "drf": rest_framework.VERSION}


def main():
    if sys.argv[1:] == ["--versions"]:
        print(json.dumps(versions()))
        return
    claims = json.load(sys.stdin)
    project.start()
    gc.freeze()  # a child that collects garbage would copy every page of its parent
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for result in results(claims, at_once=os.cpu_count() or 1):
            print(json.dumps(result), flush=True)
        os.chdir("/")


if __name__ == "__main__":
    main()
