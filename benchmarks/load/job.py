"""What a load generator is asked to do, and what it answers."""

from dataclasses import dataclass, field

from pydantic import TypeAdapter


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One POST; the answer must hold `expect`, and if `follow` is set, is fetched from there by its event id."""

    path: str
    body: str
    expect: str
    accept: str = "application/json"
    follow: str | None = None

    def wire(self) -> bytes:
        """Give the request as bytes for a keep-alive connection."""
        body = self.body.encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {self.accept}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """Requests to be sent by some clients at once: each once, or over and over for some seconds or up to `count`."""

    port: int
    clients: int
    requests: list[Request]
    repeat: bool = False
    seconds: float = 30.0
    count: int = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How many requests were answered rightly, in how many seconds, and how busy the load generator was itself."""

    done: int
    seconds: float
    own_cpu: float
    failures: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.done / self.seconds


JOB = TypeAdapter(Job)
OUTCOME = TypeAdapter(Outcome)
