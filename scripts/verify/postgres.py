"""A PostgreSQL of its own in a temporary folder; each snippet gets an empty database and two connections to it."""

import atexit
import fcntl
import glob
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time

MODULE = "snippet"
# In milliseconds: so long a statement may wait for a lock before it counts as blocked.
PATIENCE = 300

SLOTS = 32

cluster = {}


def versions():
    import psycopg2  # noqa: F401 (without it there is nothing to run)

    text = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    return {"python": sys.version.split()[0], "postgresql": re.search(r"\d+(?:\.\d+)*", text).group()}


def program(name):
    """Debian keeps them out of the path; the newest release comes first."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: int(path.split("/")[4]))
    path = found[-1] if found else shutil.which(name)
    if path is None:
        sys.exit(f"there is no {name} here")
    return path


def start():
    folder = tempfile.mkdtemp(prefix="proofs-pg-")
    cluster.update(folder=folder, owner=os.getpid())
    atexit.register(stop)
    # PostgreSQL refuses to run as root.
    user = {}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    options = {"cwd": folder, "stdin": subprocess.DEVNULL, **user}
    made = [program("initdb"), "-D", f"{folder}/data", "-U", "drills", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run([*made, "--no-sync"], check=True, capture_output=True, **options)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "fsync": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
        # Commits stay synchronous: VACUUM takes rows for visible to all only when their commit is written.
        # A plan that costs much would be compiled for longer than it runs.
        "jit": "off",
        "shared_buffers": "32MB",
        "max_connections": "60",
        "deadlock_timeout": "100ms",
        "timezone": "UTC",
    }
    given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = open(f"{folder}/log", "wb")
    cluster["server"] = subprocess.Popen(
        [program("postgres"), "-D", f"{folder}/data", *given], stdout=log, stderr=log, **options
    )
    wait_until_ready()


def wait_until_ready():
    import psycopg2

    for _ in range(200):
        try:
            connect("postgres").close()
            return
        except psycopg2.OperationalError:
            if cluster["server"].poll() is not None:
                break
            time.sleep(0.05)
    with open(f"{cluster['folder']}/log", encoding="utf-8") as log:
        sys.exit(f"PostgreSQL does not start:\n{log.read()}")


def stop():
    """Does nothing in a child, and nothing the second time."""
    if cluster.get("owner") != os.getpid():
        return
    cluster["owner"] = None
    server = cluster.get("server")
    if server:
        server.send_signal(3)  # SIGQUIT: at once, whatever is open
        server.wait()
    shutil.rmtree(cluster["folder"], ignore_errors=True)


def connect(database):
    import psycopg2

    return psycopg2.connect(host=cluster["folder"], user="drills", dbname=database)


def administer(statement):
    connection = connect("postgres")
    connection.autocommit = True
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()


def prepare(module):
    """Gives a child's module `a`, `b`, `connect`, `run`, `blocked` and `until_waiting`."""
    name, release = take_database()
    module.connect = lambda: connect(name)
    module.a, module.b = connect(name), connect(name)
    module.run, module.blocked, module.until_waiting = run, blocked, until_waiting
    return release


def take_database():
    """A database that nobody uses now, empty, and what gives it back.

    To make one takes twenty times as long as to empty one. While it is in use a file says that it may hold
    anything: that of a child which was stopped is made anew.
    """
    for slot in range(SLOTS):
        file = os.open(f"{cluster['folder']}/slot-{slot}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            continue
        name = f"snippet_{slot}"
        if os.pread(file, 5, 0) != b"empty":
            administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            administer(f"CREATE DATABASE {name}")
        os.ftruncate(file, 0)
        return name, lambda: give_back(name, file)
    raise RuntimeError(f"more than {SLOTS} snippets run at once")


def give_back(name, file):
    connection = connect(name)
    connection.autocommit = True
    try:
        run(connection, OTHERS_OUT)
        for (schema,) in run(connection, OWN_SCHEMAS):
            run(connection, f'DROP SCHEMA "{schema}" CASCADE')
        run(connection, "CREATE SCHEMA public AUTHORIZATION pg_database_owner")
        run(connection, "GRANT USAGE ON SCHEMA public TO PUBLIC")
        if run(connection, LEFT_OVER) == [(0,)]:
            os.pwrite(file, b"empty", 0)
    finally:
        connection.close()


OTHERS_OUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
OWN_SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
# What belongs to no schema.
LEFT_OVER = """
    SELECT (SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql') + (SELECT count(*) FROM pg_event_trigger)
         + (SELECT count(*) FROM pg_publication) + (SELECT count(*) FROM pg_foreign_data_wrapper)
         + (SELECT count(*) FROM pg_largeobject_metadata) + (SELECT count(*) FROM pg_default_acl)
         + (SELECT count(*) FROM pg_db_role_setting) + (SELECT count(*) FROM pg_prepared_xacts)
"""


def run(connection, sql, *args):
    """The rows of a statement, as tuples; none where it gives none."""
    with connection.cursor() as cursor:
        cursor.execute(sql, args or None)
        return cursor.fetchall() if cursor.description else []


def blocked(connection, sql, timeout=PATIENCE / 1000):
    """Whether a statement has to wait for a lock. It has run when it has not; the transaction goes on either way."""
    import psycopg2

    run(connection, "SAVEPOINT waits")
    run(connection, f"SET LOCAL lock_timeout = {int(timeout * 1000)}")
    try:
        run(connection, sql)
    except psycopg2.errors.LockNotAvailable:
        run(connection, "ROLLBACK TO SAVEPOINT waits")
        return True
    run(connection, "SET LOCAL lock_timeout = 0")
    run(connection, "RELEASE SAVEPOINT waits")
    return False


def until_waiting(connection):
    """Comes back when this session waits for a lock: that of a snippet beside it does not count, however busy it is."""
    watcher = connect("postgres")
    watcher.autocommit = True
    try:
        while run(watcher, "SELECT pg_blocking_pids(%s) = '{}'", connection.info.backend_pid) == [(True,)]:
            time.sleep(0.01)
    finally:
        watcher.close()
