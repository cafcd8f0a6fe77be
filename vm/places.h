// Places -- where an isolate's thread is, for notes of handles: the functions of its program, and
// the native ones below.
//
// Not here: what is said of a place (vm/inspect/root_edges.h).

#ifndef FART_VM_PLACES_H_
#define FART_VM_PLACES_H_

#include <cstddef>
#include <cstdint>

#include "handles/handle_notes.h"

namespace fart {

class Isolate;

class Places final : public PlaceFinder {
 public:
  // Of each kind.
  static constexpr std::size_t kMostFrames = 16;

  explicit Places(Isolate& isolate) : isolate_(isolate) {}

  HandlePlace FindPlace(const void* entry) override;
  std::uint64_t Collections() const override;

 private:
  Isolate& isolate_;
};

}  // namespace fart

#endif  // FART_VM_PLACES_H_
