// HeapSnapshot -- a heap as a file of V8's .heapsnapshot format: JSON with an array of nodes, one
// of edges and one of strings, for which there are viewers (Chrome's DevTools, memlab).
//
// The heap is walked four times: to count, for the nodes, for the edges, for the strings;
// where there are maps once more, for what their keys say. So memory
// goes with the number of roots, shapes and external blocks, and 0.1 % of the heap for its numbers;
// nothing is kept of an object.
//
// Node 0 is the root, whose children are the groups of roots; then come all objects in the order of
// the walk, then memory outside of the heap that objects are charged for.
//
// Invariants
//   VI-S1 counted  node_count, edge_count and each node's edge_count are those of the arrays.
//   VI-S2 leads    an edge leads to a node's first field; a name is the number of a string.
//   VI-S3 quiet    nothing changes in the heap, or in what leads into it, until all is written: the
//                  receiver is called where it seems to be inside no isolate (HiddenSection).
//
// Not here: what an address is called (edges.h, root_edges.h).

#ifndef FART_VM_INSPECT_HEAP_SNAPSHOT_H_
#define FART_VM_INSPECT_HEAP_SNAPSHOT_H_

#include <cstdint>
#include <functional>
#include <string>

#include "vm/inspect/text_sink.h"
#include "vm/isolate.h"

namespace fart::inspect {

// Of so many steps of about the same length. False: give up.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

// Of the isolate that this thread is inside of, between collections. False: somebody gave up.
// Throws std::bad_alloc.
[[nodiscard]] bool WriteHeapSnapshot(Isolate& isolate, const TextSink::Receiver& receiver,
                                     const Progress& progress);

// To a file. False: *error says why not.
[[nodiscard]] bool WriteHeapSnapshotFile(Isolate& isolate, const std::string& path,
                                         std::string* error);

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_HEAP_SNAPSHOT_H_
