// IsolateNumber -- what tells an isolate from every other one that there is, was or will be.
//
// Handles have room for a number that comes round (IsolateId). So with each number goes a
// generation below which all handles of earlier isolates of that number lie, and, for names that
// are given out by the isolate itself, a count of those isolates.
//
// Not here: who gives numbers (isolate_registry.h).

#ifndef FART_VM_ISOLATE_NUMBER_H_
#define FART_VM_ISOLATE_NUMBER_H_

#include <cstdint>

#include "handles/handle_value.h"
#include "vm/entry/foreign_types.h"

namespace fart {

struct IsolateNumber {
  IsolateId id{};
  std::uint32_t first_generation = 0;  // of its handles
  std::uint32_t id_and_round = 0;      // the id above how many isolates of it there were before
  ForeignIsolate foreign = nullptr;    // not an address; given once in the life of the process
};

}  // namespace fart

#endif  // FART_VM_ISOLATE_NUMBER_H_
