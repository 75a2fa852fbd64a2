"""Makes the data sets of the artifact benchmarks from a seed, half text and half noise: DIR/a with 20,000 files named by their
SHA-256 (about 700 MB), DIR/b with one 300 MB dynamodb.json."""
import hashlib, os, random, sys

WORDS = ("order invoice customer status pending shipped price quantity total created updated item warehouse email name "
         "address city phone").split()


def text(rng, size):
    pieces, length = [], 0
    while length < size:
        piece = '{"id":"%x","%s":"%s","%s":%d},' % (
            rng.getrandbits(64), rng.choice(WORDS), rng.choice(WORDS), rng.choice(WORDS), rng.randrange(100000))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)[:size].encode()


def many_files(folder, planted=None):
    """`planted` gives a text to put into a text file, by its number; None for a file that stays as it is."""
    rng = random.Random(6)
    blobs = os.path.join(folder, "s3-objects")
    os.makedirs(blobs)
    pool = text(rng, 8 << 20)
    for index in range(20_000):
        size = rng.randrange(8_000, 61_549)
        if index % 2:
            body = rng.randbytes(size)
        else:
            start = rng.randrange(0, len(pool) - size)
            body = b"%016x" % rng.getrandbits(64) + pool[start:start + size - 16]
            if planted and planted(index // 2):
                body += planted(index // 2)
        with open(os.path.join(blobs, hashlib.sha256(body).hexdigest()), "wb") as file:
            file.write(body)


def one_file(folder):
    rng = random.Random(7)
    os.makedirs(folder)
    with open(os.path.join(folder, "dynamodb.json"), "wb") as file:
        file.write(b'{"tables":[')
        while file.tell() < 300_000_000:
            file.write(text(rng, 1 << 20).rsplit(b"},", 1)[0] + b"},")
        file.write(b"0]}")


if __name__ == "__main__":
    many_files(os.path.join(sys.argv[1], "a"))
    one_file(os.path.join(sys.argv[1], "b"))
