// RunMessageBytes -- reads any bytes as a message, the way a native port does and the way an
// isolate does.
//
// For the fuzz target and the property tests, which otherwise speak only the public headers: bytes
// of a message never cross those, so that no host can reach this code with bytes of its own making.

#ifndef FART_API_COBJECT_TESTING_MESSAGE_MACHINE_H_
#define FART_API_COBJECT_TESTING_MESSAGE_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace fart::api {

// The first byte says which payloads there are, and whether the collector moves everything; the
// others are the message's. Empty, or which rule was broken:
//   what was read once can be written, and what was written can be read;
//   every finalizer runs exactly once, and none before its time.
std::string RunMessageBytes(const std::uint8_t* data, std::size_t size);

}  // namespace fart::api

#endif  // FART_API_COBJECT_TESTING_MESSAGE_MACHINE_H_
