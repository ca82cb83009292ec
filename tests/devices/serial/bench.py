"""A driver on one of the simulated devices on serial lines."""

import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

import goldens.bench

SIMULATORS = {"nutdrv_qx": "qx_sim.py", "blazer_ser": "qx_sim.py", "apcsmart": "apcsmart_sim.py", "apcsmart-old": "apcsmart_sim.py"}
# names that a driver may be started by where no program has them
OTHER_NAMES = {"blazer_ser": "nutdrv_qx", "apcsmart-old": "apcsmart"}


class Bench(goldens.bench.Bench):
    """A simulator and a driver that was started on it."""

    def __init__(self, driver, simulator_args, options, program, start_timeout=90, extra=()):
        super().__init__()
        self.link = os.path.join(self.dir, "tty")
        script = os.path.join(HERE, SIMULATORS[driver])
        self.simulate(script, "--link", self.link, "--log", os.path.join(self.dir, "traffic.log"), *simulator_args)
        self.start(driver, self.link, options, program, start_timeout, extra)

    def requests(self):
        return json.loads(self.control("log")[3:])

    def settle(self, rounds=2, timeout=20):
        """Waits until the driver has polled so many times."""
        end = time.monotonic() + timeout
        for _ in range(rounds):
            seen = len(self.requests())
            while time.monotonic() < end and len(self.requests()) == seen:
                time.sleep(0.05)
            self.quiet(end)

    def quiet(self, end):
        """Waits until the driver asks nothing for a while."""
        while time.monotonic() < end:
            seen = len(self.requests())
            time.sleep(0.35)
            if len(self.requests()) == seen:
                break
