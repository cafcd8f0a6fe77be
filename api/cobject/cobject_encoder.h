// EncodeCObject -- from a host's structure to a message.
//
// The structure is only read; nothing in it is marked or changed. What it leads to is checked
// before it is used: kinds, lengths, pointers that are NULL, UTF-8.
//
// Not here: the other way (cobject_decoder.h), what a structure means (include/dart_api.h).

#ifndef FART_API_COBJECT_COBJECT_ENCODER_H_
#define FART_API_COBJECT_COBJECT_ENCODER_H_

#include <string>

#include "api/include/dart_api.h"
#include "vm/message/message.h"

namespace fart::api {

// On any thread. True: what external typed data and native pointers lead to is the message's
// (VG-M1). False: it is still the caller's, *message is as it was and *error says what cannot be
// sent.
[[nodiscard]] bool EncodeCObject(const Fart_CObject* root, Message* message, std::string* error);

}  // namespace fart::api

#endif  // FART_API_COBJECT_COBJECT_ENCODER_H_
