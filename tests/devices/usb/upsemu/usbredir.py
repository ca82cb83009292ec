"""Front end: usbredir, the protocol of QEMU's `-device usb-redir`, for a driver in a virtual machine.

The emulator listens, QEMU connects. A packet has a header of type, length (32 bits each) and id:
64 bits wide once both hellos have offered that (QEMU's xHCI insists on it), 32 bits in the hellos
themselves. All little-endian.
"""

import asyncio
import os
import struct
import sys

from .control import Commander, ControlSocket
from .faults import Babble, BusError, Gone, NoAnswer, Stall

HELLO, CONNECT, DISCONNECT, INTERFACES, ENDPOINTS = 0, 1, 2, 4, 5
SET_CONFIG, GET_CONFIG, CONFIG_STATUS = 6, 7, 8
SET_ALT, GET_ALT, ALT_STATUS = 9, 10, 11
START_INT, STOP_INT, INT_STATUS = 15, 16, 17
CONTROL_PACKET, INTERRUPT_PACKET = 100, 103

CAP_DEVICE_VERSION, CAP_DISCONNECT_ACK, CAP_MAX_PACKET, CAP_IDS64 = 1 << 1, 1 << 3, 1 << 4, 1 << 5
CAP_BULK_LENGTH32 = 1 << 6               # no bulk here, but xHCI insists on it too
SUCCESS, IOERROR, STALL, BABBLE = 0, 3, 4, 6
_STATUS = {Stall: STALL, BusError: IOERROR, Babble: BABBLE, Gone: IOERROR}
SPEED = {"1.5": 0, "12": 1, "480": 2}


class Link:
    """One connection of a virtual machine."""

    def __init__(self, model, writer):
        self.model, self.w = model, writer
        self.receiving = set()
        self.number = 0
        self.present = False
        self.header = "<III"

    def send(self, kind, body, ident=0):
        self.w.write(struct.pack(self.header, kind, len(body), ident) + body)

    def hello(self):
        caps = CAP_DEVICE_VERSION | CAP_DISCONNECT_ACK | CAP_MAX_PACKET | CAP_IDS64 \
            | CAP_BULK_LENGTH32
        self.send(HELLO, b"upsemu".ljust(64, b"\0") + struct.pack("<I", caps))

    def announce(self):
        m = self.model
        n = m.interface + 1
        pad = lambda values, size=32: bytes(values).ljust(size, b"\0")
        classes = [0xFF] * m.interface + [3]
        self.send(INTERFACES, struct.pack("<I", n) + pad(range(n)) + pad(classes) + pad([]) + pad([]))
        types, intervals, ifaces, sizes = [255] * 32, [0] * 32, [0] * 32, [0] * 32
        for slot in (0, 16):
            types[slot], sizes[slot] = 0, m.max_packet0
        slot = 16 | (m.ep_in & 15)
        types[slot], intervals[slot] = 3, m.interval
        ifaces[slot], sizes[slot] = m.interface, m.max_packet
        self.send(ENDPOINTS, bytes(types) + bytes(intervals) + bytes(ifaces)
                  + struct.pack("<32H", *sizes))
        self.send(CONNECT, struct.pack("<BBBBHHH", SPEED.get(m.speed, 1), 0, 0, 0,
                                       m.vid, m.pid, m.release))
        self.present = True

    def withdraw(self):
        if self.present:
            self.present = False
            self.receiving.clear()
            self.send(DISCONNECT, b"")

    def pump(self):
        while self.receiving and self.present:
            try:
                raw = self.model.take_interrupt()
            except (NoAnswer, Gone):
                return
            except tuple(_STATUS) as e:
                ep = next(iter(self.receiving))
                self.receiving.discard(ep)
                self.send(INT_STATUS, bytes([_STATUS[type(e)], ep]))
                return
            if raw is None:
                return
            ep = next(iter(self.receiving))
            self.send(INTERRUPT_PACKET, struct.pack("<BBH", ep, SUCCESS, len(raw)) + raw, self.number)
            self.number += 1

    def control(self, ident, body):
        ep, req, rtype, _status, value, index, length = struct.unpack_from("<BBBBHHH", body)
        setup = struct.pack("<BBHHH", rtype, req, value, index, length)
        status, answer = SUCCESS, b""
        try:
            answer = self.model.control(setup, body[10:])
        except NoAnswer:
            return                                  # the guest times out and cancels
        except tuple(_STATUS) as e:
            status = _STATUS[type(e)]
        done = len(answer) if rtype & 0x80 else (length if status == SUCCESS else 0)
        self.send(CONTROL_PACKET, struct.pack("<BBBBHHH", ep, req, rtype, status, value, index, done)
                  + (answer if rtype & 0x80 else b""), ident)

    def handle(self, kind, ident, body):
        if kind == CONTROL_PACKET:
            self.control(ident, body)
        elif kind == SET_CONFIG:
            self.send(CONFIG_STATUS, bytes([SUCCESS, body[0]]), ident)
        elif kind == GET_CONFIG:
            self.send(CONFIG_STATUS, bytes([SUCCESS, 1]), ident)
        elif kind == SET_ALT:
            self.send(ALT_STATUS, bytes([SUCCESS, body[0], body[1]]), ident)
        elif kind == GET_ALT:
            self.send(ALT_STATUS, bytes([SUCCESS, body[0], 0]), ident)
        elif kind == START_INT:
            self.receiving.add(body[0])
            self.send(INT_STATUS, bytes([SUCCESS, body[0]]), ident)
            self.pump()
        elif kind == STOP_INT:
            self.receiving.discard(body[0])
            self.send(INT_STATUS, bytes([SUCCESS, body[0]]), ident)
        elif kind == INTERRUPT_PACKET:              # an OUT report
            ep, _status, length = struct.unpack_from("<BBH", body)
            self.send(INTERRUPT_PACKET, struct.pack("<BBH", ep, SUCCESS, length), ident)


async def _read(reader, link):
    """One packet: its type, id and body."""
    kind, length, ident = struct.unpack(
        link.header, await reader.readexactly(struct.calcsize(link.header)))
    return kind, ident, await reader.readexactly(length)


async def _talk(link, reader, writer):
    link.hello()
    while True:
        kind, ident, body = await _read(reader, link)
        if kind != HELLO:
            link.handle(kind, ident, body)
        else:
            if len(body) > 64 and struct.unpack_from("<I", body, 64)[0] & CAP_IDS64:
                link.header = "<IIQ"
            if link.model.plugged:
                link.announce()
        await writer.drain()


async def _serve(model, listen, control):
    loop, links = asyncio.get_running_loop(), []

    async def connected(reader, writer):
        link = Link(model, writer)
        links.append(link)
        print("upsemu: connected", file=sys.stderr, flush=True)
        try:
            await _talk(link, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            links.remove(link)
            writer.close()

    kind, where = listen.split(":", 1)
    if kind == "unix":
        if os.path.exists(where):
            os.unlink(where)
        server = await asyncio.start_unix_server(connected, where)
    else:
        host, port = where.rsplit(":", 1)
        server = await asyncio.start_server(connected, host, int(port))
    model.on_change = lambda: [link.pump() for link in links]
    commander = Commander(model, lambda: [link.announce() for link in links],
                          lambda: [link.withdraw() for link in links], loop.call_soon_threadsafe)
    ControlSocket(control, [commander], loop.call_soon_threadsafe)
    print("upsemu: ready", file=sys.stderr, flush=True)
    async with server:
        await server.serve_forever()


def run(model, listen, control):
    """Serves the device until the process is ended."""
    asyncio.run(_serve(model, listen, control))
