"""Runs each snippet in a forked child of its own, several at once, and stops what does not end."""

import json
import os
import selectors
import signal
import time

import snippet

ENDING = (signal.SIGINT, signal.SIGTERM)

SECONDS = int(os.environ.get("SNIPPET_SECONDS", "15"))


class Child:
    def __init__(self, claim, ground):
        self.claim = claim
        self.text = b""
        self.ends_at = time.monotonic() + SECONDS
        self.pipe, theirs = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.pipe)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
            snippet.child(claim, ground, SECONDS, theirs)
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


def results(claims, ground, at_once):
    """Of each claim, as they end. What runs is stopped when nobody wants any more."""
    waiting = list(reversed(claims))
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or selector.get_map():
                while waiting and len(selector.get_map()) < at_once:
                    # No signal in between: a child that nobody knows of yet would not be stopped.
                    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
                    child = Child(waiting.pop(), ground)
                    selector.register(child.pipe, selectors.EVENT_READ, child)
                    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
                for child, late in ended(selector):
                    selector.unregister(child.pipe)
                    yield child.result(late)
        finally:
            for key in selector.get_map().values():
                key.data.result(late=True)


def ended(selector):
    """Pairs of a child and whether it took too long."""
    ready = [key.data for key, _ in selector.select(0.2)]
    now = time.monotonic()
    running = [key.data for key in selector.get_map().values()]
    late = [(child, True) for child in running if child not in ready and child.ends_at < now]
    return [(child, False) for child in ready if not child.read()] + late
