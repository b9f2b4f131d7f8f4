"""Which rules settings choose, and how loudly each speaks."""

from collections.abc import Iterable, Iterator

from fsm_language.nearest import nearest
from fsm_language.rule import Rule
from fsm_language.settings import Settings, SettingsError


def chosen(rules: Iterable[Rule], settings: Settings) -> Iterator[Rule]:
    """Yield the rules that `settings` choose, in their order."""
    select, ignore = set(settings.select), set(settings.ignore)
    for rule in rules:
        names = _names(rule)
        wanted = bool(names & select) if select else _on(rule, settings)
        if wanted and not names & ignore:
            yield rule


def _on(rule: Rule, settings: Settings) -> bool:
    """Whether a rule is on when nobody has asked for it by name."""
    if rule.audiences and settings.audience not in rule.audiences:
        return False
    return rule.enabled or (settings.profile == "reflective" and "recording" in rule.tags)


def level(rule: Rule, settings: Settings) -> str:
    """Return the level of a rule's findings under `settings`."""
    return settings.levels.get(rule.id) or settings.levels.get(rule.category) or rule.level


def _names(rule: Rule) -> set[str]:
    """Return everything a rule may be selected, ignored or given a level by."""
    return {rule.id, rule.category, rule.topic, *rule.tags}


def check_names(settings: Settings, rules: Iterable[Rule]) -> None:
    """Raise `SettingsError` when `settings` name a rule, category, topic or tag that there is none of."""
    known = {name for rule in rules for name in _names(rule)}
    for key in ("select", "ignore", "levels"):
        for name in getattr(settings, key):
            if name not in known:
                raise SettingsError(f"{key}: there is no rule, category or tag “{name}”{nearest(name, known)}")
