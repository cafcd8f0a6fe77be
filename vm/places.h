// Places -- where an isolate's thread is, for notes of handles: the functions of its program, and
// the native ones below.
//
// Not here: walking a stack (vm/platform/stack_memo.h); what is said of a place
// (vm/inspect/root_edges.h).

#ifndef FART_VM_PLACES_H_
#define FART_VM_PLACES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "handles/handle_notes.h"
#include "vm/platform/stack_memo.h"

namespace fart {

class Isolate;

class Places final : public PlaceFinder {
 public:
  explicit Places(Isolate& isolate) : isolate_(isolate) {}

  const HandlePlace* FindPlace(const void* entry, HandleNotes& notes) override {
    return FindPlaceBehind(entry, {}, notes);
  }
  std::uint64_t Collections() const override;

  // The same without what the outermost of `beginnings`, functions of the house, has called.
  // (StackMemo::Take)
  const HandlePlace* FindPlaceBehind(const void* entry, std::span<const void* const> beginnings,
                                     HandleNotes& notes);
  // "file:line", which a host says. May throw std::bad_alloc.
  const HandlePlace* FindLine(const char* file, int line, HandleNotes& notes);

 private:
  // A line that has been said, and is again.
  struct Line {
    const char* file = nullptr;
    int line = 0;
    const HandlePlace* place = nullptr;
  };

  Isolate& isolate_;
  StackMemo stacks_;
  std::array<Line, 32> lines_;
};

}  // namespace fart

#endif  // FART_VM_PLACES_H_
