// HostRoots -- what a host holds without handles, by the direct interface (fart_direct_api.h):
// frames on its C stack, arrays of its own, and whatever its visitors visit.
//
// Invariants
//   VR-H1 chain   frames form one chain, innermost first; below its count every slot of a frame is
//   a
//                 valid word.
//   VR-H2 clean   no slot of an array below `clean` refers to new space. A collection raises it,
//   who
//                 writes below it lowers it.
//   VR-H3 valid   at every call that may collect, all slots of arrays and visitors are valid words.
//
// A minor collection visits all frames, whose slots are assigned without a barrier, and of arrays
// what is not clean.
//
// Not here: who allocates and stores (heap/mutator.h).

#ifndef FART_VM_ROOTS_HOST_ROOTS_H_
#define FART_VM_ROOTS_HOST_ROOTS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "heap/base/stack_link.h"
#include "heap/direct_state.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"
#include "heap/platform/off_heap.h"

struct _Fart_RootVisit;

namespace fart {

// The layout is the public one's (H-D1).
struct RootArray {
  ObjectPtr* slots;
  std::intptr_t count;
  std::intptr_t clean;  // VR-H2
};

// What a host's visitor is called with: the public name of a SlotVisitor.
using ForeignVisit = _Fart_RootVisit*;
using HostVisitor = void (*)(ForeignVisit visit, void* peer);

class HostRoots final : public RootProvider {
 public:
  // `frames` is the head of the chain.
  HostRoots(RegionFlags flags, StackLink*& frames) : flags_(flags), frames_(frames) {}
  HostRoots(const HostRoots&) = delete;
  HostRoots& operator=(const HostRoots&) = delete;

  bool has_frames() const { return frames_ != nullptr; }

  // The array stays where it is until it is removed. False: it is here already. Throws
  // std::bad_alloc.
  [[nodiscard]] bool AddArray(RootArray* array, const char* name);
  // False: it is not here.
  [[nodiscard]] bool RemoveArray(const RootArray* array);
  // The same for visitors; the pair says which.
  [[nodiscard]] bool AddVisitor(HostVisitor visitor, void* peer, const char* name);
  [[nodiscard]] bool RemoveVisitor(HostVisitor visitor, const void* peer);

  static SlotVisitor& VisitorOf(ForeignVisit visit) {
    return *reinterpret_cast<SlotVisitor*>(visit);
  }
  // The frames from `innermost` out, without `outer`, and what is further out.
  static void VisitFrames(SlotVisitor& visitor, RootFrame* innermost, const RootFrame* outer);

  // RootProvider
  void VisitSlots(SlotSet set, SlotVisitor& visitor) override;
  void Verify(VerifyReporter& reporter) const override;
  std::string NameOf(const ObjectPtr* slot) override;

 private:
  struct Array {
    RootArray* array;
    std::string name;
  };
  struct Visitor {
    HostVisitor visit;
    void* peer;
    std::string name;
  };

  static void Call(const Visitor& known, SlotVisitor& visitor) {
    known.visit(reinterpret_cast<ForeignVisit>(&visitor), known.peer);
  }
  void VisitArray(RootArray& array, SlotSet set, SlotVisitor& visitor);

  const RegionFlags flags_;
  StackLink*& frames_;
  Vector<Array> arrays_;
  Vector<Visitor> visitors_;
};

}  // namespace fart

#endif  // FART_VM_ROOTS_HOST_ROOTS_H_
