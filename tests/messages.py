"""The Welsh catalogue: collect the texts to translate, check that none is missing, compile.

Without GNU gettext, which a machine may lack: Python's own parser finds the calls in Python files, and Django's
`templatize` turns templates into such calls. References name files and no lines, and entries are sorted, so that the
catalogue changes only where a text did. `borrowed()` lists the texts of Django and of allauth that the exchange shows
and that their own Welsh catalogues lack; ours carries them.

    python -m tests.messages                  collect and compile
    python -m tests.messages --check          fail if anything is missing, fuzzy, stale or not compiled
    python -m tests.messages --compile-only
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale/cy/LC_MESSAGES/django.po"
APPS = ("exchange", "search", "learning", "bookings", "seminars", "themes", "people", "ui")
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
# CLDR's six categories of Welsh: zero, one, two, few (3), many (6), other.
PLURAL_FORMS = "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;"
CALL = re.compile(
    r"\b(n?p?gettext(?:_lazy)?|_)\(\s*(u?(['\"]).*?(?<!\\)\3(?:\s*,\s*u?(['\"]).*?(?<!\\)\4)*)", re.S
)
Key = tuple[str, str, str]  # context, text, plural


def calls(source: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name in PLAIN and texts:
            yield "", texts[0], ""
        elif name in PLURAL and len(texts) >= 2:
            yield "", texts[0], texts[1]
        elif name in CONTEXT and len(texts) >= 2:
            yield texts[0], texts[1], ""
        elif name in CONTEXT_PLURAL and len(texts) >= 3:
            yield texts[0], texts[1], texts[2]


def template_calls(source: str, origin: str) -> Iterator[Key]:
    for name, arguments, _quote, _second in CALL.findall(templatize(source, origin=origin)):
        yield from calls(f"{name}({arguments})")


def in_use() -> dict[Key, set[str]]:
    """Every text that the code marks for translation, with the files that hold it."""
    found: dict[Key, set[str]] = {}
    for app in APPS:
        for file in (ROOT / app).rglob("*.py"):
            if "migrations" not in file.parts:
                for key in calls(file.read_text()):
                    found.setdefault(key, set()).add(str(file.relative_to(ROOT)))
    for file in (ROOT / "templates").rglob("*"):
        if file.suffix in {".html", ".txt"}:
            for key in template_calls(file.read_text(), str(file)):
                found.setdefault(key, set()).add(str(file.relative_to(ROOT)))
    for line in (ROOT / "tests/borrowed_messages.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            text, _bar, plural = line.replace("\\n", "\n").replace("\\s", " ").partition(" | ")
            found.setdefault(("", text, plural), set()).add("borrowed")
    return found


def catalogue() -> polib.POFile:
    if PO.exists():
        return polib.pofile(PO, wrapwidth=100)
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Project-Id-Version": "Good Practice Exchange",
        "Language": "cy",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS,
    }
    return new


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def typeset(text: str) -> str:
    """Welsh elides at every turn: its apostrophes are the curly ones, whatever the keyboard gave."""
    return text.replace("'", "’")


def collect() -> polib.POFile:
    """The catalogue with every text in use and no other; what was translated stays so."""
    book, wanted = catalogue(), in_use()
    kept = {key_of(entry): entry for entry in book}
    entries = []
    for key in sorted(wanted, key=lambda k: (k[1], k[0])):
        context, text, plural = key
        entry = kept.get(key) or polib.POEntry(
            msgctxt=context or None,
            msgid=text,
            msgid_plural=plural or "",
            msgstr_plural=dict.fromkeys(range(6), "") if plural else {},
        )
        entry.msgstr = typeset(entry.msgstr)
        entry.msgstr_plural = {form: typeset(said) for form, said in entry.msgstr_plural.items()}
        entry.occurrences = [(file, "") for file in sorted(wanted[key])]
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
        if "%(" in text and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        entries.append(entry)
    del book[:]
    book.extend(entries)
    return book


def faults(book: polib.POFile) -> Iterator[str]:
    wanted = in_use()
    have = {key_of(entry): entry for entry in book}
    for key in sorted(set(wanted) - set(have), key=str):
        yield f"not collected: {key[1]!r} ({', '.join(sorted(wanted[key]))})"
    for key in sorted(set(have) - set(wanted), key=str):
        yield f"no longer used: {key[1]!r}"
    for entry in book:
        said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if not all(said):
            yield f"not translated: {entry.msgid!r}"
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        placeholders = set(re.findall(r"%\(\w+\)[sd]", entry.msgid + (entry.msgid_plural or "")))
        for text in filter(None, said):
            extra = set(re.findall(r"%\(\w+\)[sd]", text)) - placeholders
            missing = (
                placeholders - set(re.findall(r"%\(\w+\)[sd]", text)) if not entry.msgid_plural else set()
            )
            if extra or missing:
                yield f"placeholders differ: {entry.msgid!r}"
    mo = PO.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != book.to_binary():
        yield "the compiled catalogue is not that of the text: run `make messages`"


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        found = list(faults(catalogue()))
        print("\n".join(found) or "the Welsh catalogue is complete")
        return 1 if found else 0
    book = catalogue() if "--compile-only" in arguments else collect()
    book.save(str(PO))
    book.save_as_mofile(str(PO.with_suffix(".mo")))
    waiting = [
        entry.msgid
        for entry in book
        if not (entry.msgstr or (all(entry.msgstr_plural.values()) and entry.msgid_plural))
    ]
    print(f"{len(book)} texts, {len(waiting)} to translate")
    return 0


if __name__ == "__main__":
    import django
    from django.conf import settings

    if not settings.configured:
        import os

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings")
        os.environ.setdefault("EXCHANGE_MODE", "development")
        django.setup()
    sys.exit(main(sys.argv[1:]))
