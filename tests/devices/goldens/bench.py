"""A driver on a simulated device, watched through its own socket, the one that upsd uses.

Any driver will do that reads ups.conf and speaks NUT's protocol of drivers: ours, and C NUT's.
"""

import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

# what says nothing about the device
HIDDEN = ("driver.parameter.port", "driver.version", "driver.version.internal", "driver.version.usb", "driver.flag.debug",
          "driver.debug", "driver.name", "driver.state", "driver.parameter.synchronous", "driver.parameter.pollinterval",
          "driver.flag.allow_killpower")
RESULTS = {0: "HANDLED", 1: "UNKNOWN", 2: "INVALID", 3: "FAILED", 4: "CONVERSION_FAILED"}


class Line:
    """A socket that is talked to in lines."""

    def __init__(self, path, wait=0.0):
        end = time.monotonic() + wait
        while True:
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                self.sock.connect(path)
                break
            except OSError:
                self.sock.close()
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
        self.rest = b""

    def send(self, text):
        self.sock.sendall(text.encode() + b"\n")

    def line(self, timeout):
        """The next line, or nothing if it does not come in time."""
        end = time.monotonic() + timeout
        while b"\n" not in self.rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.sock], [], [], left)[0]:
                return None
            data = self.sock.recv(65536)
            if not data:
                raise EOFError
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode("utf-8", "replace")

    def close(self):
        self.sock.close()


def words(text):
    """The words of a line: quotes hold one together, a backslash protects a character."""
    found, word, quoted, begun = [], "", False, False
    chars = iter(text)
    for char in chars:
        if char == "\\":
            word += next(chars, "")
            begun = True
        elif char == '"':
            quoted = not quoted
            begun = True
        elif char.isspace() and not quoted:
            if begun:
                found.append(word)
            word, begun = "", False
        else:
            word += char
            begun = True
    if begun:
        found.append(word)
    return found


class Dump:
    """All that a driver says of its device."""

    def __init__(self):
        self.value, self.flags, self.enum, self.range, self.aux = {}, {}, {}, {}, {}
        self.cmds, self.stale = [], None

    def feed(self, text):
        said = words(text)
        if not said:
            return
        verb = said[0]
        if verb == "SETINFO":
            self.value[said[1]] = said[2]
        elif verb == "SETFLAGS":
            self.flags[said[1]] = said[2:]
        elif verb == "SETAUX":
            self.aux[said[1]] = said[2]
        elif verb == "ADDENUM":
            self.enum.setdefault(said[1], []).append(said[2])
        elif verb == "ADDRANGE":
            self.range.setdefault(said[1], []).append("%s..%s" % (said[2], said[3]))
        elif verb == "ADDCMD":
            self.cmds.append(said[1])
        elif verb in ("DATAOK", "DATASTALE"):
            self.stale = verb == "DATASTALE"

    def visible(self):
        return {name: value for name, value in self.value.items() if name not in HIDDEN}


class Bench:
    """A simulator and a driver that was started on it; `sock` is its socket, or nothing if it did not start in time."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="nutsim-")
        self.sim = self.ctl = self.sock = self.drv = None

    def simulate(self, script, *args):
        """Starts a simulator, and gives what it says when it is ready."""
        control = os.path.join(self.dir, "ctl")
        self.sim = subprocess.Popen([sys.executable, script, "--control", control] + list(args), stdout=subprocess.PIPE)
        said = self.sim.stdout.readline().decode().split()
        if said[:1] != ["READY"]:
            raise RuntimeError("the simulator did not start")
        self.ctl = Line(control, 5)
        return said[1:]

    def start(self, driver, port, options, program, timeout, extra=()):
        lines = "".join("  %s\n" % key if value is None else "  %s = \"%s\"\n" % (key, value) for key, value in options.items())
        with open(os.path.join(self.dir, "ups.conf"), "w", encoding="latin-1") as conf:
            conf.write("pollinterval = 1\n[ups]\n  driver = %s\n  port = %s\n%s" % (driver, port, lines))
        self.env = dict(os.environ, NUT_CONFPATH=self.dir, NUT_STATEPATH=self.dir, NUT_ALTPIDPATH=self.dir,
                        NUT_PIDPATH=self.dir, NUT_QUIET_INIT_BANNER="true")
        self.program = program
        # in the foreground: in the background C NUT's -k always ends with 1
        self.args = [driver, "-a", "ups", "-F", "-u", pwd.getpwuid(os.getuid()).pw_name]
        self.err = open(os.path.join(self.dir, "driver.err"), "w", encoding="utf-8")
        self.drv = subprocess.Popen(self.args + list(extra), executable=program, env=self.env, stdout=self.err, stderr=self.err)
        self.sock = self._connect(os.path.join(self.dir, "%s-ups" % driver), timeout)

    def _connect(self, path, within):
        end = time.monotonic() + within
        while time.monotonic() < end and self.drv.poll() is None:
            if os.path.exists(path):
                try:
                    return Line(path, 1)
                except OSError:
                    pass
            time.sleep(0.05)
        return None

    @property
    def alive(self):
        return self.sock is not None and self.drv.poll() is None

    def stderr(self):
        self.err.flush()
        with open(self.err.name, encoding="utf-8", errors="replace") as said:
            return said.read()

    def control(self, line):
        """Tells the simulator a line, and gives its answer."""
        self.ctl.send(line)
        return self.ctl.line(5)

    def said(self):
        """All that the driver says of its device; a value with a line feed in it is one line, with `\\n` there."""
        self.sock.send("DUMPALL")
        lines = []
        while True:
            line = self.sock.line(10)
            if line is None or line.startswith("DUMPDONE"):
                return lines
            if lines and lines[-1].startswith("SETINFO ") and not lines[-1].endswith('"'):
                lines[-1] += "\\n" + line
            else:
                lines.append(line)

    def dump(self):
        dump = Dump()
        for line in self.said():
            dump.feed(line)
        return dump

    def tracked(self, text, timeout):
        ident = "id-%d" % time.monotonic_ns()
        self.sock.send("%s TRACKING %s" % (text, ident))
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            line = self.sock.line(end - time.monotonic())
            if line and line.startswith("TRACKING " + ident):
                number = int(line.split()[2])
                return RESULTS.get(number, str(number))
        return "NO ANSWER"

    def instcmd(self, cmd, value=None, timeout=20):
        return self.tracked("INSTCMD %s%s" % (cmd, "" if value is None else ' "%s"' % value), timeout)

    def setvar(self, var, value, timeout=20):
        return self.tracked('SET %s "%s"' % (var, value), timeout)

    def kill_power(self, timeout=60):
        """Runs the driver once more, with -k."""
        done = subprocess.run(self.args + ["-k"], executable=self.program, env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=timeout, check=False)
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def stop_driver(self):
        if self.drv.poll() is None:
            self.drv.send_signal(signal.SIGTERM)
        end(self.drv, 10)

    def close(self):
        if self.sock:
            self.sock.close()
        if self.drv:
            self.stop_driver()
            self.err.close()
        if self.sim:
            # one that does not know the word ends by the signal
            try:
                self.control("quit")
            except (OSError, EOFError):
                pass
            self.sim.terminate()
            end(self.sim, 5)
        shutil.rmtree(self.dir, ignore_errors=True)


def end(process, within):
    """Waits for its end, and makes it if it does not come."""
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
