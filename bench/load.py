"""A small load generator: a few keep-alive connections in one process, bounded in time, to loopback only."""

import socket
import time
from dataclasses import dataclass


@dataclass
class Load:
    rate: float  # answers a second
    status: int
    size: int  # bytes of one answer's body as sent


def read_answer(stream: socket.socket, buffer: bytearray) -> tuple[int, int, dict[str, str]]:
    """One HTTP answer off the stream: status, length of the body, headers in lower case."""
    while b"\r\n\r\n" not in buffer:
        chunk = stream.recv(65536)
        if not chunk:
            raise ConnectionError("the server hung up")
        buffer += chunk
    head, _, _rest = bytes(buffer).partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
    status = int(lines[0].split()[1])
    length = 0 if status == 304 else int(headers.get("content-length", 0))
    total = len(head) + 4 + length
    while len(buffer) < total:
        buffer += stream.recv(65536)
    del buffer[:total]
    return status, length, headers


def request(path: str, **headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def once(port: int, path: str, **headers: str) -> tuple[int, int, dict[str, str]]:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as stream:
        stream.sendall(request(path, **headers))
        return read_answer(stream, bytearray())


def hammer(port: int, path: str, seconds: float = 3.0, connections: int = 4, **headers: str) -> Load:
    """Ask for one path over and over: each connection has one request under way at any time."""
    ask = request(path, **headers)
    streams = [
        (socket.create_connection(("127.0.0.1", port), timeout=30), bytearray()) for _ in range(connections)
    ]
    count, status, size = 0, 0, 0
    began = time.perf_counter()
    for stream, _buffer in streams:
        stream.sendall(ask)
    while time.perf_counter() - began < seconds:
        for stream, buffer in streams:
            status, size, _headers = read_answer(stream, buffer)
            stream.sendall(ask)
            count += 1
    elapsed = time.perf_counter() - began
    for stream, buffer in streams:
        read_answer(stream, buffer)
        stream.close()
    return Load(count / elapsed, status, size)
