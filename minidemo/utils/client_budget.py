"""ClientBudget: bytes that clients take for a while, none of them more than a share."""

from collections import Counter
from threading import Lock


class ClientBudget:
    """Thread-safe count of taken bytes.

    Args:
        limit: The largest number of bytes of all clients together.
        per_client: The largest number of bytes of one client.
    """

    def __init__(self, limit: int, *, per_client: int) -> None:
        self._limit, self._per_client = limit, per_client
        self._taken: Counter[str] = Counter()
        self._lock = Lock()
        self.total = 0
        """Bytes that are taken now."""

    def take(self, size: int, client: str = "") -> bool:
        """Take bytes for a client; return False if there are too few."""
        with self._lock:
            taken = self._taken.get(client, 0) + size
            if self.total + size > self._limit or taken > self._per_client:
                return False
            self.total += size
            self._taken[client] = taken
            return True

    def give_back(self, size: int, client: str = "") -> None:
        """Give bytes of a client back."""
        with self._lock:
            self.total -= size
            self._taken[client] -= size
            if not self._taken[client]:
                del self._taken[client]
