"""What an agent answers: requests as bytes, answers as bytes."""
from . import ber
from .table import shown, write_line
from .usm import Refused

GET, NEXT, RESPONSE, SET, BULK = 0xA0, 0xA1, 0xA2, 0xA3, 0xA5
TOO_BIG, NO_SUCH_NAME, BAD_VALUE, GEN_ERR, NO_ACCESS, WRONG_TYPE, NO_CREATION, NOT_WRITABLE = 1, 2, 3, 5, 6, 7, 11, 17
FIRST, SECOND, THIRD = 0, 1, 3
# community: may it write
COMMUNITIES = {b"public": False, b"private": True, b"Zq7community": True}
REPETITIONS_MAX = 100


class Agent:
    def __init__(self, table, engine, faults):
        self.table, self.engine, self.faults = table, engine, faults
        self.read_only = []
        self.asked, self.sets = [], []

    def handle(self, message):
        """The answer to a message, or nothing."""
        _, body, _ = ber.take(message)
        parts = ber.elements(body)
        version = ber.read_number(parts[0][1])
        if version == THIRD:
            return self.handle_third(message, parts)
        community = parts[1][1]
        if version not in (FIRST, SECOND) or community not in COMMUNITIES:
            return None
        self.faults.request()
        answer = self.process(version, COMMUNITIES[community], *parts[2])
        if self.faults.is_due("version"):
            version = 1 - version
        if self.faults.is_due("community"):
            community = b"elsewhere"
        return answer and ber.sequence(ber.number(version), ber.octets(community), answer)

    def handle_third(self, message, parts):
        engine = self.engine
        try:
            user, level, pdu = engine.read(message, parts)
        except Refused as refused:
            user = ber.elements(ber.take(parts[2][1])[1])[3][1].decode()
            return engine.report(refused, user, engine.message_id)
        message_id = engine.message_id
        self.faults.request()
        answer = self.process(THIRD, True, *pdu)
        if self.faults.is_due("unsigned"):
            level = 0
        return answer and engine.write(message_id, user, level, answer)

    def process(self, version, may_write, tag, pdu):
        request, first, second, bindings = [content for _, content in ber.elements(pdu)[:4]]
        request, first, second = (ber.read_number(content) for content in (request, first, second))
        asked = []
        for _, binding in ber.elements(bindings):
            (_, name), (kind, content) = ber.elements(binding)
            asked.append((ber.read_oid(name), (kind, ber.read_value(kind, content))))
        self.asked.append(len(asked))
        if self.faults.is_due("mute") or self.faults.exceeds("silent", len(asked)):
            return None
        found, status, index = self.answer(version, may_write, tag, asked, first, second)
        if status:
            found = asked
        else:
            found = self.faults.values(found)
            if self.faults.is_due("few"):
                found = found[:self.faults.due["few"]]
            if self.faults.exceeds("empty", len(asked)):
                found = []
        if self.faults.is_due("wrongid"):
            request = (request + 1) % 0x7FFFFFFF
        parts = (ber.sequence(ber.oid(oid), ber.value(*value)) for oid, value in found)
        return ber.element(RESPONSE, ber.number(request) + ber.number(status) + ber.number(index) + ber.sequence(*parts))

    def answer(self, version, may_write, tag, asked, first, second):
        if self.faults.exceeds("toobig", len(asked)):
            return [], TOO_BIG, 0
        if self.faults.is_due("generr"):
            which = self.faults.due["generr"]
            for index, (oid, _) in enumerate(asked, 1):
                if which is None or oid[-1] == which:
                    return [], GEN_ERR, index
        if tag == GET:
            return self.get(version, asked)
        if tag == NEXT:
            return self.next(version, asked)
        if tag == BULK and version != FIRST:
            return self.bulk(asked, max(first, 0), max(min(second, REPETITIONS_MAX), 0))
        if tag == SET:
            return self.set(version, may_write, asked)
        return [], GEN_ERR, 0

    def get(self, version, asked):
        found = []
        for index, (oid, _) in enumerate(asked, 1):
            value = self.table.get(oid)
            if value is None:
                if version == FIRST:
                    return [], NO_SUCH_NAME, index
                value = (ber.NO_INSTANCE if self.table.has_column(oid) else ber.NO_OBJECT), b""
            found.append((oid, value))
        return found, 0, 0

    def behind(self, oid):
        following = oid if self.faults.is_due("endless") else self.table.behind(oid)
        if following is None:
            return oid, (ber.END_OF_VIEW, b"")
        return following, self.table.get(following) or (ber.NULL, b"")

    def next(self, version, asked):
        found = [self.behind(oid) for oid, _ in asked]
        if version == FIRST:
            for index, (_, (tag, _)) in enumerate(found, 1):
                if tag == ber.END_OF_VIEW:
                    return [], NO_SUCH_NAME, index
        return found, 0, 0

    def bulk(self, asked, single, repetitions):
        found = [self.behind(oid) for oid, _ in asked[:single]]
        row = [oid for oid, _ in asked[single:]]
        for _ in range(repetitions):
            row = [self.behind(oid) for oid in row]
            found += row
            row = [oid for oid, _ in row]
        return found, 0, 0

    def set(self, version, may_write, asked):
        for index, (oid, value) in enumerate(asked, 1):
            status = self.refusal(may_write, oid, value)
            if status:
                if version == FIRST:
                    status = BAD_VALUE if status == WRONG_TYPE else NO_SUCH_NAME
                self.sets.append("%s refused %d" % (write_line(oid, value), status))
                return [], status, index
        for oid, value in asked:
            self.table.put(oid, value)
            self.sets.append(write_line(oid, value) + " ok")
        return asked, 0, 0

    def refusal(self, may_write, oid, value):
        if not may_write:
            return NO_ACCESS
        if self.table.get(oid) is None:
            return NO_CREATION
        if any(oid[:len(root)] == root for root in self.read_only):
            return NOT_WRITABLE
        return 0 if self.table.get(oid)[0] == value[0] else WRONG_TYPE

    def numbers(self):
        return " ".join(map(str, self.asked)) or "-"

    def get_line(self, oid):
        value = self.table.get(oid)
        return write_line(oid, value) if value else shown(oid) + " missing"
