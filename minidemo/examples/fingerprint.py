"""Fingerprints of functions: their code, and the code and constants they use."""

import copyreg
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial, partialmethod
from itertools import chain
from threading import Lock, RLock
from types import CodeType, FunctionType, MappingProxyType, MemberDescriptorType, MethodType, ModuleType
from typing import Any
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary

from minidemo.examples.modules import imported_module, imports_of, is_library, is_own
from minidemo.utils.failures import Failure, attempt

MAX_VALUES = 500_000
"""Values above which the rest of a function's constants is not read."""
MAX_BYTES = 2**28
"""Bytes of texts and arrays above which the rest is not read."""
_PLAIN_TYPES = (str, int, float, complex, bool, type(None), type(...), type(NotImplemented))
_SETS = (set, frozenset, WeakSet)
_COLLECTIONS = (*_SETS, list, tuple, dict, MappingProxyType, WeakKeyDictionary, WeakValueDictionary)
_EMPTY_TYPES = (type(Lock()), type(RLock()))
"""Types whose objects hold nothing that a function could return."""
_UNREAD_NAMES = frozenset({"__dict__", "__weakref__", "__doc__", "_abc_impl"})
"""Attributes of a class without effect on its behaviour."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A digest of values, and the types of unsupported values."""

    digest: str
    unseen: tuple[str, ...]


def fingerprint(*values: Any) -> Fingerprint:
    """Return the fingerprint of functions and values.

    An author's functions, classes and objects count with all that they hold, a library's objects as far as `pickle`
    can take them apart, and its functions and classes with their names.
    """
    reader = _Reader()
    reader.read(values)
    return Fingerprint(reader.digest(), tuple(sorted(reader.unseen)))


class _Reader:
    """Reads values into a digest, each object once."""

    def __init__(self) -> None:
        self.unseen: set[str] = set()
        self._hasher = hashlib.sha256()
        self._seen = dict[int, tuple[int, Any]]()  # with the objects, lest another takes the place of one that is gone
        self._values = self._bytes = 0

    def digest(self) -> str:
        """Return the digest of everything read so far."""
        return self._hasher.hexdigest()

    def read(self, value: Any) -> None:
        """Read a value and everything it holds."""
        self._add(type(value).__qualname__)
        self._values += 1
        if type(value) in _PLAIN_TYPES:
            self._add(value if isinstance(value, str) else repr(value))
        elif isinstance(value, bytes | bytearray):
            self._bytes += len(value)
            self._add(hashlib.sha256(value).hexdigest())
        elif id(value) in self._seen:
            self._add(f"@{self._seen[id(value)][0]}")
        elif not isinstance(value, _EMPTY_TYPES):
            self._seen[id(value)] = len(self._seen), value
            if self._is_full() or isinstance(attempt(self._read_object, value), Failure):
                self._miss(value)

    def _add(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        self._bytes += len(data)
        self._hasher.update(b"%d:" % len(data) + data)

    def _is_full(self) -> bool:
        return self._values > MAX_VALUES or self._bytes > MAX_BYTES

    def _miss(self, value: Any) -> None:
        self.unseen.add(f"{type(value).__module__}.{type(value).__qualname__}")

    def _read_object(self, value: Any) -> None:
        if isinstance(value, FunctionType):
            self._read_function(value)
        elif isinstance(value, ModuleType):
            self._add(value.__name__)
        elif isinstance(value, type):
            self._read_class(value)
        elif type(value) in _COLLECTIONS:
            self._read_items(value)
        elif is_own(type(value).__module__):
            self._read_own(value)
        elif (contents := _contents(value)) is not None:
            self.read(contents)
        else:
            self._read_pickled(value)

    def _read_items(self, values: Any) -> None:
        """Read the items of a collection; those of a set in the order of their digests."""
        self._add(str(len(values)))
        if len(values) > MAX_VALUES:
            raise ValueError("The collection is too large.")
        items: Iterable[Any] = chain.from_iterable(values.items()) if isinstance(values, Mapping) else values
        if isinstance(values, _SETS):
            items = sorted(self._digest_alone(item) for item in values)
        for item in items:
            if self._is_full():
                self._miss(values)
                break
            self.read(item)

    def _digest_alone(self, value: Any) -> str:
        """Return a digest of a value that is independent of those read before."""
        hasher, self._hasher, known = self._hasher, hashlib.sha256(), len(self._seen)
        try:
            self.read(value)
            return self.digest()
        finally:
            self._hasher = hasher
            while len(self._seen) > known:
                self._seen.popitem()

    def _read_function(self, function: FunctionType) -> None:
        """Read the code of a function and of its names; a library's function counts with its name."""
        self._add(function.__qualname__)
        held = vars(function), [*map(_cell_content, function.__closure__ or ())]
        if is_library(function.__globals__.get("__name__")):
            self.read((function.__module__, held if function.__closure__ else ()))
            return
        self.read((function.__defaults__, function.__kwdefaults__, held))
        names, imports = set[str](), set[tuple[str, tuple[str, ...]]]()
        self._read_code(function.__code__, names, imports)
        for name in sorted(names & function.__globals__.keys()):
            self._add(name)
            self._read_global(function.__globals__[name], names)
        for name, parts in sorted(imports):
            module = attempt(imported_module, name, parts, function.__globals__.get("__package__"))
            if isinstance(module, Failure):
                self.unseen.add(f"module {name}")
            else:
                self._read_global(module, names)

    def _read_global(self, value: Any, names: set[str]) -> None:
        """Read a global; of an author's module, its attributes with these names."""
        self.read(value)
        if isinstance(value, ModuleType) and is_own(value.__name__):
            for name in sorted(names & vars(value).keys()):
                self._add(name)
                self._read_global(vars(value)[name], names - {name})

    def _read_code(self, code: CodeType, names: set[str], imports: set[tuple[str, tuple[str, ...]]]) -> None:
        """Read code, and collect the names and the modules that it uses."""
        names.update(code.co_names)
        imports.update(imports_of(code))
        self._add(f"{code.co_code.hex()} {code.co_names}")
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self._read_code(constant, names, imports)
            else:
                self._add(self._digest_alone(constant))

    def _read_class(self, kind: type) -> None:
        """Read a class with its bases and attributes; a library's class counts with its name."""
        self._add(f"{kind.__module__}.{kind.__qualname__}")
        if is_own(kind.__module__):
            self.read((type(kind), kind.__bases__))
            for name, value in vars(kind).items():
                has_code = callable(value) or _contents(value) is not None
                if name not in _UNREAD_NAMES and (has_code or name == "__annotations__" or not name.startswith("__")):
                    self._add(name)
                    self.read(value)

    def _read_own(self, value: Any) -> None:
        """Read an author's object: its class, its attributes, and what a base of another's stores."""
        kinds = type(value).__mro__
        self.read(type(value))
        self.read(getattr(value, "__dict__", None))
        slots = [name for kind in kinds for name, each in vars(kind).items() if isinstance(each, MemberDescriptorType)]
        self.read([getattr(value, name, None) for name in slots])
        if not all(kind is object or is_own(kind.__module__) for kind in kinds):
            self._read_pickled(value)

    def _read_pickled(self, value: Any) -> None:
        """Read an object as `pickle` takes it apart."""
        size = getattr(value, "nbytes", 0)
        if isinstance(size, int) and size > MAX_BYTES:
            raise ValueError("The object is too large.")
        reduce: Callable[[Any], Any] = copyreg.dispatch_table.get(type(value), _reduce)
        reduced = reduce(value)
        if isinstance(reduced, str):
            self._add(f"{getattr(value, '__module__', None)}.{reduced}")
        else:
            self.read([[*part] if isinstance(part, Iterator) else part for part in reduced])


def _reduce(value: Any) -> Any:
    return value.__reduce_ex__(4)


def _contents(value: Any) -> Any:
    """Return the functions and arguments in a wrapper of functions; None for other objects."""
    if isinstance(value, MethodType):
        return value.__func__, value.__self__
    if isinstance(value, partial | partialmethod):
        return value.func, value.args, value.keywords
    if isinstance(value, property):
        return value.fget, value.fset, value.fdel
    if isinstance(value, cached_property):
        return value.func
    if isinstance(value, staticmethod | classmethod):
        return value.__func__
    return getattr(value, "__dict__", {}).get("__wrapped__")


def _cell_content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # of a variable that has no value yet
        return None
