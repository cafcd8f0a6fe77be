// Isolates -- how an isolate of a host ends, whoever ends it.

#ifndef FART_API_ISOLATES_H_
#define FART_API_ISOLATES_H_

#include "heap/base/safepoint.h"

namespace fart {
class Isolate;
}

namespace fart::api {

// Ends an isolate that this thread is inside of, with no call into foreign code open: first the
// host's shutdown callback, then the isolate.
void ShutDown(Isolate* isolate) FART_MAY_COLLECT;

}  // namespace fart::api

#endif  // FART_API_ISOLATES_H_
