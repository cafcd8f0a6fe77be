"""Makes of a public header, or a page, what Doxygen reads, with the same lines, so that places stay.

  doxygen_filter.py FILE

The comments keep their form in the headers. Here an essay between lines of `=` begins a group of what
follows it, the lines Returns, Collects, Thread and Errors become fields with a heading, and comments
of two slashes before a declaration are taken for its text. In pages, links to what is no page of these
become plain words.
"""

import os
import re
import sys

FIELD = re.compile(r"^( \* )(Returns|Collects|Thread|Errors)( {2,}\S.*)$")
RULE = re.compile(r"^(?: \*|//) ={10,}$")
FENCE = re.compile(r"^((?: \*|///?) ?```)c\b.*$")


def identifier(header, title):
    """The name of a group: unique over all headers."""
    return re.sub(r"\W+", "_", f"{header}_{title}").lower()


def of_c(header, lines):
    is_open = False
    for number, line in enumerate(lines):
        opens_essay = line == "/*" and number + 2 < len(lines) and RULE.match(lines[number + 1])
        if opens_essay:
            title = lines[number + 2][3:]
            end = " /** @} */" if is_open else ""
            is_open = True
            yield f"{end}/** @defgroup {identifier(header, title)} {title}".lstrip()
        elif RULE.match(line) or (number > 0 and RULE.match(lines[number - 1]) and number + 1 < len(lines)
                                  and RULE.match(lines[number + 1])):
            yield " *"
        elif line == " */" and is_open and essay_ends(lines, number):
            yield " * @{ */"
        elif FIELD.match(line):
            before, word, rest = FIELD.match(line).groups()
            yield f"{before}@{word.lower()}_field{rest}"
        else:
            yield FENCE.sub(r"\1", line)
    if is_open:
        yield "/** @} */"


def essay_ends(lines, number):
    """Whether the comment that ends there began as an essay does."""
    begin = number
    while begin > 0 and not lines[begin].startswith("/*"):
        begin -= 1
    return lines[begin] == "/*" and RULE.match(lines[begin + 1]) is not None


def of_cpp(header, lines):
    is_open = False
    is_std = False  # Specialisations for the standard library: none of the interface.
    for number, line in enumerate(lines):
        is_std = is_std or re.match(r"^(struct|class) std::", line) is not None
        if is_std or re.match(r"^(struct|class) std::", "".join(lines[number + 1:number + 2])):
            is_std = is_std and not line.endswith("};")
            yield ""
        elif number == 0:
            name, _, rest = line[3:].partition(" -- ")
            yield f"/// @file {name} @brief {rest}"
        elif RULE.match(line):
            yield ""
        elif number > 0 and RULE.match(lines[number - 1]) and line.startswith("// "):
            title = line[3:]
            end = "/** @} */" if is_open else ""
            is_open = True
            yield f"{end}/** @defgroup {identifier(header, title)} {title} */ /** @{{ */"
        elif re.match(r"}  // namespace (embedding|fart::direct)", line) and is_open:
            is_open = False
            yield "/** @} */ " + line
        elif re.match(r"^ *// ?", line) and not re.match(r"^ *//.*NOLINT", line):
            yield re.sub(r"^( *)//(   )?", r"\1///\2\2", line, count=1)  # An example is code.
        else:
            yield line


def with_plain_signs(lines):
    """`<name>` in a comment is no markup, but in an example it stays."""
    is_example = False
    for line in lines:
        if re.match(r"^ *(\*|///?) ?```", line):
            is_example = not is_example
        is_comment = re.match(r"^ *(/?\*|///)", line) is not None
        yield re.sub(r"<(\w+)>", r"\\<\1\\>", line) if is_comment and not is_example else line


def of_page(path, lines):
    """Without links that lead out of docs, or to a place within another page, which Doxygen does not find;
    pictures without their folder, which is its IMAGE_PATH; and with the name of a language alone behind a
    fence."""
    def plain(match):
        mark, words, target = match.groups()
        if mark:
            return f"![{words}]({os.path.basename(target)})"
        place = os.path.normpath(os.path.join(os.path.dirname(path), target.split("#")[0]))
        stays = target.startswith("http") or os.path.relpath(place).startswith("docs/")
        if not stays or not (os.path.exists(place) or target.startswith("http")):
            return words
        return f"[{words}]({target if target[0] == '#' else target.split('#')[0]})"

    is_example = False
    for line in lines:
        if line.startswith("```"):
            is_example = not is_example
        line = re.sub(r"^```(\w+) file=.*$", r"```\1", line)
        if not is_example:
            line = re.sub(r"(?<![\w\\])@(?=\w)", r"\\@", line)
        yield re.sub(r"(!?)\[([^\]]+)\]\(([^)\s]+)\)", plain, line)


def main(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    header = path.rsplit("/", 1)[-1].split(".")[0]
    if path.endswith(".md"):
        made = of_page(path, lines)
    elif path.endswith(".hpp"):
        made = with_plain_signs(of_cpp(header, lines))
    else:
        made = with_plain_signs(of_c(header, lines))
    print("\n".join(made))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
