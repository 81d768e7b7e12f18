#!/usr/bin/env python3
"""Opens a bundle without the Rust: written from FORMAT.md and from the specification of age v1.

    python3 tests/bundle.py IDENTITY FILE

IDENTITY is a file with a key as age writes it (AGE-SECRET-KEY-1…), FILE a bundle under its own name. Prints as JSON the
stream, how many entries there are and the hash of the last one; exits 1 where anything is not as the page says.
"""

import base64
import hmac
import json
import pathlib
import struct
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vectors import bech32, blake3, cbor, hkdf

CHUNK = 64 * 1024


def identity(text):
    """Reads what `age` writes: its letters are the bytes, and writing them again gives the same."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    data = text.strip().lower().split("1", 1)[1][:-6]
    bits = 0
    for letter in data:
        bits = bits << 5 | letters.index(letter)
    secret = (bits >> len(data) * 5 % 8).to_bytes(len(data) * 5 // 8, "big")
    assert bech32("age-secret-key-", secret).upper() == text.strip(), "no key"
    return X25519PrivateKey.from_private_bytes(secret)


def unplain64(text):
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def unwrap(key, share, body):
    """Returns the file key, where the stanza is for this key."""
    own = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = key.exchange(X25519PublicKey.from_public_bytes(share))
    try:
        wrap = hkdf(shared, share + own, b"age-encryption.org/v1/X25519")
        return ChaCha20Poly1305(wrap).decrypt(bytes(12), body, None)
    except InvalidTag:
        return None


def header(sealed, key):
    """Reads stanzas up to the MAC; returns the file key and what comes after."""
    lines, rest, file_key = [], sealed, None
    line, rest = rest.split(b"\n", 1)
    assert line == b"age-encryption.org/v1"
    lines.append(line)
    while True:
        line, rest = rest.split(b"\n", 1)
        if line.startswith(b"--- "):
            break
        lines.append(line)
        stanza, body = line.split(b" "), b""
        while True:
            part, rest = rest.split(b"\n", 1)
            lines.append(part)
            body += part
            if len(part) < 64:
                break
        # Other kinds are passed over: age writes one that nobody knows, so that this stays true.
        if stanza[:2] == [b"->", b"X25519"]:
            file_key = unwrap(key, unplain64(stanza[2]), unplain64(body)) or file_key
    assert file_key, "sealed to others"
    mac = hmac.new(hkdf(file_key, b"", b"header"), b"\n".join(lines) + b"\n---", "sha256").digest()
    assert mac == unplain64(line[4:]), "the header was changed"
    return file_key, rest


def opened(sealed, key):
    file_key, rest = header(sealed, key)
    cipher = ChaCha20Poly1305(hkdf(file_key, rest[:16], b"payload"))
    sealed, plain = rest[16:], b""
    step = CHUNK + 16
    count = -(-len(sealed) // step)
    for at in range(count):
        nonce = struct.pack(">Q", at).rjust(11, b"\0") + bytes([at == count - 1])
        plain += cipher.decrypt(nonce, sealed[at * step:(at + 1) * step], None)
    return plain


def take(data):
    """Reads one value of CBOR off the front."""
    major, info = data[0] >> 5, data[0] & 31
    data = data[1:]
    if info >= 24:
        width = 1 << info - 24
        info, data = int.from_bytes(data[:width], "big"), data[width:]
    if major in (2, 3):
        value, data = data[:info], data[info:]
        return (value if major == 2 else value.decode()), data
    if major == 4:
        items = []
        for _ in range(info):
            item, data = take(data)
            items.append(item)
        return items, data
    if major == 5:
        items = {}
        for _ in range(info):
            key, data = take(data)
            items[key], data = take(data)
        return items, data
    return {0: info, 1: -1 - info}.get(major), data


def items(content):
    while content:
        length = int.from_bytes(content[:4], "big")
        item, content = content[4:4 + length], content[4 + length:]
        value, rest = take(item)
        assert not rest and cbor(value) == item, "the shortest bytes, and nothing behind"
        yield value


def check(name, sealed, key):
    assert name.split("-")[2] == blake3(sealed)[:16].hex(), "the name is of other bytes"
    first, *entries, end = items(opened(sealed, key))
    assert (first[0], first[1], end[0], end[1]) == (1, 1, 3, len(entries))
    tips, last, signed = {}, None, True
    for item in entries:
        assert item[0] == 2
        entry, rest = take(item[1])
        assert not rest
        head = take(entry[0])[0]
        last = blake3(entry[0])
        assert (head[1], head[3]) == (first[2], first[3]), "of this logbook and stream"
        assert 2 not in entry or head[13] == blake3(entry[1] + entry[2]), "a body"
        before = tips.get(head[2])
        assert before is None and signed or before == (head[4] - 1, head[5]), "a chain"
        tips[head[2]], signed = (head[4], last), 3 in entry
    assert signed, "each run ends on a signed entry"
    return {"stream": first[3], "entries": len(entries), "last": last.hex()}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    key, file = map(pathlib.Path, sys.argv[1:])
    print(json.dumps(check(file.name, file.read_bytes(), identity(key.read_text()))))


main()
