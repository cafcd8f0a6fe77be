// QuietThread -- starting a thread of the library's own, which its host does not notice.

#ifndef FART_HEAP_PLATFORM_QUIET_THREAD_H_
#define FART_HEAP_PLATFORM_QUIET_THREAD_H_

#include <pthread.h>

namespace fart {

// With a small stack and all signals blocked, for they are the host's affair. The system's tools
// show it under `name`, of 15 characters at most. False: there is no thread to be had.
[[nodiscard]] bool StartQuietThread(pthread_t* thread, const char* name, void* (*main)(void*),
                                    void* argument);

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_QUIET_THREAD_H_
