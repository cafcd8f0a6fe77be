// Misuse -- what a host did wrong where no error could be returned.

#include <cstdint>

#include "api/include/dart_api.h"
#include "vm/entry/misuse.h"

const char* Fart_GetMisuse() { return fart::LastMisuse(); }

std::uint64_t Fart_MisuseCount() { return fart::MisuseCount(); }

void Fart_SetMisuseCallback(Fart_MisuseCallback callback, void* callback_data) {
  fart::SetMisuseCallback(callback, callback_data);
}
