"""Reads sealed sessions, written from docs/journal-format.md alone: reader.py KEYFILE FILE...

Prints a JSON object a file: {"answer", "after", "protocol", "events", "head"}.
"""

import hashlib
import hmac
import json
import sys
import zlib

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

MAGIC = bytes.fromhex("89534A310D0A1A0A")
CELL, DATA = 256, 237
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Stop(Exception):
    pass  # reading ends here, with this answer


def expand(prk, info, length):
    out, block = b"", b""
    for number in range(1, -(-length // 32) + 1):
        block = hmac.digest(prk, block + info + bytes([number]), "sha256")
        out += block
    return out[:length]


def head_code(data):
    raw = hashlib.pbkdf2_hmac("sha256", hashlib.sha256(data).digest(), b"amparo/1 head", 65536, 10)
    number = int.from_bytes(raw, "big")
    signs = "".join(SIGNS[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(signs[at:at + 4] for at in range(0, 16, 4))


class Reader:
    def __init__(self, data, identity):
        self.data, self.identity = data, identity
        self.at = self.segments = self.cells = self.fresh = 0
        self.link, self.chain = bytes(32), None
        self.parts, self.events, self.protocol = [], [], None
        self.ended = False

    def read(self):
        if len(self.data) > 32 << 20:
            return "not one of ours"
        if not self.data.startswith(MAGIC):
            torn = MAGIC.startswith(self.data) or (len(self.data) <= 64 * CELL and not any(self.data))
            return "torn" if torn else "not one of ours"
        try:
            while self.at < len(self.data):
                if self.ended:
                    raise Stop("altered")
                if self.data.startswith(MAGIC, self.at):
                    self.header()
                else:
                    self.cell()
        except Stop as stop:
            return str(stop)
        if self.ended:
            return "whole"
        behind_a_header = self.segments > 1 and self.fresh == 0
        return "torn" if self.parts or behind_a_header else "open"

    def header(self):
        if self.parts or (self.segments > 1 and self.fresh == 0) or self.segments >= 64:
            raise Stop("altered")
        frame = self.data[self.at + 8:self.at + 16]
        if len(frame) < 8:
            raise Stop("torn")
        length = int.from_bytes(frame[:4], "big")
        if length ^ 0xFFFFFFFF != int.from_bytes(frame[4:], "big") or length > 1 << 20:
            raise Stop("altered")
        start = self.at + 16
        end = -(-(start + length) // CELL) * CELL
        if end > len(self.data):
            raise Stop("torn")
        envelope = self.data[start:start + length]
        head = envelope[:16384].split(b"\n---")[0]
        if any(self.data[start + length:end]) or head.count(b"\n->") > 32 or head == envelope[:16384]:
            raise Stop("altered")
        try:
            inside = pyrage.decrypt(envelope, [self.identity])
        except Exception as error:
            raise Stop("sealed for others" if "No matching keys" in str(error) else "altered") from None
        if len(inside) % 4096 or len(inside) < 36:
            raise Stop("altered")
        count = int.from_bytes(inside[32:36], "big")
        padding = inside[36 + count:]
        if 36 + count > len(inside) or any(padding) or len(padding) >= 4096 or (count and self.segments):
            raise Stop("altered")
        if count:
            inflated = zlib.decompressobj().decompress(inside[36:36 + count], (1 << 20) + 1)
            if len(inflated) > 1 << 20:
                raise Stop("altered")
            self.protocol = json.loads(inflated)
        salt = hashlib.sha256(self.data[:end]).digest()
        prk = hmac.digest(salt, inside[:32] + self.link, "sha256")
        self.chain = expand(prk, b"amparo/1 chain", 32)
        self.link = expand(prk, b"amparo/1 resume", 32)
        self.at, self.fresh, self.segments = end, 0, self.segments + 1

    def cell(self):
        rest = len(self.data) - self.at
        if rest < CELL:
            raise Stop("torn")
        both = expand(self.chain, b"amparo/1 cell", 64)
        self.chain, key = both[:32], both[32:]
        try:
            inside = ChaCha20Poly1305(key).decrypt(bytes(12), self.data[self.at:self.at + CELL], None)
        except InvalidTag:
            zeros = rest <= 4425 * CELL and not any(self.data[self.at:])
            raise Stop("torn" if zeros else "altered") from None
        self.cells += 1
        kind, length = inside[0], int.from_bytes(inside[1:3], "big")
        data = inside[3:3 + length]
        if length > DATA or any(inside[3 + length:]) or self.cells > 65536:
            raise Stop("altered")
        if kind == 1 and length == DATA and len(self.parts) < 4424:
            self.parts.append(data)
        elif kind == 2:
            try:
                self.events.append(json.loads(b"".join(self.parts) + data))
            except ValueError:
                raise Stop("altered") from None
            self.parts, self.fresh = [], self.fresh + 1
        elif kind == 4 and length == 8 and not self.parts and int.from_bytes(data, "big") == len(self.events):
            self.ended = True
        elif kind != 3 or length or self.parts:
            raise Stop("altered")
        self.at += CELL


def main(key_file, *files):
    with open(key_file, encoding="utf-8") as file:
        identity = pyrage.x25519.Identity.from_str(file.read().strip())
    for path in files:
        with open(path, "rb") as file:
            data = file.read()
        reader = Reader(data, identity)
        answer = reader.read()
        print(json.dumps({"answer": answer, "after": len(reader.events), "protocol": reader.protocol,
                          "events": reader.events, "head": head_code(data)}))


main(*sys.argv[1:])
