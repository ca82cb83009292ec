"""A device of the Megatec family behind an adapter: a device file with "qx".

"qx": {
 "framing": NAME,                    how requests and answers are packed: one of FRAMINGS below
 "answers": {"Q1": "(226.0 ...", "T": ""},   without their ends; "" is obeyed in silence
 "unknown": "echo" | "silence" | TEXT        what it says to all else; "echo" when nothing is said
}

It is a device like the others: control requests, an interrupt endpoint, faults. The dialect is a table; what is odd about an
adapter is done by its framing here, from what is known of the adapters and not from any driver.
"""

from .device import Device, STRING, number, u16
from .faults import Stall

CR = b"\r"
MAINS, BATTERY_LOW = 0, 1            # places in the eight bits at the end of the status


class Dialect:
    """Requests and answers, without their ends."""

    def __init__(self, definition):
        self.answers = dict(definition["answers"])
        self.unknown = definition.get("unknown", "echo")
        self.asked = []

    def answer(self, request):
        """The answer as text; None is silence."""
        self.asked.append(request)
        said = self.answers.get(request)
        if said is None:
            said = {"echo": request, "silence": ""}.get(self.unknown, self.unknown)
        return said or None

    def set_bit(self, place, on):
        for request in ("Q1", "QS"):
            if request in self.answers:
                head, bits = self.answers[request].rsplit(" ", 1)
                self.answers[request] = head + " " + bits[:place] + str(int(on)) + bits[place + 1:]


class Framing:
    """Requests in output reports, answers in packets of eight bytes; others differ in a thing or two."""

    value = 0x0200                   # wValue of the reports
    report = 8                       # their length
    endpoint_out = None
    endpoint_in = 0x81
    max_packet = 8

    def __init__(self, device, dialect):
        self.device, self.dialect, self.pending = device, dialect, b""

    def control(self, kind, request, value, index, data):
        """A control request that is none of the standard's; the answer's bytes."""
        if (kind, request, value) != (0x21, 9, self.value) or len(data) != self.report:
            raise Stall()
        self.gather(self.unpack(data))
        return b""

    def unpack(self, data):
        return data

    def gather(self, data):
        self.pending += data
        if CR in self.pending:
            request, self.pending = self.pending.split(CR, 1)[0], b""
            self.answer(request)

    def answer(self, request):
        said = self.dialect.answer(request.decode("latin-1"))
        if said is not None:
            for packet in self.pack(said.encode("latin-1") + CR):
                self.device.say(packet)

    def pack(self, said):
        return [said[at:at + 8].ljust(8, b"\0") for at in range(0, len(said), 8)]

    def string(self, index):
        """The text of a string that is none of the device's own."""
        raise Stall()

    def out(self, data):
        """A packet to the interrupt endpoint."""
        raise Stall()

    def heard(self):
        """The interrupt endpoint is asked."""


class Phoenix(Framing):
    """Keeps what it was sending when it was plugged in, and what nobody has read: it stands in front of the next answer."""

    def __init__(self, device, dialect):
        super().__init__(device, dialect)
        self.device.say(b"(rest of")
        self.device.say(b" old\r\0\0\0")


class Ippon(Framing):
    value = 0x0002
    max_packet = 64

    def answer(self, request):
        said = self.dialect.answer(request.decode("latin-1"))
        self.device.say(b"\0\r" if said is None else (said.encode("latin-1") + CR).ljust(64, b"\0"))


class Sgs(Framing):
    """The first byte tells how many of the other seven count. The answer has no end."""

    def unpack(self, data):
        return data[1:1 + data[0]]

    def pack(self, said):
        said = said[:-1]
        parts = [said[at:at + 7] for at in range(0, len(said), 7)]
        return [(bytes([len(part)]) + part).ljust(8, b"\xee") for part in parts]


class Strings(Framing):
    """Requests are numbers of strings."""

    numbers = {0x03: "Q1", 0x0D: "F", 0x0C: "I", 0x07: "Q"}

    def control(self, kind, request, value, index, data):
        raise Stall()

    def string(self, index):
        if index not in self.numbers:
            raise Stall()
        return self.dialect.answer(self.numbers[index])


class Krauler(Strings):
    """The first byte is lost, and every third time it is not ready."""

    numbers = {**Strings.numbers, 0x04: "T", 0x05: "TL", 0x0B: "C"}
    asked = 0

    def string(self, index):
        said = super().string(index)
        self.asked += 1
        if said is None or self.asked % 3 == 0:
            return "UPS No Ack"
        return "\x30" + said[1:] + "\r"


class Fabula(Strings):
    """Says the same to each command."""

    numbers = {**Strings.numbers, 0x0A: "C"}

    def string(self, index):
        if index >= 0x10:            # a shutdown: sixteen for each step of the delay, eight more to come back
            step = index >> 4
            delay = ".%d" % (step + 4) if step < 6 else "%02d" % (step - 5)
            self.dialect.asked.append("S%s%s" % (delay, "R0001" if index & 8 else "R0000"))
            return "UPS No Ack"
        said = super().string(index)
        return "UPS No Ack" if said is None else said


class Fuji(Framing):
    """A request is one packet, which tells how long the answer is to be."""

    endpoint_out = 0x02

    def control(self, kind, request, value, index, data):
        raise Stall()

    def out(self, data):
        if len(data) != 8 or data[:2] != b"\x80\x06" or data[3] != 3 or not 1 <= data[2] <= 4:
            raise Stall()
        request = data[4:4 + data[2] - 1]
        said = self.dialect.answer(request.decode("latin-1"))
        if said is not None and data[7] == len(said) + 1:
            for packet in self.pack(said.encode("latin-1") + CR):
                self.device.say(packet)


class Armac(Framing):
    """Three bytes at a time, with a count; answers of five bytes, with how many it has. NULs are its zeros."""

    report = 4

    def unpack(self, data):
        if data[0] & 0xF0 != 0xA0:
            raise Stall()
        return data[1:1 + (data[0] & 0x0F)]

    def pack(self, said):
        head, bits = said[:38], said[38:].replace(b"0", b"\0")
        said = head + bits
        parts = [said[at:at + 5] for at in range(0, len(said), 5)]
        # what it has is the part and one more, but for the last
        ends = [len(part) + (n + 1 < len(parts)) for n, part in enumerate(parts)]
        return [(bytes([0xC0 | end]) + part).ljust(6, b"x") for end, part in zip(ends, parts)]


FRAMINGS = {"cypress": Framing, "phoenix": Phoenix, "ippon": Ippon, "sgs": Sgs, "krauler": Krauler, "fabula": Fabula,
            "fuji": Fuji, "armac": Armac}


class QxDevice(Device):
    """A device whose reports are none, and whose values are answers."""

    def __init__(self, definition):
        self.dialect = Dialect(definition["qx"])
        kind = FRAMINGS[definition["qx"]["framing"]]
        super().__init__({**definition, "hid": {"report_descriptor": "06 a0 ff 09 01 a1 01 c0"}})
        self.ep_in, self.max_packet, self.ep_out = kind.endpoint_in, kind.max_packet, kind.endpoint_out
        self.framing = kind(self, self.dialect)

    def say(self, packet):
        """A packet on the interrupt endpoint."""
        self.interrupts.append(packet)
        self.on_change()

    def change(self, cmd):
        self.dialect.answers.update(cmd.get("answers", {}))
        if "mains" in cmd:
            self.dialect.set_bit(MAINS, not cmd["mains"])
        if "battery_low" in cmd:
            self.dialect.set_bit(BATTERY_LOW, cmd["battery_low"])
        return []

    def interrupt_out(self, data):
        self.faults.meet("send", 0)
        self.framing.out(data)

    def _control(self, kind, request, hi, lo, length, data):
        if (kind, request, hi) == (0x80, 6, STRING) and lo and lo not in self.strings:
            text = self.framing.string(lo).encode("utf-16-le")
            return self.faults.meet("string", lo, bytes([2 + len(text), STRING]) + text, length)
        if (kind, request) == (0x21, 9) or kind & 0x60 == 0x40:
            self.faults.meet("set", lo)
            return self.framing.control(kind, request, hi << 8 | lo, 0, data)
        return super()._control(kind, request, hi, lo, length, data)

    def endpoints(self):
        out = bytes([7, 5, self.ep_out, 3]) + u16(8) + bytes([10]) if self.ep_out else b""
        return super().endpoints() + out
