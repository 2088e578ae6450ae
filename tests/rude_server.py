"""A mail server on loopback without manners: it says nothing, hangs up where it should answer, or knows nobody."""

import socket
from collections import Counter
from email import message_from_bytes
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread


class RudeServer(ThreadingTCPServer):
    """What it does is said beforehand: `greetings` for the next connections, `ends` for the next letters.

    greeting: "silence" waits until the server stops; anything else is said. end: "silence", "hang up" (it has the
    letter and does not say so), or an answer. Where nothing is said beforehand, all goes well.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.greetings: list[str] = []
        self.ends: list[str] = []
        # What it answers to AUTH; "" where it asks for none.
        self.answer_to_login = ""
        self.logins = 0
        self.letters: list[str] = []
        self.over = Event()
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.over.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def ids(self) -> Counter[str]:
        return Counter(self.letters)

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever waits no longer has hung up: that is what it is for."""


class _Talk(StreamRequestHandler):
    server: RudeServer

    def handle(self) -> None:
        if not self._say(_next(self.server.greetings, "220 rude")):
            return
        while line := self.rfile.readline():
            word = line.split()[0].upper().decode() if line.strip() else ""
            if word == "DATA":
                self._say("354 go on")
                if not self._take_letter():
                    return
            elif word == "EHLO" and self.server.answer_to_login:
                self._say("250-rude\r\n250 AUTH PLAIN")
            elif word == "AUTH":
                self.server.logins += 1
                self._say(self.server.answer_to_login)
            else:
                self._say("221 bye" if word == "QUIT" else "250 OK")

    def _take_letter(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.letters.append(str(message_from_bytes(b"".join(lines))["Message-ID"]))
        return self._say(_next(self.server.ends, "250 OK"))

    def _say(self, what: str) -> bool:
        if what == "silence":
            self.server.over.wait()
        if what in {"silence", "hang up"}:
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self.wfile.write(f"{what}\r\n".encode())
        return True


def _next(planned: list[str], usual: str) -> str:
    return planned.pop(0) if planned else usual
