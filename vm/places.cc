#include "vm/places.h"

#include "vm/isolate.h"
#include "vm/platform/native_stack.h"

namespace fart {

HandlePlace Places::FindPlace(const void* entry) {
  HandlePlace place;
  if (isolate_.has_program()) place.text = isolate_.program().StackText(kMostFrames);
  place.frames.resize(kMostFrames);
  place.frames.resize(TakeNativeFramesBehind(entry, place.frames.data(), kMostFrames));
  return place;
}

std::uint64_t Places::Collections() const { return isolate_.statistics().totals().collections(); }

}  // namespace fart
