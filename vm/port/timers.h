// Timers -- the int 0, posted to a port when its time has come.
//
// One thread for the process, started by the first timer, sleeps until the next one is due. To
// cancel a timer, close its port: posting fails then, and nothing else is known of it. Timers that
// are due at the same time are posted in the order in which they were started.
//
// Invariants
//   W1 unlocked  the lock is not held while a message is posted.

#ifndef FART_VM_PORT_TIMERS_H_
#define FART_VM_PORT_TIMERS_H_

#include <chrono>

#include "vm/values/send_port.h"

namespace fart {

// From any thread. False: the system refuses the thread, or StopTimers is running.
[[nodiscard]] bool StartTimer(PortId port, std::chrono::milliseconds delay);

// Ends the thread and drops the timers that are not due yet. Everything is as new then. From one
// thread at a time; not from where a message is posted (MessageListener).
void StopTimers();

}  // namespace fart

#endif  // FART_VM_PORT_TIMERS_H_
