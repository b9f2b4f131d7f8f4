"""Changing a settings file as a person would: one edit, and every comment stays where it is."""

import re

import yaml

from fsm_language.finding import Edit

PLAIN = re.compile(r"[A-Za-z][\w.-]*")


def added(text: str, key: str, entry: str) -> Edit | None:
    """Return the edit that adds `entry` to the list under `key` of the settings in `text`, None if it is there.

    Raises `yaml.YAMLError` when `text` is not YAML.
    """
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(tree, yaml.MappingNode):
        for name, value in tree.value:
            if name.value == key:
                return _in_list(value, entry)
    new_line = "\n" if text and not text.endswith(("\n", "\r")) else ""
    return Edit(len(text), len(text), f"{new_line}{key}: [{_plain(entry)}]\n")


def _in_list(value: yaml.Node, entry: str) -> Edit | None:
    written = _plain(entry)
    if isinstance(value, yaml.SequenceNode):
        if any(known.value == entry for known in value.value):
            return None
        if not value.value:
            return Edit(value.start_mark.index + 1, value.start_mark.index + 1, written)
        end = value.value[-1].end_mark.index
        if value.flow_style:
            return Edit(end, end, f", {written}")
        return Edit(end, end, f"\n{' ' * value.start_mark.column}- {written}")
    if value.value == entry:
        return None
    start, end = value.start_mark.index, value.end_mark.index
    return Edit(start, end, f"[{_plain(value.value)}, {written}]" if value.value else f" [{written}]")


def _plain(entry: str) -> str:
    """Return an entry as YAML takes it for a text, in quotation marks where it would take it for something else."""
    return entry if PLAIN.fullmatch(entry) and isinstance(yaml.safe_load(entry), str) else f'"{entry}"'
