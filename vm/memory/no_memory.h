// OrNoMemory -- code that makes an outcome, with the error that stands for it when memory outside
// the heap is used up on the way.
//
//     return OrNoMemory(isolate, [&] { return Decode(isolate, message); });
//
// For where an exception of ours must not go on: threads of the VM, loops, calls out of a program.
//
// Not here: the end of exported functions (api/shim.h), which have handles as answers.

#ifndef FART_VM_MEMORY_NO_MEMORY_H_
#define FART_VM_MEMORY_NO_MEMORY_H_

#include <new>
#include <stdexcept>

#include "heap/base/safepoint.h"
#include "vm/memory/object_memory.h"

namespace fart {

// What `work` throws of other kinds goes on, and so do unwinds.
template <typename Work>
Outcome OrNoMemory(const ObjectMemory& memory, Work&& work) FART_MAY_COLLECT {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return memory.ReadyErrorOutcome(ErrorText::kOffHeapMemory);
  } catch (const std::length_error&) {  // More than can be asked for.
    return memory.ReadyErrorOutcome(ErrorText::kOffHeapMemory);
  }
}

}  // namespace fart

#endif  // FART_VM_MEMORY_NO_MEMORY_H_
