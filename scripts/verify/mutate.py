"""Variants of set-ups, each with one fact changed that a taker may have to know.

Reads from standard input a JSON list of {"id", "setup", "code", "hidden"}; writes for each a line of JSON,
{"id", "variants": [{"fact", "name", "value", "setup", "code"}]}. `fact` is the kind of the change, `name` and `value`
are what stood there. Code that is hidden from the taker is changed too, but for numbers: they are the experiment's.
What Python cannot parse has no variants: its proof fails elsewhere.
"""

import ast
import copy
import json
import sys

# Settings without which nothing would run at all, and those that only make runs quick.
PLUMBING = {
    "ROOT_URLCONF", "TEMPLATES", "INSTALLED_APPS", "DATABASES", "MEDIA_ROOT", "STATIC_ROOT", "STORAGES", "SECRET_KEY",
    "PASSWORD_HASHERS", "EMAIL_BACKEND", "LOGGING", "LOGGING_CONFIG", "STATIC_URL", "MEDIA_URL", "DATABASE_ROUTERS",
}
OPTIONS = {
    "default", "null", "blank", "unique", "required", "max_length", "read_only", "write_only", "allow_null",
    "allow_blank", "auto_now", "auto_now_add", "db_default", "choices", "unique_for_date", "max_digits",
}
ORDERED_MODELS = """
from django.apps import apps as _apps
for _model in _apps.get_models():
    _model._meta.ordering = _model._meta.ordering or ["pk"]
"""


def changes(tree):
    """Pairs of a description and a function that makes the change in a copy of the tree, by the node's position."""
    for at, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.Call):
            yield from changed_call(at, node)
        elif isinstance(node, ast.ClassDef):
            yield from changed_class(at, node)
        elif isinstance(node, ast.Assign) and is_setting(node.targets[0]):
            yield ("setting", node.targets[0].attr, ast.unparse(node.value)), blanked(at)


def changed_call(at, node):
    name = last_name(node.func)
    for index, keyword in enumerate(node.keywords):
        value = ast.unparse(keyword.value)
        if keyword.arg == "enforce_csrf_checks":
            yield ("client", keyword.arg, value), without_keyword(at, index)
        elif keyword.arg in OPTIONS and (name.endswith("Field") or name.endswith("ForeignKey")):
            yield ("field option", keyword.arg, value), without_keyword(at, index)
        elif name == "override_settings" and keyword.arg not in PLUMBING:
            yield ("setting", keyword.arg, value), without_keyword(at, index)
    if name == "range" and len(node.args) == 1 and is_count(node.args[0]):
        yield ("number of rows", "range", str(node.args[0].value)), one_more(at)
    if name == "order_by" and isinstance(node.func, ast.Attribute):
        yield ("ordering", "order_by", ast.unparse(node)), unordered(at)


def changed_class(at, node):
    for index, part in enumerate(node.body):
        if not (isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name)):
            continue
        name, value = part.targets[0].id, part.value
        if name == "ordering":
            yield ("ordering", name, ast.unparse(value)), without_part(at, index)
        elif isinstance(value, ast.Constant) and type(value.value) in (int, bool):
            yield ("number", name, str(value.value)), other_constant(at, index)


def is_setting(target):
    return isinstance(target, ast.Attribute) and last_name(target.value) == "settings" and target.attr not in PLUMBING


def is_count(node):
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value > 0


def last_name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def node_at(tree, at):
    return next(node for index, node in enumerate(ast.walk(tree)) if index == at)


def blanked(at):
    def change(tree):
        wanted = node_at(tree, at)
        for parent in ast.walk(tree):
            body = getattr(parent, "body", None)
            if isinstance(body, list) and wanted in body:
                body[body.index(wanted)] = ast.Pass()

    return change


def without_keyword(at, index):
    return lambda tree: node_at(tree, at).keywords.pop(index)


def one_more(at):
    def change(tree):
        node_at(tree, at).args[0].value += 1

    return change


def unordered(at):
    def change(tree):
        call = node_at(tree, at)
        call.func.attr, call.args, call.keywords = "all", [], []

    return change


def without_part(at, index):
    def change(tree):
        node_at(tree, at).body[index] = ast.Pass()

    return change


def other_constant(at, index):
    def change(tree):
        constant = node_at(tree, at).body[index].value
        constant.value = not constant.value if isinstance(constant.value, bool) else constant.value + 1

    return change


def variants(claim):
    setup, code = claim["setup"], claim["code"]
    for fact, changed in changed_sources(setup):
        yield {**fact, "setup": changed, "code": code}
    if claim["hidden"]:
        for fact, changed in changed_sources(code):
            if not fact["fact"].startswith("number"):
                yield {**fact, "setup": setup, "code": changed}
    if "radio.models" in setup or "models.Model" in setup:
        fact = {"fact": "no ordering", "name": "ordering", "value": ""}
        yield {**fact, "setup": setup + "\n" + ORDERED_MODELS, "code": code}


def changed_sources(source):
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for (fact, name, value), change in changes(tree):
        changed = copy.deepcopy(tree)
        change(changed)
        yield {"fact": fact, "name": name, "value": value}, ast.unparse(changed)


if __name__ == "__main__":
    for each in json.load(sys.stdin):
        print(json.dumps({"id": each["id"], "variants": list(variants(each))}))
