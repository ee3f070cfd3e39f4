"""Runs one snippet, in the child process that is its own."""

import contextlib
import io
import json
import linecache
import os
import resource
import sys
import traceback
import types

MEMORY_BYTES = 1 << 30
PRINTED_CHARACTERS = 20_000


def run(claim, ground, seconds):
    """What the code prints and how it ends, as JSON; what the setup prints is not kept."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    # Classes that snippets define are pickled and looked up by their module's name.
    module = sys.modules[ground.MODULE] = types.ModuleType(ground.MODULE)
    clean_up = ground.prepare(module)
    try:
        return json.dumps(outcome(claim, module))
    finally:
        if clean_up:
            clean_up()


def outcome(claim, module):
    result = {"id": claim["id"], "printed": "", "raised": None, "detail": ""}
    for part in ("setup", "code"):
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(compiled(claim[part], f"<{part}>"), module.__dict__)
        except BaseException as error:
            result["raised"] = type(error).__name__
            result["detail"] = f"{error} ({place(error, part)})"
            if part == "setup":
                result["raised"] = f"{result['raised']} in its setup"
        result["printed"] = printed.getvalue()[:PRINTED_CHARACTERS] if part == "code" else ""
        if result["raised"]:
            break
    return result


def compiled(source, filename):
    """With its lines where tracebacks and `inspect` look for them."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    return compile(source, filename, "exec", dont_inherit=True)


def place(error, part):
    """The snippet's own line in which it happened, without the way through Django."""
    if isinstance(error, SyntaxError):
        return f"line {error.lineno} of the {part}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename in ("<setup>", "<code>")]
    return f"line {own[-1].lineno} of the {own[-1].filename[1:-1]}" if own else part


def child(claim, ground, seconds, pipe):
    """Never returns. Nothing but the result gets out: the snippet's own input and output lead nowhere."""
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        text = run(claim, ground, seconds)
        with os.fdopen(pipe, "w", encoding="utf-8") as out:
            out.write(text)
    finally:
        os._exit(0)
