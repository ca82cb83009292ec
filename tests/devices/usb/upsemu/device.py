"""The device: descriptors, control requests, interrupt reports.

It knows nothing of how it is reached. A front end turns its protocol into calls of `control()`
and `take_interrupt()`, and the exceptions of `faults` into its own errors.
"""

import json
from collections import deque

from . import hid
from .faults import Faults, Gone, Stall

KINDS = {1: hid.INPUT, 2: hid.OUTPUT, 3: hid.FEATURE}       # high byte of wValue
MAINS = {False: {"ACPresent": 0, "Discharging": 1, "Charging": 0},
         True: {"ACPresent": 1, "Discharging": 0, "Charging": 1}}
DEVICE, CONFIGURATION, STRING, HID, REPORT = 1, 2, 3, 0x21, 0x22


def unhex(text):
    """Bytes of hexadecimal text, or of a list of lines."""
    return bytes.fromhex(text if isinstance(text, str) else "".join(text))


def u16(value):
    return value.to_bytes(2, "little")


def number(value, default=0):
    """A number of a device file: itself, or hexadecimal text."""
    if value is None:
        return default
    return value if isinstance(value, int) else int(value, 16)


class Device:
    def __init__(self, definition):
        d, h = definition["device"], definition["hid"]
        self.vid, self.pid = number(d["idVendor"]), number(d["idProduct"])
        self.release = number(d.get("bcdDevice"), 0x0100)
        self.i_manufacturer = d.get("iManufacturer", 0)
        self.i_product = d.get("iProduct", 0)
        self.i_serial = d.get("iSerialNumber", 0)
        self.max_packet0 = d.get("bMaxPacketSize0", 8)
        self.speed = d.get("speed", "1.5")           # Mbit/s, as sysfs writes it
        self.strings = {int(k): v for k, v in definition.get("strings", {}).items()}
        self.kernel_driver = definition.get("kernel_driver", "usbhid")
        self.interface = h.get("bInterfaceNumber", 0)
        self.ep_in = number(h.get("ep_in"), 0x81)
        self.max_packet = h.get("wMaxPacketSize", 8)
        self.interval = h.get("bInterval", 10)
        self.report_descriptor = unhex(h["report_descriptor"])
        # firmware exists where one of the two places that tell the length is wrong
        self.length_by_request = h.get("length_by_request", len(self.report_descriptor))
        self.length_in_config = h.get("length_in_config", len(self.report_descriptor))
        self.parsed = hid.Descriptor(self.report_descriptor)
        self.reports = {at: bytearray(r.length) for at, r in self.parsed.reports.items()}
        self.faults = Faults(lambda: self.pull())
        self.interrupts = deque()
        self.log = deque(maxlen=50000)
        self.plugged = True
        self.on_change = lambda: None                # the front end's: something is waiting
        self.pull = lambda: None                     # the front end's: take it off the bus
        self._load_values(definition)

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as f:
            definition = json.load(f)
        if "qx" in definition:
            from .qx import QxDevice
            return QxDevice(definition)
        return cls(definition)

    def _load_values(self, definition):
        for kind in (hid.FEATURE, hid.INPUT):
            for rid, text in definition.get(kind, {}).items():
                self.set_report(kind, int(rid, 0), unhex(text))
        # an Input field that the file leaves open begins with the value of its Feature twin
        given = {int(rid, 0) for rid in definition.get(hid.INPUT, {})}
        twins = {f.path: f for f in self.parsed.fields if f.kind == hid.FEATURE}
        for f in self.parsed.fields:
            twin = twins.get(f.path)
            if f.kind == hid.INPUT and f.report_id not in given and twin:
                raw = hid.get_bits(self.reports[(twin.kind, twin.report_id)], twin.offset, twin.size)
                hid.set_bits(self.reports[(f.kind, f.report_id)], f.offset, f.size, raw)
        for path, value in definition.get("values", {}).items():
            self.set_value(path, value)

    # -- values --

    def set_report(self, kind, rid, raw):
        """A whole report, with its id if the device uses ids."""
        if self.parsed.uses_ids:
            if raw[:1] != bytes([rid]):
                raise ValueError("report %d does not begin with its id" % rid)
            raw = raw[1:]
        self.reports[(kind, rid)] = bytearray(raw)

    def set_value(self, path, value):
        """The logical value of every field with that path; returns the fields."""
        fields = self.parsed.find(path)
        if not fields:
            raise KeyError("no field %r" % path)
        for f in fields:
            report = self.reports[(f.kind, f.report_id)]
            report.extend(bytes(max(0, (f.offset + f.size + 7) // 8 - len(report))))
            hid.set_bits(report, f.offset, f.size, int(value))
        return fields

    def set_leaf(self, leaf, value):
        """The same for every path that ends so."""
        paths = {f.path for f in self.parsed.fields if f.name.split(".")[-1] == leaf}
        return [f for path in paths for f in self.set_value(path, value)]

    def report_bytes(self, kind, rid):
        report = self.reports.get((kind, rid))
        if report is None:
            raise Stall()
        return (bytes([rid]) if self.parsed.uses_ids else b"") + bytes(report)

    def change(self, cmd):
        """What a command of `control.py` makes of the values; returns the fields."""
        leaves, touched = dict(cmd.get("leaf", {})), []
        if "mains" in cmd:
            leaves.update(MAINS[cmd["mains"]])
        if "battery_low" in cmd:
            leaves["BelowRemainingCapacityLimit"] = int(cmd["battery_low"])
        for path, value in cmd.get("set", {}).items():
            touched += self.set_value(path, value)
        for leaf, value in leaves.items():
            touched += self.set_leaf(leaf, value)
        return touched

    # -- interrupt endpoint --

    def send_input(self, rid, raw=None):
        """Queues an interrupt report, or exactly these bytes."""
        self.interrupts.append(self.report_bytes(hid.INPUT, rid) if raw is None else raw)
        self.on_change()

    def take_interrupt(self):
        """What the interrupt endpoint says now; None when that is nothing."""
        if not self.plugged:
            raise Gone()
        self.faults.meet("interrupt", 0)
        return self.interrupts.popleft() if self.interrupts else None

    def interrupt_out(self, data):
        """A packet to the interrupt endpoint; a HID device has none."""

    # -- control endpoint --

    def control(self, setup, data=b""):
        """One control transfer: the bytes of an answer, at most wLength of them."""
        value, index, length = (int.from_bytes(setup[i:i + 2], "little") for i in (2, 4, 6))
        if not self.plugged:
            raise Gone()
        try:
            out = self._control(setup[0], setup[1], value >> 8, value & 0xFF, length, data)[:length]
        except Exception as e:
            self.log.append((setup.hex(), data.hex(), type(e).__name__))
            raise
        self.log.append((setup.hex(), (data or out).hex(), None))
        return out

    def _control(self, kind, request, hi, lo, length, data):
        if (kind, request) == (0x80, 6):             # GET_DESCRIPTOR
            if hi == STRING:
                return self.faults.meet("string", lo, self.string_descriptor(lo), length)
            if hi in (DEVICE, CONFIGURATION):
                raw = self.device_descriptor() if hi == DEVICE else self.config_descriptor()
                return self.faults.meet("descriptor", hi, raw, length)
        if (kind, request) == (0x81, 6) and hi in (HID, REPORT):
            raw = self.hid_descriptor(self.length_by_request) if hi == HID else self.report_descriptor
            return self.faults.meet("descriptor", hi, raw, length)
        if (kind, request) == (0xA1, 1) and KINDS.get(hi) in (hid.INPUT, hid.FEATURE):
            raw = self.report_bytes(KINDS[hi], lo)   # GET_REPORT
            return self.faults.meet(KINDS[hi], lo, raw, length)
        if (kind, request) == (0x21, 9):             # SET_REPORT
            self.faults.meet("set", lo)
            if (KINDS.get(hi), lo) not in self.reports:
                raise Stall()
            self.set_report(KINDS[hi], lo, data)
            return b""
        if kind == 0x21 and request in (0x0A, 0x0B):          # SET_IDLE, SET_PROTOCOL
            return b""
        if kind in (0, 1, 2) and request in (1, 3, 9, 11):    # features, configuration, interface
            return b""
        raise Stall()

    # -- descriptors --

    def device_descriptor(self):
        return (bytes([18, 1, 0, 2, 0, 0, 0, self.max_packet0])
                + u16(self.vid) + u16(self.pid) + u16(self.release)
                + bytes([self.i_manufacturer, self.i_product, self.i_serial, 1]))

    def hid_descriptor(self, length):
        return bytes([9, HID, 0x10, 1, 0, 1, REPORT]) + u16(length)

    def config_descriptor(self):
        body = b"".join(bytes([9, 4, n, 0, 0, 0xFF, 0, 0, 0]) for n in range(self.interface))
        endpoints = self.endpoints()
        body += bytes([9, 4, self.interface, 0, len(endpoints) // 7, 3, 0, 0, 0])
        body += self.hid_descriptor(self.length_in_config) + endpoints
        head = bytes([9, 2]) + u16(9 + len(body))
        return head + bytes([self.interface + 1, 1, 0, 0xA0, 0]) + body

    def endpoints(self):
        return bytes([7, 5, self.ep_in, 3]) + u16(self.max_packet) + bytes([self.interval])

    def string_descriptor(self, index):
        if index == 0:
            body = u16(0x0409)
        elif index in self.strings:
            body = self.strings[index].encode("utf-16-le")
        else:
            raise Stall()
        return bytes([2 + len(body), STRING]) + body
