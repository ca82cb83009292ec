"""What an agent can do wrong. Each fault is `KIND[=ARG] [every=N] [count=N]`: at each Nth request, N times in all."""
import random

from . import ber

KINDS = {
    "mute": "it does not answer",
    "delay": "it answers ARG milliseconds later, other requests meanwhile",
    "double": "it answers twice; with ARG, the second time ARG milliseconds later",
    "truncate": "its answer is cut off",
    "garbage": "it answers with random bytes",
    "flip": "a byte of its answer is another",
    "elsewhere": "it answers from another port",
    "version": "its answer says another version",
    "community": "its answer has another community",
    "wrongid": "its answer has another request id",
    "wrongtype": "its values have other types",
    "confused": "it answers with other objects",
    "endless": "behind an object is the object itself",
    "huge": "it answers with ARG bytes of text",
    "toobig": "more than ARG objects are too big",
    "few": "it answers with at most ARG objects",
    "empty": "to more than ARG objects it answers with none",
    "silent": "to more than ARG objects it does not answer",
    "generr": "it says genErr, of the object whose number ends with ARG if there is an ARG",
    "unsigned": "version 3: its answers are not signed",
}


class Fault:
    def __init__(self, words):
        self.kind, _, arg = words[0].partition("=")
        if self.kind not in KINDS:
            raise ValueError("no such fault: " + self.kind)
        options = dict(word.split("=") for word in words[1:])
        self.arg = int(arg) if arg else None
        self.every, self.left = int(options.get("every", 1)), int(options.get("count", 1 << 60))
        self.seen = 0

    def is_due(self):
        self.seen += 1
        if self.left and self.seen % self.every == 0:
            self.left -= 1
            return True
        return False


class Faults:
    def __init__(self):
        self.all, self.random, self.due = [], random.Random(1), {}

    def add(self, words):
        self.all.append(Fault(words))

    def clear(self):
        self.all, self.due = [], {}

    def request(self):
        """A request has come; which faults are due for it is found out once."""
        self.due = {fault.kind: fault.arg for fault in self.all if fault.is_due()}

    def is_due(self, kind):
        return kind in self.due

    def exceeds(self, kind, count):
        return kind in self.due and count > self.due[kind]

    def values(self, bindings):
        if self.is_due("wrongtype"):
            bindings = [(oid, _other(value)) for oid, value in bindings]
        if self.is_due("confused"):
            bindings = [(oid[:-1] + (oid[-1] + 1,), value) for oid, value in bindings]
        if self.is_due("huge"):
            bindings = [(oid, (ber.OCTETS, b"x" * self.due["huge"])) for oid, _ in bindings[:1]]
        return bindings

    def bytes(self, message):
        if self.is_due("truncate"):
            message = message[:self.random.randrange(len(message))]
        if self.is_due("garbage"):
            message = self.random.randbytes(self.random.randrange(200))
        if self.is_due("flip"):
            at = self.random.randrange(len(message))
            message = message[:at] + bytes([message[at] ^ 1 << self.random.randrange(8)]) + message[at + 1:]
        return message


def _other(value):
    tag, what = value
    if tag in ber.NUMBERS:
        return ber.OCTETS, str(what).encode()
    return ber.INTEGER, 7
