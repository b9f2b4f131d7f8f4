"""Changing a settings file as a person would: one edit, and every comment stays where it is."""

import yaml

from fsm_language.finding import Edit


def left_out(text: str, rule: str) -> Edit | None:
    """Return the edit that adds `rule` to “ignore” in a settings file that holds `text`, None if it is there.

    Raises `yaml.YAMLError` when `text` is not YAML.
    """
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(tree, yaml.MappingNode):
        for key, value in tree.value:
            if key.value == "ignore":
                return _added(value, rule)
    new_line = "\n" if text and not text.endswith(("\n", "\r")) else ""
    return Edit(len(text), len(text), f"{new_line}ignore: [{rule}]\n")


def _added(value: yaml.Node, rule: str) -> Edit | None:
    if isinstance(value, yaml.SequenceNode):
        if any(entry.value == rule for entry in value.value):
            return None
        if not value.value:
            return Edit(value.start_mark.index + 1, value.start_mark.index + 1, rule)
        end = value.value[-1].end_mark.index
        if value.flow_style:
            return Edit(end, end, f", {rule}")
        return Edit(end, end, f"\n{' ' * value.start_mark.column}- {rule}")
    if value.value == rule:
        return None
    start, end = value.start_mark.index, value.end_mark.index
    return Edit(start, end, f"[{value.value}, {rule}]" if value.value else f" [{rule}]")
