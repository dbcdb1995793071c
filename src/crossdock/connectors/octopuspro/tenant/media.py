"""Small real files: a photo is a picture that opens, a PDF a page that prints.

Every byte is made here, without compression libraries, so that files are the same everywhere.
"""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from pathlib import Path

# One Huffman code of one bit for "end of block", and the twelve of a DC difference.
_DC_BITS = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
_DC_CODES = ("00", "010", "011", "100", "101", "110", "1110", "11110", "111110")


def write_media(folder: Path, refs: list[tuple[str, str, str]]) -> int:
    """Write the files ``(path below folder, record number, caption)``; return how many."""
    for path, ref, caption in refs:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content(path, ref, caption))
    return len(refs)


def content(path: str, ref: str, caption: str) -> bytes:
    """Return the bytes of one file, by the ending of its name."""
    colour = sha256(path.encode()).digest()
    title = f"{ref} - {caption}"
    match Path(path).suffix:
        case ".jpg":
            return jpeg(colour, title)
        case ".png":
            return png(colour)
        case ".pdf":
            return pdf(title)
        case _:
            return f"{title}\nGate code 0412. Café entrance at the back.\n".encode()


def png(colour: bytes, side: int = 12) -> bytes:
    """Return a PNG of two plain halves."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(
        b"\0" + (colour[:3] if y < side // 2 else colour[3:6]) * side for y in range(side)
    )
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(rows), len(rows) ^ 0xFFFF) + rows
    stored += struct.pack(">I", zlib.adler32(rows))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stored) + chunk(b"IEND", b"")
    )


def jpeg(colour: bytes, comment: str, blocks: int = 4) -> bytes:
    """Return a grey baseline JPEG of plain 8 by 8 squares, its comment naming the job."""

    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    bits, last = "", 0
    for i in range(blocks * blocks):
        level = colour[i % len(colour)] // 4 - 32
        difference, last = level - last, level
        size = abs(difference).bit_length()
        bits += _DC_CODES[size]
        if size:
            value = difference if difference > 0 else difference + (1 << size) - 1
            bits += format(value, f"0{size}b")
        bits += "0"  # the only AC code: end of block
    bits += "1" * (-len(bits) % 8)
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
    side = blocks * 8
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xFE, comment.encode()),
            segment(0xDB, b"\0" + bytes([16] * 64)),
            segment(0xC0, struct.pack(">BHHBBBB", 8, side, side, 1, 1, 0x11, 0)),
            segment(0xC4, b"\x00" + _DC_BITS + bytes(range(12))),
            segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\x00"),
            segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            scan,
            b"\xff\xd9",
        )
    )


def pdf(title: str) -> bytes:
    """Return a one-page PDF that says its title."""
    safe = title.encode("ascii", "replace").decode().replace("(", "[").replace(")", "]")
    stream = f"BT /F1 18 Tf 60 760 Td ({safe}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + f"xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}").encode("ascii")
