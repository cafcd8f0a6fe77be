#include "vm/current/current.h"

namespace fart::entry_internal {

constinit thread_local Enterable* current = nullptr;

}  // namespace fart::entry_internal
