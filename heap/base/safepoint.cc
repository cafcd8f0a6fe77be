#include "heap/base/safepoint.h"

namespace fart {

NoSafepointCapability no_safepoint;

#if FART_CHECK_LEVEL >= 1
namespace {
thread_local int no_safepoint_depth = 0;
}  // namespace

int NoSafepointDepth() { return no_safepoint_depth; }
void AddToNoSafepointDepth(int delta) { no_safepoint_depth += delta; }
#endif

}  // namespace fart
