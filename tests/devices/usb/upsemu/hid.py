"""The fields of a HID report descriptor, after the HID 1.11 specification.

It follows the specification (push and pop, usage ranges, long items) and no driver's reading of
it, so that the device's idea of itself is not the driver's.
"""

from dataclasses import dataclass, field, replace

from . import usages

INPUT, OUTPUT, FEATURE = "input", "output", "feature"
MAIN = {0x8: INPUT, 0x9: OUTPUT, 0xB: FEATURE}
COLLECTION, END_COLLECTION = 0xA, 0xC
PAGE, SIZE, REPORT_ID, COUNT, PUSH, POP = 0, 7, 8, 9, 10, 11
USAGE, USAGE_MIN, USAGE_MAX = 0, 1, 2
LONG_ITEM = 0xFE
INDEX = 0x00FF0000                  # a path's node [n], from a vendor's collection type


@dataclass
class Field:
    kind: str
    report_id: int
    offset: int                     # bits, not counting the id's byte
    size: int                       # bits
    path: tuple                     # usages of the collections, then of the field

    @property
    def name(self):
        return ".".join("[%d]" % (u & 0xFFFF) if u & ~0xFFFF == INDEX else usages.name(u)
                        for u in self.path)


@dataclass
class Report:
    fields: list = field(default_factory=list)
    bits: int = 0

    @property
    def length(self):
        return (self.bits + 7) // 8


@dataclass
class Globals:
    page: int = 0
    size: int = 0
    count: int = 0
    report_id: int = 0


def items(raw):
    """(kind, tag, value, length of the value) of each short item; ends where the bytes end."""
    at = 0
    while at < len(raw):
        prefix = raw[at]
        if prefix == LONG_ITEM:
            at += 3 + (raw[at + 1] if at + 1 < len(raw) else 0)
            continue
        n = (0, 1, 2, 4)[prefix & 3]
        value = raw[at + 1:at + 1 + n]
        if len(value) < n:
            return
        yield (prefix >> 2) & 3, prefix >> 4, int.from_bytes(value, "little"), n
        at += 1 + n


class Descriptor:
    """reports[(kind, report id)] -> Report."""

    def __init__(self, raw):
        self.reports = {}
        self.uses_ids = False
        self._globals, self._stack = Globals(), []
        self._usages, self._range = [], {}
        self._path, self._depths = [], []
        for kind, tag, value, n in items(raw):
            (self._main, self._global, self._local, lambda *_: None)[kind](tag, value, n)

    @property
    def fields(self):
        return [f for report in self.reports.values() for f in report.fields]

    def find(self, path):
        """Fields with that path: text, or a tuple of usages."""
        wanted = path if isinstance(path, tuple) else parse_path(path)
        return [f for f in self.fields if f.path == wanted]

    def _global(self, tag, value, _n):
        g = self._globals
        if tag == PAGE:
            g.page = value
        elif tag == SIZE:
            g.size = value
        elif tag == COUNT:
            g.count = value
        elif tag == REPORT_ID:
            g.report_id, self.uses_ids = value, True
        elif tag == PUSH:
            self._stack.append(replace(g))
        elif tag == POP and self._stack:
            self._globals = self._stack.pop()

    def _local(self, tag, value, n):
        usage = value if n == 4 else (self._globals.page << 16) | value
        if tag == USAGE:
            self._usages.append(usage)
        elif tag in (USAGE_MIN, USAGE_MAX):
            self._range[tag] = usage

    def _main(self, tag, value, _n):
        if len(self._range) == 2 and self._range[USAGE_MAX] - self._range[USAGE_MIN] < 4096:
            self._usages.extend(range(self._range[USAGE_MIN], self._range[USAGE_MAX] + 1))
        if tag == COLLECTION:
            self._depths.append(len(self._path))
            self._path.append(self._usages[0] if self._usages else 0)
            if value >= 0x80:
                self._path.append(INDEX | (value & 0x7F))
        elif tag == END_COLLECTION and self._depths:
            del self._path[self._depths.pop():]
        elif tag in MAIN:
            self._add(MAIN[tag])
        self._usages, self._range = [], {}

    def _add(self, kind):
        g = self._globals
        report = self.reports.setdefault((kind, g.report_id), Report())
        for i in range(g.count):
            usage = self._usages[min(i, len(self._usages) - 1)] if self._usages else 0
            if usage:
                path = tuple(self._path) + (usage,)
                report.fields.append(Field(kind, g.report_id, report.bits, g.size, path))
            report.bits += g.size


def parse_path(text):
    return tuple(INDEX | int(token[1:-1]) if token.startswith("[") else usages.code(token)
                 for token in text.split("."))


def get_bits(buffer, offset, size):
    return (int.from_bytes(buffer, "little") >> offset) & ((1 << size) - 1)


def set_bits(buffer, offset, size, value):
    mask = ((1 << size) - 1) << offset
    whole = int.from_bytes(buffer, "little") & ~mask | (value << offset) & mask
    buffer[:] = whole.to_bytes(max(len(buffer), 1), "little")[:len(buffer)]
