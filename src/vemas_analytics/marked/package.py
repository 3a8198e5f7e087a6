"""A workbook as what it is, a ZIP archive of XML parts: everything that is not changed is kept byte for byte."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES = "[Content_Types].xml"
_STAMP = (1980, 1, 1, 0, 0, 0)
_TEMPLATES = (
    ("spreadsheetml.template.main+xml", "spreadsheetml.sheet.main+xml"),
    ("ms-excel.template.macroEnabled.main+xml", "ms-excel.sheet.macroEnabled.main+xml"),
)
_SIGNATURE = re.compile(r"_xmlsignatures/", re.IGNORECASE)


class UnfitError(Exception):
    """The package is built in a way that marking does not know; nothing was written."""


def parse_xml(content: bytes, *, lenient: bool = False) -> Any:
    """Return the root of an XML part; entities are not resolved and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=lenient)
    root = etree.fromstring(content, parser)
    if root is None or root.getroottree().docinfo.doctype:
        message = "a part without content or with a document type"
        raise UnfitError(message)
    return root


def serialise(root: Any) -> bytes:
    """Return an XML part as bytes."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


class Package:
    """Parts of a workbook, read when asked for and written with the changes."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self.names = list(dict.fromkeys(name for name in self._archive.namelist() if not name.endswith("/")))
        self._changed: dict[str, bytes] = {}
        self._types = parse_xml(self.read(CONTENT_TYPES))
        self.workbook = self._find_workbook()

    def read(self, name: str) -> bytes:
        """Return the bytes of a part, as changed so far."""
        if name in self._changed:
            return self._changed[name]
        try:
            return self._archive.read(name)
        except KeyError as error:
            message = f"no part {name}"
            raise UnfitError(message) from error

    def write(self, name: str, content: bytes, content_type: str = "") -> None:
        """Change a part or add one."""
        self._changed[name] = content
        if name not in self.names:
            self.names.append(name)
        if content_type:
            etree.SubElement(self._types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def free_name(self, pattern: str) -> str:
        """Return the first name ``pattern.format(n)`` that no part has."""
        taken = {name.casefold() for name in self.names}
        number = 1
        while pattern.format(number).casefold() in taken:
            number += 1
        return pattern.format(number)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Make sure that parts of an extension have a content type."""
        known = {str(item.get("Extension")).casefold() for item in self._types if "Extension" in item.attrib}
        if extension not in known:
            default = etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type)
            self._types.insert(0, default)

    @property
    def has_macros(self) -> bool:
        """Whether the package is one with macros and must be named so."""
        return any("macroEnabled" in str(item.get("ContentType")) for item in self._types)

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield (identifier, last word of the type, name of the part) of what a part points to inside the package."""
        name = relations_name(part)
        if name not in self.names:
            return
        for item in parse_xml(self.read(name)):
            if item.get("TargetMode") != "External" and item.get("Id"):
                kind = str(item.get("Type")).rpartition("/")[2]
                yield str(item.get("Id")), kind, resolve(part, str(item.get("Target")))

    def relate(self, part: str, kind: str, target: str) -> str:
        """Point from a part to another and return the identifier of that relation."""
        name = relations_name(part)
        if name in self.names:
            root = parse_xml(self.read(name))
        else:
            root = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})
        taken = {item.get("Id") for item in root}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        identifier = f"rId{number}"
        etree.SubElement(
            root,
            f"{{{RELATIONS}}}Relationship",
            Id=identifier,
            Type=f"{OFFICE}/{kind}",
            Target="/" + target,
        )
        self.write(name, serialise(root))
        return identifier

    def save(self, target: Path) -> None:
        """Write the package with fixed time stamps; a signature, which no longer holds, is left out."""
        self._settle_types()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.names, key=lambda name: name != CONTENT_TYPES):
                if _SIGNATURE.match(name):
                    continue
                entry = zipfile.ZipInfo(name, date_time=_STAMP)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, self.read(name))

    def _settle_types(self) -> None:
        for item in list(self._types):
            stated = str(item.get("ContentType"))
            for template, sheet in _TEMPLATES:
                if stated.endswith(template):
                    item.set("ContentType", stated.replace(template, sheet))
            if _SIGNATURE.match(str(item.get("PartName", "")).lstrip("/")):
                self._types.remove(item)
        self._changed[CONTENT_TYPES] = serialise(self._types)
        if "_rels/.rels" in self.names:
            root = parse_xml(self.read("_rels/.rels"))
            for item in list(root):
                if "digital-signature" in str(item.get("Type")):
                    root.remove(item)
            self._changed["_rels/.rels"] = serialise(root)

    def _find_workbook(self) -> str:
        for _, kind, target in self.relations(""):
            if kind == "officeDocument" and target in self.names:
                return target
        message = "no workbook part"
        raise UnfitError(message)


def relations_name(part: str) -> str:
    """Return the name of the part that holds the relations of ``part`` ('' is the package itself)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(part: str, target: str) -> str:
    """Return the full name of a part that ``part`` points to."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
