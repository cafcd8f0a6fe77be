"""Says which links of HTML pages lead nowhere: to a file that is not there, or to a place that a page
does not have. Links to other machines are not followed.

  check_links.py FOLDER
"""

import html.parser
import os
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    """The places of a page, and where its links lead."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.places = set()
        self.links = []
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        for name in ("id", "name"):
            if attributes.get(name):
                self.places.add(attributes[name])
        for name in ("href", "src"):
            if attributes.get(name):
                self.links.append(attributes[name])


def main(folder):
    pages = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".html"):
            pages[name] = Page(os.path.join(folder, name))
    broken = []
    links = 0
    for name, page in pages.items():
        for link in page.links:
            if ":" in link.split("#")[0] or link.startswith("//"):
                continue
            links += 1
            target, _, place = urllib.parse.unquote(link).partition("#")
            target = target.split("?")[0] or name
            if not os.path.exists(os.path.join(folder, target)):
                broken.append(f"{name}: there is no {target}")
            elif place and target in pages and place not in pages[target].places:
                broken.append(f"{name}: {target} has no place {place}")
    print("\n".join(sorted(set(broken))), end="\n" if broken else "")
    if len(pages) < 10 or links < 100:
        print(f"{len(pages)} pages with {links} links are too few")
        return 1
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
