// Timers -- the int 0, posted to a port when its time has come.
//
// One thread for the process, started by the first timer, sleeps until the next one is due. To
// cancel a timer, close its port: nothing of it is left then. Timers that are due at the same time
// are posted in the order in which they were started.
//
// Invariants
//   VP-W1 unlocked  the lock is not held while a message is posted.
//   VP-W2 open      a timer that waits belongs to a port that has not been closed yet.
//   VP-W3 patient   one that is due and for which there is no memory outside the heap waits for
//   some.

#ifndef FART_VM_PORT_TIMERS_H_
#define FART_VM_PORT_TIMERS_H_

#include <chrono>
#include <cstddef>

#include "vm/values/send_port.h"

namespace fart {

// From any thread that can be sure that the port is not being closed. False: the system refuses the
// thread or memory, or StopTimers is running.
[[nodiscard]] bool StartTimer(PortId port, std::chrono::milliseconds delay);

// Drops those of a port that is closing (VP-W2). Costs nothing where there are none.
void CancelTimers(PortId port);

// Ends the thread and drops the timers that are not due yet. Everything is as new then. From one
// thread at a time; not from where a message is posted (MessageListener).
void StopTimers();

// In the child of a fork, where timers wait and nobody looks at the clock: has one who does. Costs
// nothing where none wait. False: the system refuses the thread.
bool ResumeTimers();

// That are not due yet. For tests and statistics.
std::size_t WaitingTimers();

// ---- For fork
void HoldTimersForFork();
void ReleaseTimersInParent();
void ReleaseTimersInChild();
// In the child, when it is known whose ports are lost: drops what waits for those. (VP-W2)
void DropLostTimers();

}  // namespace fart

#endif  // FART_VM_PORT_TIMERS_H_
