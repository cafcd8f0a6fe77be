// Exit code -- what the process is to end with when all has gone well; set by programs, asked for
// by their host.

#ifndef FART_VM_PLATFORM_EXIT_CODE_H_
#define FART_VM_PLATFORM_EXIT_CODE_H_

#include <atomic>
#include <cstdint>

namespace fart {

// Of the process, from any thread.
inline std::atomic<std::int64_t> exit_code{0};

}  // namespace fart

#endif  // FART_VM_PLATFORM_EXIT_CODE_H_
