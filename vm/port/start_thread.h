// StartThread -- a thread, or the news that the system has none.
//
// Not for use outside this package.

#ifndef FART_VM_PORT_START_THREAD_H_
#define FART_VM_PORT_START_THREAD_H_

#include <new>
#include <system_error>
#include <thread>

namespace fart {

// False: there is none to be had, and *thread is as it was.
template <typename Body, typename... Arguments>
[[nodiscard]] bool StartThread(std::thread* thread, Body body, Arguments... arguments) {
  // The ways that std::thread has to say so.
  try {
    *thread = std::thread(body, arguments...);
    return true;
  } catch (const std::system_error&) {
    return false;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

}  // namespace fart

#endif  // FART_VM_PORT_START_THREAD_H_
