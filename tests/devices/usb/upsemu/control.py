"""Changing a device that runs: a Unix socket, one JSON object a line, one answer a line.

Which device: {"device": 1}, counted from 0, which is meant when it is not said. What to do:
  {"set": {PATH: VALUE, ...}}          logical values
  {"leaf": {"ACPresent": 0}}           the same for every path that ends so
      with these, {"notify": true} has the device send the Input reports that they are in
  {"mains": false}                     mains away or back: the flags that say so; the device notifies
  {"battery_low": true}                likewise
  {"input": 7} or {"input": {"id": 7, "raw": "07 01"}}      an interrupt report, or these bytes
  {"fault": {"where": "feature", "key": 12, "what": "stall", "count": 3, "after": 2}}   see faults.py
  {"clear_faults": true}
  {"unplug": true}, {"plug": true}
  {"log": 0}                           transfers from that number on: [setup, data, error]
For a device of `qx.py`, beside mains and battery_low:
  {"answers": {"Q1": "(226.0 ..."}}        what it answers from now on
  {"asked": 0}                requests from that number on, as the device understood them
The answer is {"ok": true, "plugged": BOOL}, with "log" if asked for, or {"ok": false, "error": TEXT}.
"""

import json
import os
import socket
import threading

from . import hid
from .device import unhex


class Commander:
    """Performs the commands for one device; plug and unplug are the front end's part of it."""

    def __init__(self, device, plug, unplug, post):
        self.device, self._plug, self._unplug = device, plug, unplug
        device.pull = lambda: self._pull(post)

    def run(self, cmd):
        device, answer = self.device, {"ok": True}
        touched = device.change(cmd)
        if cmd.get("notify") or "mains" in cmd or "battery_low" in cmd:
            for rid in sorted({f.report_id for f in touched if f.kind == hid.INPUT}):
                device.send_input(rid)
        if "input" in cmd:
            given = cmd["input"] if isinstance(cmd["input"], dict) else {"id": cmd["input"]}
            device.send_input(given["id"], unhex(given["raw"]) if "raw" in given else None)
        if "fault" in cmd:
            fault = dict(cmd["fault"])
            device.faults.add(**{**fault, "raw": unhex(fault.get("raw", ""))})
            device.on_change()
        if cmd.get("clear_faults"):
            device.faults.clear()
        if cmd.get("unplug"):
            self.unplug()
        if cmd.get("plug"):
            device.plugged = True
            self._plug()
        if "log" in cmd:
            answer["log"] = list(device.log)[cmd["log"]:]
        if "asked" in cmd:
            answer["asked"] = device.dialect.asked[cmd["asked"]:]
        return {**answer, "plugged": device.plugged}

    def unplug(self):
        self.device.plugged = False
        self.device.interrupts.clear()
        self._unplug()
        self.device.on_change()

    def _pull(self, post):
        """In the middle of a transfer: it fails at once, the bus hears of it when it is over."""
        if self.device.plugged:
            self.device.plugged = False
            post(self.unplug)


class ControlSocket:
    """Serves the commanders of all devices; `post(fn)` runs fn in the front end's thread."""

    def __init__(self, path, commanders, post):
        self.commanders, self.post = commanders, post
        if os.path.exists(path):
            os.unlink(path)
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(path)
        self.listener.listen(8)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection, connection.makefile("rw", encoding="utf-8") as lines:
            for line in lines:
                lines.write(json.dumps(self._answer(line)) + "\n")
                lines.flush()

    def _answer(self, line):
        answers, done = [], threading.Event()

        def work():
            try:
                cmd = json.loads(line)
                answers.append(self.commanders[cmd.get("device", 0)].run(cmd))
            except Exception as e:
                answers.append({"ok": False, "error": "%s: %s" % (type(e).__name__, e)})
            done.set()

        self.post(work)
        done.wait(10)
        return answers[0] if answers else {"ok": False, "error": "no answer"}
