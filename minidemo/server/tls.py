"""TLS: the certificate of a server, tried before it is needed."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from minidemo.errors import ConfigurationError


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """A certificate, its key, and the password of the key."""

    file: str
    key: str | None
    password: str

    @classmethod
    def of(cls, file: str | Path | None, key: str | Path | None, password: str | None) -> "Certificate":
        """Return what was given; raise `ConfigurationError` unless it can be used."""
        if file is None:
            raise ConfigurationError("ssl_keyfile and ssl_keyfile_password need a certificate: ssl_certfile.")
        for name, place in (("ssl_certfile", file), ("ssl_keyfile", key)):
            if place is not None and not Path(place).is_file():
                raise ConfigurationError(f"{name} is {str(place)!r}, but there is no such file.")
        # Without a password, OpenSSL would ask for one in the terminal.
        found = cls(file=str(file), key=None if key is None else str(key), password=password or "")
        found._try()
        return found

    def _try(self) -> None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.file, self.key, self.password)
        except (ssl.SSLError, OSError) as error:
            raise ConfigurationError(
                f"The certificate {self.file!r} cannot be used: {getattr(error, 'reason', None) or error}. "
                "Check ssl_keyfile, which must be its key, and ssl_keyfile_password."
            ) from error
