"""A Firefox of the system, driven through WebDriver BiDi (W3C): the few steps that tests take."""

import contextlib
import itertools
import json
import os
import queue
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from websockets.sync.client import ClientConnection, connect

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), "")
PATIENCE_SECONDS = 60


class Firefox:
    """One window, and what it complained of."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.complaints: list[str] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        [context] = self.send("browsingContext.getTree")["contexts"]
        self._context = context["context"]

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; entries of the log on the way are complaints."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE_SECONDS))
            if answer.get("method") == "log.entryAdded":
                self.complaints.append(answer["params"]["text"])
            elif answer.get("id") == number:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result

    def visit(self, address: str, *, width: int = 1280, height: int = 800) -> None:
        """Open an address in a window of a size, and wait until it is loaded."""
        size = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self._context, viewport=size)
        self.send("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, script: str) -> Any:
        """Return what an expression gives, once it is settled; it is written as JSON there."""
        result = self.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({script})))()",
            target={"context": self._context},
            awaitPromise=True,
        )
        assert result["type"] == "success", result
        return json.loads(result["result"].get("value", "null"))


@contextlib.contextmanager
def firefox() -> Iterator[Firefox]:
    """Start a Firefox without a display, and end it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text(
            'user_pref("app.normandy.enabled", false);\n'
            'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
            'user_pref("network.captive-portal-service.enabled", false);\n',
            encoding="utf-8",
        )
        process = subprocess.Popen(
            [FIREFOX, "--headless", "--profile", profile, "--remote-debugging-port", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "HOME": profile},
            text=True,
        )
        assert process.stderr is not None
        said: queue.Queue[str] = queue.Queue()
        # Read to the end, or a Firefox that says much would wait for who reads it; and by another
        # thread, or the tests would wait for one that says nothing.
        threading.Thread(target=_read, args=(process.stderr, said), daemon=True).start()
        try:
            with connect(f"{_address(said)}/session", max_size=None, proxy=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE_SECONDS)
            finally:
                process.kill()


def _read(lines: IO[str], said: "queue.Queue[str]") -> None:
    with lines:
        for line in lines:
            said.put(line)


def _address(said: "queue.Queue[str]") -> str:
    """Return where Firefox listens; it says so among other things."""
    before = []
    while True:
        try:
            before.append(said.get(timeout=PATIENCE_SECONDS))
        except queue.Empty:
            raise TimeoutError(f"Firefox listens nowhere; it said {before}") from None
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", before[-1]):
            return found[1]
