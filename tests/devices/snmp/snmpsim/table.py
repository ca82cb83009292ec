"""The objects: read from a .snmprec file, asked for, changed."""
import bisect

from . import ber


def arcs(text):
    return tuple(int(arc) for arc in text.strip(".").split("."))


def shown(oid):
    return ".".join(map(str, oid))


def read_line(line):
    """`OID|TAG|VALUE`, where TAG with an x behind it means hexadecimal."""
    oid, tag, what = line.split("|", 2)
    tag, is_hex = int(tag.rstrip("x")), tag.endswith("x")
    if is_hex:
        what = bytes.fromhex(what)
    elif tag in ber.NUMBERS:
        what = int(what)
    elif tag == ber.OBJECT:
        what = arcs(what)
    elif tag == ber.IP_ADDRESS:
        what = bytes(int(part) for part in what.split("."))
    else:
        what = what.encode()
    return arcs(oid), (tag, what)


def write_line(oid, value):
    tag, what = value
    if tag == ber.OBJECT:
        what = shown(what)
    elif tag == ber.IP_ADDRESS:
        what = shown(what)
    elif isinstance(what, bytes):
        if what.isascii() and what.decode().isprintable():
            what = what.decode()
        else:
            return "%s|%dx|%s" % (shown(oid), tag, what.hex())
    return "%s|%d|%s" % (shown(oid), tag, what)


class Table:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.values = dict(read_line(line) for line in lines if line and not line.startswith("#"))
        self.order = sorted(self.values)

    def get(self, oid):
        return self.values.get(oid)

    def behind(self, oid):
        at = bisect.bisect_right(self.order, oid)
        return self.order[at] if at < len(self.order) else None

    def put(self, oid, value):
        if oid not in self.values:
            bisect.insort(self.order, oid)
        self.values[oid] = value

    def remove(self, oid):
        if self.values.pop(oid, None) is not None:
            self.order.remove(oid)

    def has_column(self, oid):
        """Whether there is an instance beside this one: noSuchInstance then, else noSuchObject."""
        at = bisect.bisect_left(self.order, oid[:-1])
        return at < len(self.order) and self.order[at][:len(oid) - 1] == oid[:-1]
