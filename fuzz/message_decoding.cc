// Fuzz target: any bytes as a message, for an isolate and for a native port.
//
// Not through the public headers, unlike its neighbours: no host ever hands in the bytes of a
// message, so only the machine behind the interface can be given any.

#include <cstddef>
#include <cstdint>

#include "api/cobject/testing/message_machine.h"
#include "fuzz/fuzz_host.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fart::fuzz::AbortOn(fart::api::RunMessageBytes(data, size));
  return 0;
}
