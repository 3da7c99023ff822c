"""TabbedInterface: several demos on one page."""

import inspect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Never

from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import ConfigurationError, without_inner_frames
from minidemo.flagging.arguments import text
from minidemo.interfaces.demo import Demo, refuse_unknown
from minidemo.layout.containers import Section, Tab, Tabs
from minidemo.page.appearance import PathsArgument, ThemeArgument, appearance_of
from minidemo.page.page import Page
from minidemo.stores.retention import strictest


class TabbedInterface(Demo):
    """Several demos on one page, each in a tab of its own; what is in the others stays as it is.

    `tab_names` are written on the tabs; without, the titles of the demos are. Each function keeps its name in the API,
    but for a number that tells it from others of that name: add, add_1. Demos that would share a `flagging_dir` get a
    folder each in it, which bears that name. `theme`, `css`, `js` and `head` are those of `Interface`; what is not
    given is as the first demo has it. `analytics_enabled` and `tabs_kwargs` are accepted, and without effect.
    """

    @without_inner_frames
    def __init__(
        self,
        interface_list: Sequence[Demo],
        tab_names: Sequence[str] | None = None,
        title: str | None = None,
        analytics_enabled: bool | None = None,
        tabs_kwargs: Mapping[str, object] | None = None,
        *,
        theme: ThemeArgument = None,
        css: str | Path | None = None,
        css_paths: PathsArgument = None,
        js: str | Path | bool | None = None,
        head: str | Path | None = None,
        head_paths: PathsArgument = None,
        **unknown: Never,
    ) -> None:
        _refuse(unknown)
        demos = _demos(interface_list)
        labels = _labels(demos, tab_names)
        endpoints = list(_endpoints(demos))
        tabs = [
            Tab(label, [_section(demo, label, {old: new.name for owner, old, new in endpoints if owner is demo})])
            for demo, label in zip(demos, labels, strict=True)
        ]
        self.title = text("title", title)
        page = Page(
            Tabs(tabs),
            endpoints=_with_folders([endpoint for _, _, endpoint in endpoints]),
            title=self.title or " \u00b7 ".join(labels),
            appearance=demos[0].page.appearance.overridden_by(
                appearance_of(theme=theme, css=css, css_paths=css_paths, js=js, head=head, head_paths=head_paths)
            ),
            fill_width=any(demo.page.fill_width for demo in demos),
            retention=strictest(demo.page.retention for demo in demos),
        )
        super().__init__(page)


def _demos(wish: Sequence[Demo]) -> list[Demo]:
    """Return the demos, if each is one, and none is there twice."""
    if isinstance(wish, Demo) or not isinstance(wish, Sequence) or not all(isinstance(demo, Demo) for demo in wish):
        raise ConfigurationError(f"interface_list is {wish!r}; expected a list of interfaces.")
    if not wish:
        raise ConfigurationError("interface_list is empty; expected at least one interface.")
    if len(set(map(id, wish))) < len(wish):
        raise ConfigurationError("interface_list has an interface twice. Make one for each tab.")
    nodes = Counter(node for demo in wish for node in demo.page.components)
    for component, times in nodes.items():
        if times > 1:
            raise ConfigurationError(f"{component.title} is in two tabs. Make a component for each of them.")
    return list(wish)


def _labels(demos: Sequence[Demo], names: Sequence[str] | None) -> list[str]:
    if names is None:
        return [str(demo.page.title) for demo in demos]
    if isinstance(names, str) or not all(isinstance(name, str) and name.strip() for name in names):
        raise ConfigurationError(f"tab_names is {names!r}; expected a list with a name for each tab.")
    if len(names) != len(demos):
        raise ConfigurationError(f"tab_names has {len(names)} names, but there are {len(demos)} interfaces.")
    return list(names)


def _endpoints(demos: Sequence[Demo]) -> Iterator[tuple[Demo, str, Endpoint]]:
    """Yield the endpoints of each demo under names of their own, with their old names."""
    taken = set[str]()
    for demo in demos:
        for old, endpoint in demo.page.endpoints.items():
            name, i = old, 0
            while name in taken:
                i += 1
                name = f"{old}_{i}"
            taken.add(name)
            yield demo, old, replace(endpoint, name=name)


def _section(demo: Demo, label: str, names: Mapping[str, str]) -> Section:
    """Return what is seen of a demo in its tab; a title that is its label is not said twice."""
    return Section(
        [demo.page.layout.rename_endpoints(names)],
        title=None if demo.title == label else demo.title,
        description=demo.page.description,
        article=demo.page.article,
    )


def _with_folders(endpoints: Sequence[Endpoint]) -> list[Endpoint]:
    """Give the endpoints that would store their flags in one place a folder each."""
    flagged = [endpoint for endpoint in endpoints if endpoint.flagging.mode != "never"]
    callbacks = Counter(id(endpoint.flagging.callback) for endpoint in flagged)
    if callbacks and max(callbacks.values()) > 1:
        raise ConfigurationError("Two tabs have the same flagging_callback. Make one for each of them.")
    shared = Counter(endpoint.flagging.directory for endpoint in flagged)
    return [
        replace(endpoint, flagging=replace(endpoint.flagging, directory=endpoint.flagging.directory / endpoint.name))
        if shared[endpoint.flagging.directory] > 1
        else endpoint
        for endpoint in endpoints
    ]


def _refuse(unknown: Mapping[str, object]) -> None:
    refuse_unknown("TabbedInterface", unknown, inspect.signature(TabbedInterface).parameters.keys() - {"unknown"})
