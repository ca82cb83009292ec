"""What a device can do wrong.

A fault has a place (where: feature, input, set, string, descriptor, interrupt; key: the report's
id, the string's index, the descriptor's type; None is any) and a kind (what: see KINDS).
"""

KINDS = ("stall", "timeout", "proto", "overflow", "gone", "unplug", "short", "raw", "endless")


class Stall(Exception):
    """The device refuses the request."""


class NoAnswer(Exception):
    """The device does not answer: the host's transfer times out."""


class Gone(Exception):
    """The device is not there."""


class BusError(Exception):
    """The transfer fails on the wire."""


class Babble(Exception):
    """The device sends more than was asked for."""


FAILURES = {"stall": Stall, "timeout": NoAnswer, "gone": Gone, "proto": BusError, "overflow": Babble}


class Faults:
    """The faults that are set; `pull` takes the device off the bus."""

    def __init__(self, pull):
        self.pull = pull
        self.places = {}

    def add(self, where, what, key=None, count=None, after=0, length=0, raw=b""):
        """count: how often (None: until cleared); after: how often all is well before that."""
        if what not in KINDS:
            raise ValueError("no fault is called %r" % what)
        self.places[(where, key)] = {
            "what": what, "count": count, "after": after, "length": length, "raw": raw}

    def clear(self):
        self.places.clear()

    def meet(self, where, key, answer=b"", wanted=0):
        """The answer, as the fault that is set there spoils it; `wanted` is what the host asked for."""
        fault = self.places.get((where, key)) or self.places.get((where, None))
        if not fault or not self._due(fault):
            return answer
        what = fault["what"]
        if what == "short":
            return answer[:fault["length"]]
        if what == "raw":
            return fault["raw"]
        if what == "endless":
            return (answer * (1 + wanted // max(len(answer), 1)))[:wanted]
        if what == "unplug":
            self.pull()
            raise Gone()
        raise FAILURES[what]()

    @staticmethod
    def _due(fault):
        if fault["after"] > 0:
            fault["after"] -= 1
            return False
        if fault["count"] is not None:
            fault["count"] -= 1
            return fault["count"] >= 0
        return True
