"""DES and AES, as slow as they are short: tests shall need nothing but Python. FIPS 46-3 and FIPS 197."""

# ---- AES, whose inverse CFB mode does not need

def _make_sbox():
    sbox, p, q = [0] * 256, 1, 1
    while True:
        p = p ^ p << 1 & 0xFF ^ (0x1B if p & 0x80 else 0)
        q ^= q << 1
        q ^= q << 2
        q = (q ^ q << 4) & 0xFF
        q ^= 0x09 if q & 0x80 else 0
        turned = q
        for turn in range(1, 5):
            turned ^= (q << turn | q >> 8 - turn) & 0xFF
        sbox[p] = turned ^ 0x63
        if p == 1:
            sbox[0] = 0x63
            return sbox


SBOX = _make_sbox()


def _double(byte):
    return byte << 1 & 0xFF ^ (0x1B if byte & 0x80 else 0)


def aes_schedule(key):
    words = [key[at:at + 4] for at in range(0, len(key), 4)]
    count, round_constant = len(words), 1
    for index in range(count, 4 * (count + 7)):
        word = words[-1]
        if index % count == 0:
            word = bytes(SBOX[byte] for byte in word[1:] + word[:1])
            word = bytes([word[0] ^ round_constant]) + word[1:]
            round_constant = _double(round_constant)
        elif count > 6 and index % count == 4:
            word = bytes(SBOX[byte] for byte in word)
        words.append(bytes(a ^ b for a, b in zip(words[index - count], word)))
    flat = b"".join(words)
    return [flat[at:at + 16] for at in range(0, len(flat), 16)]


def aes_block(schedule, block):
    state = [a ^ b for a, b in zip(block, schedule[0])]
    for number, key in enumerate(schedule[1:], 1):
        state = [SBOX[byte] for byte in state]
        state = [state[(at + 4 * (at % 4)) % 16] for at in range(16)]
        if number < len(schedule) - 1:
            mixed = []
            for column in range(0, 16, 4):
                a = state[column:column + 4]
                whole = a[0] ^ a[1] ^ a[2] ^ a[3]
                mixed += [a[i] ^ whole ^ _double(a[i] ^ a[(i + 1) % 4]) for i in range(4)]
            state = mixed
        state = [a ^ b for a, b in zip(state, key)]
    return bytes(state)


def aes_cfb(key, vector, data, encrypts):
    schedule, out = aes_schedule(key), b""
    for at in range(0, len(data), 16):
        part = data[at:at + 16]
        done = bytes(a ^ b for a, b in zip(part, aes_block(schedule, vector)))
        out += done
        vector = done if encrypts else part
    return out


# ---- DES; bits are counted from 1, the highest first

INITIAL = [first + 2 * row - 8 * column for first in (58, 57) for row in range(4) for column in range(8)]
EXPANSION = [(at // 6 * 4 + at % 6 - 1) % 32 + 1 for at in range(48)]
PERMUTATION = [16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10,
               2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25]
CHOICE1 = [57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
           63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4]
CHOICE2 = [14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2,
           41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32]
SHIFTS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
# four rows of sixteen, a digit each
BOXES = [bytes.fromhex("".join("0" + digit for digit in box)) for box in (
    "e4d12fb83a6c5907" "0f74e2d1a6cb9538" "41e8d62bfc973a50" "fc8249175b3ea06d",
    "f18e6b34972dc05a" "3d47f28ec01a69b5" "0e7ba4d158c6932f" "d8a13f42b67c05e9",
    "a09e63f51dc7b428" "d709346a285ecbf1" "d6498f30b12c5ae7" "1ad069874fe3b52c",
    "7de3069a1285bc4f" "d8b56f03472c1ae9" "a690cb7df13e5284" "3f06a1d8945bc72e",
    "2c417ab6853fd0e9" "eb2c47d150fa3986" "421bad78f9c5630e" "b8c71e2d6f09a453",
    "c1af92680d34e75b" "af427c9561de0b38" "9ef528c3704a1db6" "432c95fabe17608d",
    "4b2ef08d3c975a61" "d0b7491ae35c2f86" "14bdc37eaf680592" "6bd814a7950fe23c",
    "d2846fb1a93e50c7" "1fd8a374c56b0e92" "7b419ce206adf358" "21e74a8dfc90356b")]


def _pick(value, width, places):
    out = 0
    for place in places:
        out = out << 1 | value >> width - place & 1
    return out


def des_schedule(key):
    kept = _pick(int.from_bytes(key, "big"), 64, CHOICE1)
    left, right, keys = kept >> 28, kept & 0xFFFFFFF, []
    for shift in SHIFTS:
        left = (left << shift | left >> 28 - shift) & 0xFFFFFFF
        right = (right << shift | right >> 28 - shift) & 0xFFFFFFF
        keys.append(_pick(left << 28 | right, 56, CHOICE2))
    return keys


def _feistel(half, key):
    mixed, out = _pick(half, 32, EXPANSION) ^ key, 0
    for index, box in enumerate(BOXES):
        six = mixed >> 42 - 6 * index & 0x3F
        out = out << 4 | box[(six & 0x20 | (six & 1) << 4) | six >> 1 & 0xF]
    return _pick(out, 32, PERMUTATION)


FINAL = [INITIAL.index(place) + 1 for place in range(1, 65)]


def des_block(keys, block):
    whole = _pick(int.from_bytes(block, "big"), 64, INITIAL)
    left, right = whole >> 32, whole & 0xFFFFFFFF
    for key in keys:
        left, right = right, left ^ _feistel(right, key)
    return _pick(right << 32 | left, 64, FINAL).to_bytes(8, "big")


def _xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def des_cbc(key, vector, data, encrypts):
    keys, out = des_schedule(key), b""
    for at in range(0, len(data), 8):
        part = data[at:at + 8]
        if encrypts:
            vector = des_block(keys, _xor(part, vector))
            out += vector
        else:
            out += _xor(des_block(keys[::-1], part), vector)
            vector = part
    return out
