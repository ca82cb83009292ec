"""The Basic Encoding Rules: bytes and back."""

INTEGER, OCTETS, NULL, OBJECT, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
IP_ADDRESS, COUNTER32, GAUGE32, TIME_TICKS, OPAQUE, COUNTER64 = 0x40, 0x41, 0x42, 0x43, 0x44, 0x46
NO_OBJECT, NO_INSTANCE, END_OF_VIEW = 0x80, 0x81, 0x82
NUMBERS = (INTEGER, COUNTER32, GAUGE32, TIME_TICKS, COUNTER64)


def element(tag, content):
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def sequence(*parts):
    return element(SEQUENCE, b"".join(parts))


def octets(content):
    return element(OCTETS, content)


def number(value, tag=INTEGER):
    size = value.bit_length() // 8 + 1
    return element(tag, value.to_bytes(size, "big", signed=True))


def oid(arcs):
    content = b""
    for arc in (arcs[0] * 40 + arcs[1],) + tuple(arcs[2:]):
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.append(0x80 | arc & 0x7F)
        content += bytes(reversed(septets))
    return element(OBJECT, content)


def value(tag, what):
    """An object's value; `what` is a number, arcs or bytes."""
    if tag in NUMBERS:
        return number(what, tag)
    if tag == OBJECT:
        return oid(what)
    return element(tag, what)


def take(data, at=0):
    """Tag, content, and where the next element begins."""
    tag, size, at = data[at], data[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        size, at = int.from_bytes(data[at:at + count], "big"), at + count
    if at + size > len(data):
        raise ValueError("longer than the message")
    return tag, data[at:at + size], at + size


def elements(content):
    found, at = [], 0
    while at < len(content):
        tag, part, at = take(content, at)
        found.append((tag, part))
    return found


def read_number(content):
    return int.from_bytes(content, "big", signed=True)


def read_oid(content):
    arcs, arc = [], 0
    for byte in content:
        arc = arc << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return (first, arcs[0] - 40 * first) + tuple(arcs[1:])


def read_value(tag, content):
    if tag in NUMBERS:
        return read_number(content)
    if tag == OBJECT:
        return read_oid(content)
    return content
