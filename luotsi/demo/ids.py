"""Columns of identifiers: sixteen bytes each, written as text only when a row leaves for the database."""

import binascii
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ids = NDArray[np.uint8]  # shape (rows, 16)
_HEX = 32


def draw(rng: np.random.Generator, count: int) -> Ids:
    """Random identifiers of version 4, the same for the same seed."""
    ids = np.frombuffer(rng.bytes(16 * count), dtype=np.uint8).reshape(count, 16).copy()
    ids[:, 6] = (ids[:, 6] & 0x0F) | 0x40
    ids[:, 8] = (ids[:, 8] & 0x3F) | 0x80
    return ids


def as_text(ids: Ids) -> pa.StringArray:
    """The identifiers as 32 hexadecimal digits, which PostgreSQL reads as uuid."""
    count = len(ids)
    ends = pa.py_buffer(np.arange(count + 1, dtype=np.int32) * _HEX)
    return pa.StringArray.from_buffers(count, ends, pa.py_buffer(binascii.hexlify(np.ascontiguousarray(ids).tobytes())))


def with_dashes(ids: Ids) -> pa.StringArray:
    """The identifiers as Python writes them, for the inside of a body."""
    text = np.frombuffer(binascii.hexlify(np.ascontiguousarray(ids).tobytes()), dtype=np.uint8).reshape(len(ids), _HEX)
    dash = np.full((len(ids), 1), ord("-"), dtype=np.uint8)
    parts = (text[:, :8], dash, text[:, 8:12], dash, text[:, 12:16], dash, text[:, 16:20], dash, text[:, 20:])
    written = np.concatenate(parts, axis=1)
    ends = pa.py_buffer(np.arange(len(ids) + 1, dtype=np.int32) * (_HEX + 4))
    return pa.StringArray.from_buffers(len(ids), ends, pa.py_buffer(written.tobytes()))


def or_nothing(ids: Ids, places: NDArray[np.int64]) -> pa.Array:
    """The identifiers at these places, null for a place below 0."""
    if not len(ids):
        return pa.nulls(len(places), pa.string())
    return pc.if_else(pa.array(places >= 0), as_text(ids[np.maximum(places, 0)]), None)


def one(ids: Ids, row: int) -> UUID:
    return UUID(bytes=ids[row].tobytes())
