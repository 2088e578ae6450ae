"""A mail server on loopback that keeps what it is given, and refuses what it is told to refuse."""

import logging
import socket
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Lock
from typing import Any

from aiosmtpd.controller import Controller

# The server itself notes every address; what we are asked about is what the exchange notes.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class Sink:
    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        # What is answered to a recipient; everybody else is welcome.
        self.answers: dict[str, str] = {}
        # What is answered to the next letters themselves.
        self.answers_to_data: list[str] = []
        self.connections = 0
        self._lock = Lock()
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port())

    @property
    def port(self) -> int:
        return int(self._controller.port)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        if self._controller.server is not None:
            self._controller.stop()

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers_to_data:
            return self.answers_to_data.pop(0)
        with self._lock:
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
            self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        return "250 OK"

    def ids(self) -> Counter[str]:
        return Counter(letter["Message-ID"] for letter in self.letters)

    def to(self) -> list[str]:
        return sorted(letter["To"] for letter in self.letters)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
