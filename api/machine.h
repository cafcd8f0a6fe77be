// Machine -- whether the process has started Fart, and what its host said then.
//
// One thread at a time starts and ends it; in between it is only read.

#ifndef FART_API_MACHINE_H_
#define FART_API_MACHINE_H_

#include "api/include/dart_api.h"
#include "heap/base/safepoint.h"

namespace fart {
class Isolate;
}

namespace fart::api {

// Null before Fart_Initialize and after Fart_Cleanup.
const Fart_InitializeParams* RunningMachine();

// Ends an isolate that this thread is inside of, with no call into foreign code open: first the
// host's shutdown callback, then the isolate.
void ShutDown(Isolate* isolate) FART_MAY_COLLECT;
// A part of that: tells whoever asked what handles are open (Fart_SetShutdownReportCallback).
void ReportShutdown(Isolate& isolate);

}  // namespace fart::api

#endif  // FART_API_MACHINE_H_
