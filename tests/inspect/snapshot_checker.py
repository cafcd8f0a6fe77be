"""Checks a file in the .heapsnapshot format by what is documented of it.

    snapshot_checker.py FILE...

Says what is wrong with each, and fails if anything is. `complaints` is for other tests.
"""

import json
import sys

_NODE_FIELDS = ["type", "name", "id", "self_size", "edge_count"]
_EDGE_FIELDS = ["type", "name_or_index", "to_node"]
_WEAK = "weak"


class Snapshot:
    """A parsed file with ways to ask. Nothing is checked: see complaints()."""

    def __init__(self, text):
        self.data = json.loads(text)
        self.meta = self.data["snapshot"]["meta"]
        self.nodes = self.data["nodes"]
        self.edges = self.data["edges"]
        self.strings = self.data["strings"]
        self.node_fields = self.meta["node_fields"]
        self.edge_fields = self.meta["edge_fields"]
        self.node_types = self.meta["node_types"][0]
        self.edge_types = self.meta["edge_types"][0]

    def node_count(self):
        return len(self.nodes) // len(self.node_fields)

    def node(self, index, field):
        return self.nodes[index * len(self.node_fields) + self.node_fields.index(field)]

    def name(self, index):
        return self.strings[self.node(index, "name")]

    def type(self, index):
        return self.node_types[self.node(index, "type")]

    def edges_by_node(self):
        """For each node its edges: (type, name or index, number of the node that it leads to)."""
        result = []
        at = 0
        width = len(self.edge_fields)
        for index in range(self.node_count()):
            own = []
            for _ in range(self.node(index, "edge_count")):
                kind, name, to_node = self.edges[at : at + 3]
                kind = self.edge_types[kind]
                if kind not in ("element", "hidden"):
                    name = self.strings[name]
                own.append((kind, name, to_node // len(self.node_fields)))
                at += width
            result.append(own)
        return result


def _complaints_about_nodes(snapshot):
    found = []
    sums = 0
    ids = set()
    for index in range(snapshot.node_count()):
        kind = snapshot.node(index, "type")
        if not 0 <= kind < len(snapshot.node_types):
            found.append(f"node {index} has type {kind}, of {len(snapshot.node_types)}")
        name = snapshot.node(index, "name")
        if not 0 <= name < len(snapshot.strings):
            found.append(f"node {index} is named by string {name}, of {len(snapshot.strings)}")
        if snapshot.node(index, "self_size") < 0 or snapshot.node(index, "edge_count") < 0:
            found.append(f"node {index} has a negative size or number of edges")
        ids.add(snapshot.node(index, "id"))
        sums += snapshot.node(index, "edge_count")
    if len(ids) != snapshot.node_count():
        found.append(f"{snapshot.node_count()} nodes have {len(ids)} different ids")
    if sums * len(snapshot.edge_fields) != len(snapshot.edges):
        found.append(f"nodes count {sums} edges, the array has {len(snapshot.edges)} numbers")
    return found


def _complaints_about_edges(snapshot):
    found = []
    width = len(snapshot.edge_fields)
    node_width = len(snapshot.node_fields)
    for at in range(0, len(snapshot.edges) - width + 1, width):
        kind, name, to_node = snapshot.edges[at : at + 3]
        if not 0 <= kind < len(snapshot.edge_types):
            found.append(f"edge {at // width} has type {kind}, of {len(snapshot.edge_types)}")
            continue
        if to_node % node_width != 0 or not 0 <= to_node < len(snapshot.nodes):
            found.append(f"edge {at // width} leads to {to_node}, where no node begins")
        if snapshot.edge_types[kind] not in ("element", "hidden"):
            if not 0 <= name < len(snapshot.strings):
                found.append(f"edge {at // width} is named by string {name}")
        elif name < 0:
            found.append(f"edge {at // width} has index {name}")
    return found


def complaints(text):
    """What is wrong with the text of a file; an empty list: nothing."""
    try:
        snapshot = Snapshot(text)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        return [f"it is no JSON with the parts of a snapshot: {error!r}"]
    found = []
    for field in _NODE_FIELDS:
        if field not in snapshot.node_fields:
            found.append(f"nodes have no field '{field}'")
    if snapshot.edge_fields != _EDGE_FIELDS:
        found.append(f"edges have fields {snapshot.edge_fields}")
    for fields, types in (("node_fields", "node_types"), ("edge_fields", "edge_types")):
        if len(snapshot.meta[fields]) != len(snapshot.meta[types]):
            found.append(f"{fields} and {types} are not of one length")
    if found:
        return found
    header = snapshot.data["snapshot"]
    for count, array, width in (
        ("node_count", snapshot.nodes, len(snapshot.node_fields)),
        ("edge_count", snapshot.edges, len(snapshot.edge_fields)),
    ):
        if header[count] * width != len(array):
            found.append(f"{count} is {header[count]}, the array has {len(array)} numbers of {width} each")
    for array in ("nodes", "edges"):
        if any(not isinstance(number, int) for number in snapshot.data[array]):
            return found + [f"not all {array} are integers"]
    if any(not isinstance(text, str) for text in snapshot.strings):
        found.append("not all strings are strings")
    if snapshot.node_count() == 0:
        return found + ["there is no root"]
    found += _complaints_about_nodes(snapshot)
    found += _complaints_about_edges(snapshot)
    return found


def main(paths):
    failed = False
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for text in complaints(file.read())[:20]:
                print(f"{path}: {text}")
                failed = True
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
