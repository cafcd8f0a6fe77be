// HandleList -- every handle that a host holds: what it leads to, how old it is, where it was made.
//
// Not here: what the handles keep alive (leak_report.h).

#ifndef FART_VM_INSPECT_HANDLE_LIST_H_
#define FART_VM_INSPECT_HANDLE_LIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "handles/handle_notes.h"
#include "vm/isolate.h"

namespace fart::inspect {

struct ListedHandle {
  HandleValue value;  // of a local handle: as it is called
  HandleKind kind = HandleKind::kLocal;
  ShapeId shape{0};
  std::size_t scope = 0;       // of local ones: 1 is the outermost
  std::int64_t age = -1;       // collections; -1: not known
  std::uint64_t external = 0;  // bytes
  const HandleNote* note = nullptr;
  const HandleNote* scope_note = nullptr;  // of a local one's scope
};

// Local ones first, the innermost scope's first. Of the isolate that this thread is inside of.
std::vector<ListedHandle> ListHandles(Isolate& isolate);

// The class of objects of a shape, else the shape's own name.
std::string ClassOrShapeName(Isolate& isolate, ShapeId shape);

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_HANDLE_LIST_H_
