// Isolates -- how an isolate of a host is made and ends, whoever does it.

#ifndef FART_API_ISOLATES_H_
#define FART_API_ISOLATES_H_

#include <string>

#include "api/include/dart_api.h"
#include "heap/base/safepoint.h"
#include "vm/isolate.h"

namespace fart::api {

// NULL, and why: *error is NULL if there is no memory for the text, which begins with the function.
Fart_Isolate RefuseIsolate(char** error, const char* text);
inline Fart_Isolate RefuseIsolate(char** error, const std::string& text) {
  return RefuseIsolate(error, text.c_str());
}
// An isolate that this thread is inside of; for the exported function of that name.
Fart_Isolate CreateIsolate(const char* function, IsolateOptions options,
                           char** error) FART_MAY_COLLECT;

// Ends an isolate that this thread is inside of, with no call into foreign code open: first the
// host's shutdown callback, then the isolate.
void ShutDown(Isolate* isolate) FART_MAY_COLLECT;

}  // namespace fart::api

#endif  // FART_API_ISOLATES_H_
