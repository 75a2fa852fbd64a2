#!/usr/bin/env python3
"""Searches files and folders for planted values in every encoding, without any code of ours.

usage: leak_search.py PLANTED_JSON PATH...

PLANTED_JSON is a list of {"where": …, "value": …}. Everything found in PATH is taken apart as far as it goes (gzip, zlib, zip,
tar, base64 of both alphabets from each of four beginnings, hexadecimal, percent signs, backslash escapes, UTF-16) and each layer
is searched. Prints the places and the name of what was found there, never a value. Exit code 0 when nothing was found, 1 else.
"""
import base64, binascii, gzip, io, json, os, re, sys, tarfile, zipfile, zlib

DEPTH = 6
BASE64 = re.compile(rb"[A-Za-z0-9+/_=-]{8,}(?:\r?\n[A-Za-z0-9+/_=-]{4,})*")
HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){8,}")
ESCAPE = re.compile(rb'\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(["\\/nrt]))')


def unescape(match):
    wide, narrow, plain = match.groups()
    if wide:
        return chr(int(wide, 16)).encode("utf-8", "replace")
    if narrow:
        return bytes([int(narrow, 16)])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(plain, plain)


def layers(data):
    """What may be inside of some bytes, as pairs of a name and bytes."""
    if data[:2] == b"\x1f\x8b":
        try:
            yield "gzip", gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            pass
    if data[:1] == b"\x78":
        try:
            yield "zlib", zlib.decompress(data)
        except zlib.error:
            pass
    if data[:4] == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield "zip name", name.encode()
                    yield "zip", archive.read(name)
        except (zipfile.BadZipFile, RuntimeError):
            pass
    if len(data) > 262 and data[257:262] == b"ustar":
        try:
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                for member in archive:
                    yield "tar name", member.name.encode()
                    if member.isfile():
                        yield "tar", archive.extractfile(member).read()
        except tarfile.TarError:
            pass
    if b"\\" in data:
        yield "escapes", ESCAPE.sub(unescape, data)
    if b"%" in data:
        yield "percent", re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), data)
    if b"\0" in data:
        yield "utf-16", data.replace(b"\0", b"")
    for match in BASE64.finditer(data):
        text = re.sub(rb"[\r\n=]", b"", match[0]).replace(b"-", b"+").replace(b"_", b"/")
        for start in range(4):
            part = text[start:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            try:
                yield "base64", base64.b64decode(part + b"=" * (-len(part) % 4))
            except binascii.Error:
                pass
    for match in HEX.finditer(data):
        yield "hex", bytes.fromhex(match[0].decode())


def search(data, planted, depth, seen):
    if data in seen or len(data) < 8:
        return
    seen.add(data)
    for where, value in planted:
        if value in data or value[::-1] in data:
            yield where, []
    if depth == 0:
        return
    for name, inner in layers(data):
        if inner != data:
            for where, way in search(inner, planted, depth - 1, seen):
                yield where, [name] + way


def files(path):
    if not os.path.isdir(path):
        return [path]
    return [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        planted = [(entry["where"], entry["value"].encode()) for entry in json.load(file)]
    found = set()
    for path in sys.argv[2:]:
        for name in files(path):
            with open(name, "rb") as file:
                data = file.read()
            for where, way in search(os.fsencode(name) + b"\n" + data, planted, 1, set()):
                found.add((where, os.path.relpath(name), " in ".join(way)))
            for where, way in search(data, planted, DEPTH, set()):
                found.add((where, os.path.relpath(name), " in ".join(way)))
    for where, name, way in sorted(found):
        print(f"{name}: {where}{' in ' + way if way else ''}")
    print(f"{len({where for where, _, _ in found})} of {len(planted)} planted values found")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
