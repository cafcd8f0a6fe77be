// Message codec -- from a graph of objects to a message, and back.
//
// Not here: what holds the bytes (message.h), what they mean (message_format.h), and the walks
// (message_encoder.cc, message_decoder.cc).

#ifndef FART_VM_MESSAGE_MESSAGE_CODEC_H_
#define FART_VM_MESSAGE_MESSAGE_CODEC_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "heap/base/safepoint.h"
#include "vm/message/message.h"
#include "vm/roots/rooted.h"

namespace fart {

class ClassIdentities;
class ObjectMemory;

// Encodes everything that can be reached from `object`, with what is shared and what is cyclic;
// `classes` are those of the program whose object it is.
// Never collects, runs no code of the program and changes no object. False: *error says which
// object cannot be sent, and *message is as it was; so it is where it throws std::bad_alloc.
[[nodiscard]] bool EncodeMessage(ObjectMemory& memory, ClassIdentities& classes, Rooted object,
                                 Message* message, std::string* error);
// The message that EncodeMessage would make of an int. False: no memory.
[[nodiscard]] bool EncodeIntegerMessage(std::int64_t value, Message* message);
// The message that EncodeMessage would make of a string. False: no memory.
[[nodiscard]] bool EncodeTextMessage(std::string_view utf8, Message* message);

// Makes the objects again, of the program that `classes` are of; to be called once for each
// message. Payloads become the objects'; where it throws std::bad_alloc, those that did not are the
// message's still. Any bytes are safe: an error says that they are malformed.
Outcome DecodeMessage(ObjectMemory& memory, ClassIdentities& classes,
                      Message& message) FART_MAY_COLLECT;

}  // namespace fart

#endif  // FART_VM_MESSAGE_MESSAGE_CODEC_H_
