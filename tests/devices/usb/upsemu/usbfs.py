"""A USB device node as programs see it that use libusb: the ioctls of Linux's usbfs.

One `Node` for each device, one `Opened` for each time that a program has it open. Numbers and
layouts are those of <linux/usbdevice_fs.h> on a 64-bit machine.

umockdev asks in a thread of its own, commands come in the main one: both hold LOCK.
"""

import errno
import fcntl
import os
import struct
import sys
import threading

from gi.repository import UMockdev

from .faults import Babble, BusError, Gone, NoAnswer, Stall

LOCK = threading.RLock()
NONE, WRITE, READ = 0, 1, 2
POINTER = struct.calcsize("P")
URB_SIZE = 56                       # struct usbdevfs_urb without isochronous packets


def _ioc(direction, code, size):
    return (direction << 30) | (size << 16) | (ord("U") << 8) | code


SETINTERFACE = _ioc(READ, 4, 8)
SETCONFIGURATION = _ioc(READ, 5, 4)
GETDRIVER = _ioc(WRITE, 8, 260)
SUBMITURB = _ioc(READ, 10, URB_SIZE)
DISCARDURB = _ioc(NONE, 11, 0)
REAPURBNDELAY = _ioc(WRITE, 13, POINTER)
CLAIMINTERFACE = _ioc(READ, 15, 4)
RELEASEINTERFACE = _ioc(READ, 16, 4)
IOCTL = _ioc(READ | WRITE, 18, 16)
RESET = _ioc(NONE, 20, 0)
CLEAR_HALT = _ioc(READ, 21, 4)
DISCONNECT = _ioc(NONE, 22, 0)
CONNECT = _ioc(NONE, 23, 0)
GET_CAPABILITIES = _ioc(READ, 26, 4)
DISCONNECT_CLAIM = _ioc(READ, 27, 264)

CAPABILITIES = 0x01 | 0x02 | 0x04 | 0x10      # zero packet, bulk continuation, no limit, reap after disconnect
CONTROL_URB = 2
STATUS = {Stall: errno.EPIPE, BusError: errno.EPROTO, Gone: errno.ESHUTDOWN, Babble: errno.EOVERFLOW}

class Urb:
    def __init__(self, data):
        self.data, self.address = data, data.client_addr
        raw = bytes(data.retrieve())
        self.type, self.endpoint = raw[0], raw[1]
        self.length = struct.unpack_from("i", raw, 24)[0]
        self.buffer = data.resolve(16, self.length) if self.length else None

    def finish(self, code, actual=0):
        self.data.update(4, list(struct.pack("i", -code)))
        self.data.update(28, list(struct.pack("i", actual)))


class Opened:
    """The transfers of one open file."""

    def __init__(self, model):
        self.model = model
        self.done = []                # finished, to be reaped
        self.waiting = []             # on the interrupt endpoint, until it says something
        self.hung = []                # control transfers that are never answered

    def submit(self, urb):
        if urb.type == CONTROL_URB:
            self._control(urb)
        elif urb.endpoint & 0x80:
            self.waiting.append(urb)
        else:
            self._send(urb)
        self.pump()

    def _send(self, urb):
        try:
            self.model.interrupt_out(bytes(urb.buffer.retrieve()) if urb.buffer else b"")
        except NoAnswer:
            self.hung.append(urb)
            return
        except tuple(STATUS) as e:
            urb.finish(STATUS[type(e)])
        else:
            urb.finish(0, urb.length)
        self.done.append(urb)

    def _control(self, urb):
        raw = bytes(urb.buffer.retrieve())
        setup, data = raw[:8], raw[8:]
        reads = setup[0] & 0x80
        try:
            answer = self.model.control(setup, b"" if reads else data)
        except NoAnswer:
            self.hung.append(urb)
            return
        except tuple(STATUS) as e:
            urb.finish(STATUS[type(e)])
        else:
            if reads and answer:
                urb.buffer.update(8, list(answer))
            urb.finish(0, len(answer) if reads else len(data))
        self.done.append(urb)

    def pump(self):
        """Hands out what the interrupt endpoint says, and ends what a lost device leaves."""
        while self.waiting:
            try:
                raw = self.model.take_interrupt()
            except NoAnswer:
                break
            except tuple(STATUS) as e:
                urb = self.waiting.pop(0)
                urb.finish(STATUS[type(e)])
                self.done.append(urb)
                continue
            if raw is None:
                break
            urb = self.waiting.pop(0)
            raw = raw[:urb.length]
            if raw:
                urb.buffer.update(0, list(raw))
            urb.finish(0, len(raw))
            self.done.append(urb)
        if not self.model.plugged:
            for urb in self.hung:
                urb.finish(errno.ESHUTDOWN)
            self.done += self.hung
            self.hung = []

    def reap(self, client, argument):
        if self.done:
            argument.resolve(0, POINTER).set_ptr(0, self.done.pop(0).data)
            client.complete(0, 0)
        else:
            client.complete(-1, errno.EAGAIN if self.model.plugged else errno.ENODEV)

    def discard(self, client, address):
        for pile in (self.waiting, self.hung):
            for urb in pile:
                if urb.address == address:
                    pile.remove(urb)
                    urb.finish(errno.ENOENT)
                    self.done.append(urb)
                    return client.complete(0, 0)
        return client.complete(-1, errno.EINVAL)


class Gate:
    """Has the node poll as one of usbfs: writable while there is something to reap. So a program
    sleeps until then, and can be asked how often it wakes up.

    The node is a pipe with room for one page, and that is writable while it is empty.
    """

    def __init__(self, path):
        mode = os.stat(path).st_mode & 0o777
        os.unlink(path)
        os.mkfifo(path)
        os.chmod(path, mode)
        self.file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        fcntl.fcntl(self.file, fcntl.F_SETPIPE_SZ, 4096)
        self.open = True

    def set(self, open):
        if self.open and not open:
            os.write(self.file, b"-")
        elif open and not self.open:
            os.read(self.file, 1)
        self.open = open

    def close(self):
        """Whoever still has the node open finds it writable."""
        self.set(True)
        os.close(self.file)


class Node:
    """One device node; `handler` is what umockdev asks."""

    def __init__(self, model):
        self.model = model
        self.handler = UMockdev.IoctlBase()
        self.handler.connect("handle-ioctl", self._on_ioctl)
        self.opened = {}              # hash of the client -> Opened
        self.kernel_driver = model.kernel_driver
        self.owner = None             # hash of the client that has the interface
        self.gate = None
        model.on_change = self.pump

    def plugged_in(self, path):
        self.kernel_driver, self.owner = self.model.kernel_driver, None
        if self.gate:
            self.gate.close()
        self.gate = Gate(path)
        self._set_gate()

    def pump(self):
        with LOCK:
            for opened in list(self.opened.values()):
                opened.pump()
            self._set_gate()

    def _set_gate(self):
        done = any(opened.done for opened in self.opened.values())
        self.gate.set(done or not self.model.plugged)

    def _opened(self, client):
        """What a client has open. umockdev does not tell when it has gone, so its end is watched,
        and nothing here may keep it alive."""
        key = hash(client)
        if key not in self.opened:
            self.opened[key] = Opened(self.model)
            client.weak_ref(self._on_closed, key)
        return self.opened[key]

    def _on_closed(self, key):
        with LOCK:
            del self.opened[key]
            if self.owner == key:
                self.owner = None
            self._set_gate()

    def _on_ioctl(self, _handler, client):
        try:
            with LOCK:
                code = self._ioctl(client, client.get_request(), client.get_arg())
                self._set_gate()
            if code is not None:
                client.complete(-1 if code else 0, code)
        except Exception as e:                      # a mistake here must not hang the program
            print("upsemu: ioctl %#x: %r" % (client.get_request(), e), file=sys.stderr, flush=True)
            client.complete(-1, errno.EIO)
        return True

    def _ioctl(self, client, request, argument):
        """An error number, 0 for success, or None when the client was answered."""
        opened = self._opened(client)
        words = lambda size: bytes(argument.resolve(0, size).retrieve())
        if request == REAPURBNDELAY:
            opened.reap(client, argument)
            return None
        if request == DISCARDURB:
            opened.discard(client, struct.unpack("P", bytes(argument.retrieve())[:POINTER])[0])
            return None
        if not self.model.plugged:
            return errno.ENODEV
        if request == SUBMITURB:
            opened.submit(Urb(argument.resolve(0, URB_SIZE)))
        elif request == GET_CAPABILITIES:
            argument.resolve(0, 4).update(0, list(struct.pack("I", CAPABILITIES)))
        elif request == CLAIMINTERFACE:
            if self.kernel_driver and struct.unpack("I", words(4))[0] == self.model.interface:
                return errno.EBUSY
            return self._claim(client)
        elif request == DISCONNECT_CLAIM:
            code = self._claim(client)
            self.kernel_driver = self.kernel_driver if code else None
            return code
        elif request == RELEASEINTERFACE:
            self.owner = None if self.owner == hash(client) else self.owner
        elif request == GETDRIVER:
            name = self.kernel_driver or ("usbfs" if self.owner else None)
            if not name:
                return errno.ENODATA
            argument.resolve(0, 260).update(4, list(name.encode() + b"\0"))
        elif request == IOCTL:
            return self._driver(struct.unpack_from("iI", words(16))[1])
        elif request not in (RESET, CLEAR_HALT, SETINTERFACE, SETCONFIGURATION):
            return errno.ENOTTY
        return 0

    def _claim(self, client):
        if self.owner not in (None, hash(client)):
            return errno.EBUSY
        self.owner = hash(client)
        return 0

    def _driver(self, code):
        if code == DISCONNECT and self.kernel_driver:
            self.kernel_driver = None
        elif code == CONNECT:
            self.kernel_driver = self.model.kernel_driver
        else:
            return errno.ENODATA if code == DISCONNECT else errno.ENOTTY
        return 0
