"""Version 3: users, keys, messages (RFC 3412, RFC 3414, RFC 3826, RFC 7860)."""
import hashlib
import hmac
import struct
import time

from . import ber, ciphers

HASHES = {"md5": ("md5", 12), "sha": ("sha1", 12), "sha224": ("sha224", 16), "sha256": ("sha256", 24),
          "sha384": ("sha384", 32), "sha512": ("sha512", 48)}
CIPHERS = {"des": 16, "aes": 16, "aes192": 24, "aes256": 32}
AUTH_PASSWORD, PRIV_PASSWORD = b"authpass123", b"privpass123"

# name: hash and cipher
USERS = {"noauth": (None, None)}
for _hash in HASHES:
    USERS["u-" + _hash] = (_hash, None)
    for _cipher in CIPHERS:
        USERS["u-%s-%s" % (_hash, _cipher)] = (_hash, _cipher)

AUTH, PRIV, REPORTABLE = 1, 2, 4
LEVEL, WINDOW, NO_USER, NO_ENGINE, DIGEST, DECIPHER = 1, 2, 3, 4, 5, 6
REPORT = 0xA8
WINDOW_SECONDS = 150


class Refused(Exception):
    """A message that is answered with a report."""

    def __init__(self, about, is_signed=False):
        super().__init__(about)
        self.about, self.is_signed = about, is_signed


def stretched(name, password, cache={}):
    if (name, password) not in cache:
        long = (password * (1048576 // len(password) + 1))[:1048576]
        cache[name, password] = hashlib.new(name, long).digest()
    return cache[name, password]


class Engine:
    def __init__(self, identity, boots):
        self.stats = dict.fromkeys(range(1, 7), 0)
        self.salt = time.time_ns()
        self.restart(identity, boots)

    def restart(self, identity, boots):
        self.identity, self.boots, self.born, self.keys = identity, boots, time.monotonic(), {}

    def time(self):
        return int(time.monotonic() - self.born)

    def local_key(self, user, password):
        name = HASHES[USERS[user][0]][0]
        key = stretched(name, password)
        return hashlib.new(name, key + self.identity + key).digest()

    def auth_key(self, user):
        return self.local_key(user, AUTH_PASSWORD)

    def priv_key(self, user):
        if user not in self.keys:
            name, key = HASHES[USERS[user][0]][0], self.local_key(user, PRIV_PASSWORD)
            length = CIPHERS[USERS[user][1]]
            while len(key) < length:
                key += hashlib.new(name, key).digest()
            self.keys[user] = key[:length]
        return self.keys[user]

    def crypt(self, user, clock, salt, data, encrypts):
        key = self.priv_key(user)
        if USERS[user][1] == "des":
            vector = bytes(a ^ b for a, b in zip(key[8:], salt))
            data += bytes(-len(data) % 8) if encrypts else b""
            return ciphers.des_cbc(key[:8], vector, data, encrypts)
        return ciphers.aes_cfb(key, struct.pack(">II", *clock) + salt, data, encrypts)

    def signature(self, user, message):
        name, length = HASHES[USERS[user][0]]
        return hmac.new(self.auth_key(user), message, name).digest()[:length]

    def read(self, message, parts):
        """User, level, message id, what is asked; `Refused` when it has to be reported."""
        head = ber.elements(parts[1][1])
        self.message_id, flags = ber.read_number(head[0][1]), head[2][1][0]
        security = ber.elements(ber.take(parts[2][1])[1])
        identity, boots, moment, user, signature, salt = [content for _, content in security]
        boots, moment, user = ber.read_number(boots), ber.read_number(moment), user.decode()
        level = flags & (AUTH | PRIV)
        if identity != self.identity:
            raise Refused(NO_ENGINE)
        if user not in USERS:
            raise Refused(NO_USER)
        has = (AUTH if USERS[user][0] else 0) | (PRIV if USERS[user][1] else 0)
        if level != has:
            raise Refused(LEVEL)
        if level & AUTH:
            at = message.find(signature) if signature else -1
            unsigned = message[:at] + bytes(len(signature)) + message[at + len(signature):]
            if at < 0 or not hmac.compare_digest(self.signature(user, unsigned), signature):
                raise Refused(DIGEST)
            if boots != self.boots or abs(moment - self.time()) > WINDOW_SECONDS:
                raise Refused(WINDOW, True)
        scoped = parts[3][1]
        if level & PRIV:
            try:
                scoped = ber.take(self.crypt(user, (boots, moment), salt, scoped, False))[1]
                ber.elements(scoped)
            except (ValueError, IndexError):
                raise Refused(DECIPHER, True) from None
        return user, level, ber.elements(scoped)[2]

    def report(self, refused, user, message_id):
        self.stats[refused.about] += 1
        counter = ber.oid((1, 3, 6, 1, 6, 3, 15, 1, 1, refused.about, 0))
        binding = ber.sequence(counter, ber.number(self.stats[refused.about], ber.COUNTER32))
        pdu = ber.element(REPORT, ber.number(0) * 3 + ber.sequence(binding))
        return self.write(message_id, user if refused.is_signed else "", AUTH if refused.is_signed else 0, pdu)

    def write(self, message_id, user, level, pdu):
        data = ber.sequence(ber.octets(self.identity), ber.octets(b""), pdu)
        clock, salt = (self.boots, self.time()), b""
        if level & PRIV:
            self.salt += 1
            salt = struct.pack(">Q", self.salt & 0xFFFFFFFFFFFFFFFF)
            if USERS[user][1] == "des":
                salt = struct.pack(">II", self.boots, self.salt & 0xFFFFFFFF)
            data = ber.octets(self.crypt(user, clock, salt, data, True))

        def around(signature):
            security = ber.sequence(ber.octets(self.identity), ber.number(clock[0]), ber.number(clock[1]),
                                    ber.octets(user.encode()), ber.octets(signature), ber.octets(salt))
            head = ber.sequence(ber.number(message_id), ber.number(65507), ber.octets(bytes([level])), ber.number(3))
            return ber.sequence(ber.number(3), head, ber.octets(security), data)

        if not level & AUTH:
            return around(b"")
        return around(self.signature(user, around(bytes(HASHES[USERS[user][0]][1]))))
