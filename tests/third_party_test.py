"""docs/THIRD_PARTY.md names what is linked into each product, no less and no more.

  third_party_test.py FART LIBFART.SO LIBFARTHEAP.SO
"""

import re
import subprocess
import sys

PAGE = "docs/THIRD_PARTY.md"
ALIASES = {"pthread": "libpthread", "Threads::Threads": "libpthread", "${CMAKE_DL_LIBS}": "libdl"}
failures = []


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def expect(holds, text):
    if not holds:
        failures.append(text)


def rows():
    """Of each line of the table: the name, the names of libraries, and how each product has it."""
    for line in read(PAGE).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 6 and cells[2] in ("shared", "compiled in", "no"):
            yield cells[0], set(re.findall(r"`([^`]+)`", cells[1])), cells[2:5], cells[5]


def needed(product):
    """What the dynamic linker loads with it, without versions."""
    said = subprocess.run(["readelf", "-d", product], check=True, stdout=subprocess.PIPE,
                          universal_newlines=True).stdout
    names = re.findall(r"NEEDED.*\[(.*?)\]", said)
    return {re.sub(r"(-x86-64|-aarch64)?\.so(\.\d+)*$", "", name) for name in names}


def linked_by_name(text):
    """Libraries that a link line names: -lNAME, or an element of a CMake list."""
    for name in re.findall(r"(?<!\S)-l([\w+.-]+)|(?<!\S)-(pthread)\b", text):
        yield "lib" + name[0] if name[0] else "libpthread"


def check_products(table, products):
    for column, product in enumerate(products):
        found = needed(product)
        shared = [(what, names) for what, names, has, _ in table if has[column] == "shared"]
        named = set().union(*(names for _, names in shared))
        expect(found <= named, f"{product} needs {sorted(found - named)}, which {PAGE} does not say")
        for what, names in shared:
            expect(names & found, f"{PAGE} says that {product} needs {what}; it does not")


def check_links(table):
    """What is given to the hosts of an installation, and what CMake links."""
    for column, file in ((1, "fart"), (2, "fartheap")):
        allowed = set().union(*(names for _, names, has, _ in table if has[column] == "shared"))
        for kind in ("", "-static"):
            path = f"tools/packaging/{file}{kind}.pc.in"
            names = set(linked_by_name(read(path))) - {"lib" + file}
            expect(names, f"{path} links nothing")
            expect(names <= allowed, f"{path} links {sorted(names - allowed)}, not in {PAGE}")
        config = read("tools/packaging/FartConfig.cmake")
        link = re.search(r'lib%s\.a;([^"]*)"' % file, config).group(1)
        names = {ALIASES.get(name, "lib" + name) for name in link.split(";")}
        expect(names <= allowed, f"FartConfig.cmake links {sorted(names - allowed)}, not in {PAGE}")
    build = read("CMakeLists.txt")
    everywhere = set().union(*(names for _, names, _, _ in table))
    compiled_in = {what for what, _, has, _ in table if "compiled in" in has}
    found = re.findall(r'^ *fart_find_system\(FART_(\w+) \S+ ("?[\w-]*"?) ', build, re.M)
    expect(len(found) >= 3, f"CMakeLists.txt looks for {found} alone")
    for name, library in found:
        known = name in compiled_in if library == '""' else "lib" + library in everywhere
        expect(known, f"CMakeLists.txt links {name}, which {PAGE} does not name")


def check_system(table):
    """Bazel's libraries of the system that what we ship may use."""
    shipped = re.compile(r'"//(?:api|bin|gc|handles|heap|lang|vm)\b')
    known = {what.lower() for what, _, _, _ in table}
    used = []
    for block in re.findall(r"^cc_library\(\n(.*?)^\)", read("tools/bazel/system/BUILD.bazel"), re.M | re.S):
        if "testonly = True" in block or not shipped.search(block):
            continue
        name = re.search(r'name = "([^"]+)"', block).group(1)
        used.append(name)
        expect(name in known, f"tools/bazel/system:{name} may be shipped, and {PAGE} does not name it")
    expect({"gmp", "pcre2", "cli11"} <= set(used), f"tools/bazel/system has {used} for what is shipped")


def main():
    table = list(rows())
    expect(len(table) >= 5, f"{PAGE} has a table of {len(table)} rows")
    for what, _, has, licence in table:
        expect(licence, f"{PAGE} says no licence of {what}")
        if "compiled in" in has:
            expect(f"**{what}**, Copyright" in read(PAGE), f"{PAGE} has no notice of {what}")
    heap_licences = " ".join(licence for what, _, has, licence in table
                             if has[2] != "no" and "library" not in what and "runtime" not in what)
    expect(heap_licences == "", f"libfartheap has code under {heap_licences}")
    check_products(table, sys.argv[1:4])
    check_links(table)
    check_system(table)
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
