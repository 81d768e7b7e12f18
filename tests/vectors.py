#!/usr/bin/env python3
"""Makes and checks the golden vectors of FORMAT.md, written from that page and not from the Rust.

    python3 tests/vectors.py make     writes tests/data/journal-v1.json
    python3 tests/vectors.py check    exits 1 where the committed file says anything else

CBOR, BLAKE3 and the frame of an age file are written out here; the ciphers and curves come from the package `cryptography`.
"""

import base64
import hmac
import json
import pathlib
import struct
import sys

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

FILE = pathlib.Path(__file__).parent / "data" / "journal-v1.json"

# --- BLAKE3 (the specification's section 2) ------------------------------------------------------

IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
      0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
PERMUTATION = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
CHUNK_START, CHUNK_END, PARENT, ROOT = 1, 2, 4, 8
DERIVE_KEY_CONTEXT, DERIVE_KEY_MATERIAL = 32, 64
MASK = 0xFFFFFFFF


def rotate(word, by):
    return (word >> by | word << (32 - by)) & MASK


def mix(v, a, b, c, d, x, y):
    v[a] = (v[a] + v[b] + x) & MASK
    v[d] = rotate(v[d] ^ v[a], 16)
    v[c] = (v[c] + v[d]) & MASK
    v[b] = rotate(v[b] ^ v[c], 12)
    v[a] = (v[a] + v[b] + y) & MASK
    v[d] = rotate(v[d] ^ v[a], 8)
    v[c] = (v[c] + v[d]) & MASK
    v[b] = rotate(v[b] ^ v[c], 7)


def compress(chaining, block, counter, length, flags):
    m = list(struct.unpack("<16I", block.ljust(64, b"\0")))
    v = [*chaining, *IV[:4], counter & MASK, counter >> 32, length, flags]
    for _ in range(7):
        for i in range(4):
            mix(v, i, 4 + i, 8 + i, 12 + i, m[2 * i], m[2 * i + 1])
        for i in range(4):
            mix(v, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[8 + 2 * i], m[9 + 2 * i])
        m = [m[p] for p in PERMUTATION]
    return [v[i] ^ v[i + 8] for i in range(8)] + [v[i + 8] ^ chaining[i] for i in range(8)]


def chunk_node(key, data, counter, flags):
    blocks = [data[i:i + 64] for i in range(0, len(data), 64)] or [b""]
    chaining = key
    for i, block in enumerate(blocks):
        here = flags | (CHUNK_START if i == 0 else 0) | (CHUNK_END if i == len(blocks) - 1 else 0)
        node = (chaining, block, counter, len(block), here)
        chaining = compress(*node)[:8]
    return node


def tree_node(key, data, counter, flags):
    if len(data) <= 1024:
        return chunk_node(key, data, counter, flags)
    left = 1024
    while left * 2 < len(data):
        left *= 2
    halves = (tree_node(key, data[:left], counter, flags),
              tree_node(key, data[left:], counter + left // 1024, flags))
    block = b"".join(struct.pack("<8I", *compress(*half)[:8]) for half in halves)
    return (key, block, 0, 64, flags | PARENT)


def blake3(data, length=32, key=IV, flags=0):
    chaining, block, _, size, flags = tree_node(key, data, 0, flags)
    assert length <= 64
    return struct.pack("<16I", *compress(chaining, block, 0, size, flags | ROOT))[:length]


def blake3_derive(context, data, length):
    key = struct.unpack("<8I", blake3(context.encode(), flags=DERIVE_KEY_CONTEXT))
    return blake3(data, length, key, DERIVE_KEY_MATERIAL)


# --- CBOR (RFC 8949): definite lengths, shortest heads, ascending integer keys -------------------



def head(major, argument):
    if argument < 24:
        return bytes([major << 5 | argument])
    for info, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << 8 * width:
            return bytes([major << 5 | info]) + argument.to_bytes(width, "big")
    raise ValueError(argument)


def cbor(value):
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        text = value.encode()
        return head(3, len(text)) + text
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    if isinstance(value, dict):
        pairs = sorted(value.items())
        return head(5, len(pairs)) + b"".join(cbor(k) + cbor(v) for k, v in pairs)
    raise TypeError(type(value))


# --- The journal ---------------------------------------------------------------------------------

LOGBOOK, AUTHOR = b"\x01" * 16, b"\x02" * 16
SEED = bytes(range(32))
VISIT, ACTIVITY, MEETING, CONCERN, PLACE, PERSON, PARTICULARS, HELPED, ENVELOPE, MEMBER, BOOK, \
    PAIR = range(1, 13)
DATA_REQUEST, ERASURE = 22, 23
ADMISSION, STATION, REVIEW = 24, 25, 26
ROSTER, OPEN, PETITION, SEALED = range(4)
STREAM = {PARTICULARS: PETITION, HELPED: PETITION, DATA_REQUEST: PETITION, ERASURE: PETITION, ENVELOPE: SEALED, MEMBER: ROSTER, BOOK: ROSTER,
          ADMISSION: ROSTER}
SAVE, WITHDRAW, SEND, UNDO = range(1, 5)
RECEIPT, CUT = 6, 7

PRIVATE = Ed25519PrivateKey.from_private_bytes(SEED)
PUBLIC = PRIVATE.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
DEVICE = blake3(PUBLIC)[:16]
# A device that takes the place of the first.
NEW = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64))).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
CERTIFICATE = {1: NEW, 2: PUBLIC, 3: PRIVATE.sign(b"bacung device v1\0" + LOGBOOK + NEW + PUBLIC)}


def entity(number):
    return bytes([number]) * 16


def pair(one, other):
    return blake3(b"bacung pair v1\0" + b"".join(sorted([entity(one), entity(other)])))[:16]


def closing(first, last, basis):
    days = first.to_bytes(4, "big", signed=True) + last.to_bytes(4, "big", signed=True)
    return blake3(b"bacung closing v1\0" + days + bytes([basis]))[:16]


RECORDS = {
    "visit": {1: {1: entity(0x50)}, 2: 20777, 3: 20779, 4: [entity(0x60), entity(0x61)], 5: entity(0x60),
              6: ["eat", "live"], 7: "Xóa nhà tạm", 8: "Chi bộ thôn Nà Khá", 9: "Công an xã", 10: "Đường trơn", 11: 1},
    "activity": {1: entity(0x10), 2: "road", 3: {1: 1500, 2: "km"}, 4: 24000, 5: 7,
                 6: [{1: "poor", 2: 12, 3: 48, 4: 60}], 7: [{1: "budget", 2: 150_000_000}], 8: "Đồn Biên phòng",
                 9: ["Đoàn xã", "Hội Phụ nữ"], 10: [{2: 2209}, {3: "Bản cũ"}], 11: {1: "Hoàng Văn Páo", 2: 20778},
                 12: "Mở đường"},
    "meeting": {1: entity(0x10), 2: "cell_regular", 3: "guest", 4: "Chi bộ", 5: {2: 2209}, 6: 31, 7: "Góp ý",
                8: "Thiếu nước"},
    "concern": {1: entity(0x10), 2: 2, 3: "water", 4: "Mương hỏng", 5: {1: entity(0x50)}, 6: 1, 7: 20800},
    "place": {1: "Nà Khá", 2: "thon", 3: 2209, 4: entity(0x51)},
    # A place of the past, in a unit of the former division, and one that was divided.
    "place_past": {1: "Nà Cũ", 3: 2473, 4: entity(0x50), 5: 2479, 6: 14610, 7: 18808},
    "place_divided": {1: "Nà Chia", 5: 2479, 7: 20268, 8: [entity(0x50), entity(0x51)]},
    "visit_former": {1: {4: 2479}, 2: 20000},
    "person": {1: "Lò Thị Ánh", 2: "Thiếu tá", 3: "Công an xã"},
    "particulars": {1: entity(0x13), 3: "Nguyễn Văn A", 4: "0900000000", 5: "Mương vỡ", 6: "Sửa sớm"},
    "particulars_anonymous": {1: entity(0x13), 2: True, 5: "Mương vỡ"},
    "helped": {1: entity(0x11), 2: "Vừ Mí Sò\nGiàng A Páo"},
    "envelope": {1: entity(0x10), 2: "07/PB", 3: 20779, 4: "Thanh tra tỉnh"},
    "member": {1: "Lò Thị Ánh", 2: "Thiếu tá", 3: "Công an xã", 4: 2, 5: [PUBLIC]},
    "member_certified": {1: "Lò Thị Ánh", 2: "Thiếu tá", 3: "Công an xã", 4: 2, 5: [PUBLIC], 6: [CERTIFICATE]},
    "logbook": {1: "Sổ công tác xã"},
    "pair": {1: entity(0x10), 2: entity(0x12), 3: 1, 4: "Hai người cùng ghi"},
    # A verdict of a later release.
    "pair_later": {1: entity(0x10), 2: entity(0x12), 3: 9},
    "visit_of_a_row": {11: 1, 12: entity(0x70)},
    "activity_of_a_row": {1: entity(0x10), 13: entity(0x71), 14: True, 15: "số cả tỉnh"},
    "concern_of_a_row": {1: entity(0x10), 19: entity(0x73)},
    "meeting_of_a_row": {1: entity(0x10), 10: entity(0x72), 11: True, 12: "hai buổi", 13: 16,
                         14: [{2: 2209}, {3: "Bản cũ"}]},
    # What happens to a concern and to a promise.
    "step": {1: entity(0x13), 2: 10, 3: 20790, 4: "12/QĐ", 5: "UBND xã", 6: entity(0x60), 7: "chờ kết luận", 8: 20800},
    "step_answer": {1: entity(0x13), 2: 17, 3: 20801, 6: entity(0x60), 11: 2},
    "step_dialogue": {1: entity(0x13), 2: 9, 3: 20795, 9: 2},
    "step_withdrawal": {1: entity(0x13), 2: 13, 3: 20796, 10: 1},
    "label": {1: entity(0x13), 3: 4, 4: 1, 5: 20792, 6: "05/KH", 7: "Kế hoạch 363", 8: entity(0x60)},
    "label_of_a_place": {2: {1: entity(0x50)}, 3: 6, 4: 2, 5: 20793},
    "promise": {2: entity(0x12), 3: "Trả lời dân", 4: 20790},
    "promise_of_a_visit": {1: entity(0x10), 3: "Lắp đèn", 5: {2: 2209}},
    "answer": {1: entity(0x74), 2: 20791, 3: "Đã lắp", 4: 4, 5: entity(0x60)},
    "charge": {1: entity(0x13), 3: entity(0x60), 4: 20790, 5: entity(0x61), 6: 20791},
    "charge_of_a_promise": {2: entity(0x74), 3: entity(0x60)},
    # Receptions, Saturday duty, inspections, assignments.
    "reception": {1: 2, 2: 20784, 3: entity(0x60), 4: {2: 2209}, 5: "UBND xã", 6: 7, 7: 9, 8: "có báo trước", 9: entity(0x73)},
    "concern_of_a_reception": {2: 1, 4: "Ranh giới", 8: entity(0x75), 9: 6, 10: "UBND huyện", 11: 3, 12: "UBND tỉnh", 13: "lần hai"},
    "particulars_of_a_reception": {1: entity(0x13), 3: "Nguyễn Văn A", 7: "Thôn Nà Khá", 8: "000000000000"},
    "envelope_handed_over": {2: "07/PB", 5: entity(0x75), 6: 20785, 7: "03/PC", 8: b"box"},
    "duty": {1: 20784, 2: "Công an xã", 3: {2: 2209}, 4: [entity(0x60)], 5: 7500, 6: 12, 7: 10, 8: 0, 9: "đông", 10: entity(0x76)},
    "inspection": {1: "15/QĐ-TTr", 2: 20770, 3: 20780, 4: [1, 3], 5: "Thanh tra tỉnh", 6: ["UBND xã A", "UBND xã B"],
                   7: "16/KL-TTr", 8: 20790, 9: "đúng hạn", 10: entity(0x77)},
    "assignment": {1: "cell_meetings", 2: entity(0x60), 3: "Chi bộ Nà Khá", 4: {1: entity(0x50)}, 5: 20454, 6: 20818, 7: 4, 8: "QĐ 776-QĐ/TU"},
    "assignment_of_each_month": {1: "receptions", 2: entity(0x60), 5: 20635, 7: 2, 8: "LTCD", 20: 2},
    # A closed month: a count, a number in thousandths, a share.
    "closing": {1: 20727, 2: 20757, 3: 1, 4: 20760, 5: entity(0x60),
                6: [{1: "visits", 2: 14}, {1: "person_days", 2: 58500}, {1: "withdrawn", 2: 3, 3: 21}]},
    # A basis and a number of a later release.
    "closing_later": {1: 20727, 3: 9, 6: [{1: "later", 2: 1}, {1: "nights", 2: 2}]},
    "admission": {1: entity(0x81), 2: 3, 3: "Bản Lãm", 4: NEW, 5: "age1recipient", 6: entity(0x61),
                  9: "Nguyễn Văn Hòa"},
    "admission_revoked": {7: True, 8: True},
    "station": {1: "age1other"},
    "review": {1: entity(0x10), 2: 2, 3: b"\x07" * 32, 4: [b"\x08" * 32], 5: [entity(0x82)], 6: "Thiếu số hộ",
               7: entity(0x61)},
    # The unit says that the cell confirmed on paper.
    "review_on_paper": {1: entity(0x10), 2: 4, 3: b"\x07" * 32, 7: entity(0x61), 8: "12-XN/CB", 9: 20790},
    # What the cell concluded, for its minutes.
    "review_conclude": {1: entity(0x10), 2: 5, 3: b"\x07" * 32, 6: "Làm tiếp đoạn cuối", 7: entity(0x61)},
    # What was done on a citizen's request, and which bodies are erased.
    "data_request": {1: 20790, 2: 5, 3: [entity(0x14)], 4: "12/ĐN", 5: entity(0x60), 6: 20788},
    "erasure": {1: 7, 2: entity(0x14), 3: [b"\x09" * 32, b"\x0a" * 32]},
    # Days before 1970 and far numbers.
    "visit_long_ago": {2: -1, 3: -25568},
}

# Each commit: the wall clock, then entries (kind of record, id, heads as numbers of entries, act).
COMMITS = [
    (1_795_400_000_000, [
        (BOOK, entity(0x01), [], ("save", RECORDS["logbook"])),
        (MEMBER, AUTHOR, [], ("save", RECORDS["member"])),
    ]),
    (1_795_400_060_123, [
        (VISIT, entity(0x10), [], ("save", RECORDS["visit"])),
        (CONCERN, entity(0x13), [], ("save", RECORDS["concern"])),
        (PARTICULARS, entity(0x14), [], ("save", RECORDS["particulars"])),
        (ENVELOPE, entity(0x15), [], ("save", RECORDS["envelope"])),
    ]),
    (1_795_400_120_000, [
        # A changed note, a programme taken out, a field of a later release.
        (VISIT, entity(0x10), [2], ("save", {7: None, 10: "Đường khô", 200: [1, None]})),
        (VISIT, entity(0x10), [2], ("save", {10: "Đường trơn, sạt lở"})),
    ]),
    (1_795_400_180_000, [(VISIT, entity(0x10), [6, 7], ("send",))]),
    (1_795_400_240_000, [(VISIT, entity(0x10), [8], ("undo", 8))]),
    (1_795_400_300_000, [(CONCERN, entity(0x13), [3], ("withdraw", "nhập trùng"))]),
    (1_795_400_360_000, [(PAIR, pair(0x10, 0x12), [], ("save", RECORDS["pair"]))]),
    # Another mind.
    (1_795_400_420_000, [(PAIR, pair(0x10, 0x12), [11], ("save", {3: 2, 4: None}))]),
    # Another device is let in and gives a visit back; what is said of a chain lies in the chain's stream.
    (1_795_400_480_000, [
        (ADMISSION, blake3(NEW)[:16], [], ("save", RECORDS["admission"])),
        (REVIEW, entity(0x83), [], ("save", RECORDS["review"])),
        (STATION, DEVICE, [], ("receipt", 2)),
        (STATION, DEVICE, [], ("cut", 7)),
    ]),
    # Nothing stands any more of what was said of a citizen, and then its body is to go.
    (1_795_400_540_000, [
        (PARTICULARS, entity(0x14), [4], ("save", {1: entity(0x13), 3: None, 4: None, 5: None, 6: None})),
        (ERASURE, entity(0x84), [], ("save", RECORDS["erasure"])),
        (DATA_REQUEST, entity(0x85), [], ("save", RECORDS["data_request"])),
    ]),
]


def body_of(act, entries):
    match act:
        case ("save", fields):
            return SAVE, cbor(fields), {"save": cbor(fields).hex()}
        case ("withdraw", reason):
            return WITHDRAW, cbor({1: reason}), {"withdraw": reason}
        case ("send",):
            return SEND, cbor({}), {"send": None}
        case ("receipt" | "cut" as word, seq):
            # About the entry of that number in the chain of `open`.
            found = [e["hash"] for e in entries if e["stream"] == OPEN][seq - 1]
            body = cbor({1: seq, 2: bytes.fromhex(found)})
            return (RECEIPT if word == "receipt" else CUT), body, {word: [seq, found]}
        case ("undo", target):
            return UNDO, cbor({1: bytes.fromhex(entries[target]["hash"])}), {"undo": target}


def journal():
    entries, tips, commits = [], {}, []
    for wall, acts in COMMITS:
        commit = []
        for record, ident, heads, act in acts:
            stream = STREAM.get(record, OPEN)
            kind, body, plain = body_of(act, entries)
            salt = blake3(b"salt %d" % len(entries))[:16]
            seq, prev = tips.get(stream, (0, None))
            hashes = sorted(bytes.fromhex(entries[h]["hash"]) for h in heads)
            header = {0: 1, 1: LOGBOOK, 2: DEVICE, 3: stream, 4: seq + 1, 6: seq + 1, 7: wall, 8: AUTHOR, 9: kind,
                      10: record, 11: ident, 13: blake3(salt + body)}
            if prev:
                header[5] = prev
            if hashes:
                header[12] = hashes
            header = cbor(header)
            tips[stream] = (seq + 1, blake3(header))
            entry = {"entity_kind": record, "entity": ident.hex(), "heads": heads, "act": plain, "salt": salt.hex(),
                     "header": header.hex(), "hash": blake3(header).hex(), "signature": None, "stream": stream,
                     "body": body}
            entries.append(entry)
            commit.append(entry)
        for entry in commit:
            stored = {0: bytes.fromhex(entry["header"]), 1: bytes.fromhex(entry["salt"]), 2: entry.pop("body")}
            if tips[entry["stream"]][1].hex() == entry["hash"]:
                stored[3] = PRIVATE.sign(b"bacung entry v1\0" + bytes.fromhex(entry["hash"]))
                entry["signature"] = stored[3].hex()
            entry["stored"] = cbor(stored).hex()
        commits.append({"wall": wall, "entries": commit})
    return commits


def revision():
    heads = [blake3(b"head %d" % i) for i in range(5)]
    digest = blake3(b"bacung revision v1\0" + b"".join(sorted(set(heads))))
    return {"heads": [h.hex() for h in heads + heads[:1]], "digest": digest.hex()}


def uuid_v7(millis, random):
    value = millis << 80 | int.from_bytes(random, "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return value.to_bytes(16, "big")


def identifiers():
    cases = [(1_795_400_000_000, b"\xff" * 10), (0, bytes(10)), (2**48 - 1, bytes(range(10)))]
    return [{"at": at, "random": random.hex(), "id": uuid_v7(at, random).hex()} for at, random in cases]


# --- The box of an envelope ----------------------------------------------------------------------


def bech32(hrp, data):
    """Writes bytes as age writes keys (BIP 173, without a length limit)."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    bits = int.from_bytes(data, "big") << (-len(data) * 8 % 5)
    count = -(-len(data) * 8 // 5)
    values = [bits >> 5 * (count - 1 - i) & 31 for i in range(count)]
    check = 1
    for value in [ord(c) >> 5 for c in hrp] + [0] + [ord(c) & 31 for c in hrp] + values + [0] * 6:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    values += [(check ^ 1) >> 5 * (5 - i) & 31 for i in range(6)]
    return hrp + "1" + "".join(letters[v] for v in values)


def hkdf(key, salt, info):
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(key)


def plain64(data):
    return base64.b64encode(data).rstrip(b"=")


def age_file(recipient, plain):
    """Seals to one X25519 key as age v1 does; all that is drawn by lot is fixed here."""
    file_key, nonce = stream_of_bytes(b"file key", 16), stream_of_bytes(b"nonce", 16)
    ephemeral = X25519PrivateKey.from_private_bytes(stream_of_bytes(b"ephemeral", 32))
    share = ephemeral.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient))
    wrap = hkdf(shared, share + recipient, b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
    header = b"age-encryption.org/v1\n-> X25519 " + plain64(share) + b"\n" + plain64(body) + b"\n---"
    mac = hmac.new(hkdf(file_key, b"", b"header"), header, "sha256").digest()
    payload = ChaCha20Poly1305(hkdf(file_key, nonce, b"payload")).encrypt(bytes(11) + b"\1", plain, None)
    return header + b" " + plain64(mac) + b"\n" + nonce + payload


def identity_box():
    secret = stream_of_bytes(b"authority", 32)
    public = X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    text = "Lò Thị Ánh, thôn Nà Khá"
    plain = struct.pack(">H", len(text.encode())) + text.encode()
    sealed = age_file(public, plain.ljust(768, b"\0"))
    filled = (struct.pack(">H", len(sealed)) + sealed).ljust(2048, b"\0")
    return {"identity": bech32("age-secret-key-", secret).upper(), "text": text, "box": filled.hex()}


# --- The file ------------------------------------------------------------------------------------

PAGE = 4096


def xts(key, unit, plain):
    cipher = Cipher(algorithms.AES(key), modes.XTS(unit.to_bytes(16, "little"))).encryptor()
    return cipher.update(plain) + cipher.finalize()


def stream_of_bytes(label, length):
    """Bytes that look random, 64 at a time."""
    blocks = (blake3(label + struct.pack("<I", i), 64) for i in range(-(-length // 64)))
    return b"".join(blocks)[:length]


def slot(key, unit, content, generation):
    plain = content.ljust(PAGE - 32, b"\0") + struct.pack("<Q", generation)
    plain += blake3_derive("bacung page 0 slot checksum, version 1", plain, 24)
    return xts(key, unit, plain)


def pages():
    key = stream_of_bytes(b"data key", 64)
    old, new = stream_of_bytes(b"old header", 320), stream_of_bytes(b"new header", 320)
    page_1, page_2 = stream_of_bytes(b"page 1", PAGE), stream_of_bytes(b"page 2", PAGE)
    units = [slot(key, 0, old, 6), slot(key, 1, new, 7), xts(key, 2, page_1), xts(key, 3, page_2)]
    return {"key": key.hex(), "page_0": new.hex(), "page_1": page_1.hex(), "page_2": page_2.hex(),
            "generations": [6, 7], "units": [unit.hex() for unit in units]}


def everything():
    # The specification's own vectors: bytes 0 to 250 again and again.
    pattern = bytes(i % 251 for i in range(4096))
    assert blake3(b"").hex() == "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
    assert blake3(pattern[:1024]).hex() == "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"
    assert blake3(pattern).hex() == "015094013f57a5277b59d8475c0501042c0b642e531b0a1c8f58d2163229e969"
    return {
        "format": "bacung journal v1",
        "logbook": LOGBOOK.hex(),
        "author": AUTHOR.hex(),
        "device": {"seed": SEED.hex(), "public": PUBLIC.hex(), "id": DEVICE.hex()},
        "identifiers": identifiers(),
        "records": {name: cbor(fields).hex() for name, fields in RECORDS.items()},
        "commits": journal(),
        "pair": {"visits": [entity(0x12).hex(), entity(0x10).hex()], "id": pair(0x12, 0x10).hex()},
        "closing": {"days": [20727, 20757], "basis": 1, "id": closing(20727, 20757, 1).hex()},
        "revision": revision(),
        "box": identity_box(),
        "pages": pages(),
    }


def differences(ours, theirs, path=""):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            yield from differences(ours.get(key), theirs.get(key), f"{path}/{key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for i, (a, b) in enumerate(zip(ours, theirs)):
            yield from differences(a, b, f"{path}/{i}")
    elif ours != theirs:
        yield path or "/"


def main():
    match sys.argv[1:]:
        case ["make"]:
            FILE.write_text(json.dumps(everything(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        case ["check"]:
            wrong = list(differences(everything(), json.loads(FILE.read_text(encoding="utf-8"))))
            for path in wrong:
                print(f"{FILE.name}: {path} differs", file=sys.stderr)
            sys.exit(1 if wrong else 0)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
