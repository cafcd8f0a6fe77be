// Watches -- an int, posted to a port when a descriptor is ready, or a child of the process has
// ended.
//
// One thread for the process, started by the first watch, sleeps until there is something to tell.
// To end a watch, close its port: nothing of it is left then. A child is looked after until it has
// ended all the same, so that it does not stay behind as a zombie.
//
// Invariants
//   VP-O1 unlocked  the lock is not held while a message is posted, nor while the thread sleeps.
//   VP-O2 open      a watch of a descriptor belongs to a port that has not been closed yet.
//   VP-O3 child     a child's number is used for nothing once its end has been taken: who sends it
//                   a signal does so under the lock under which ends are taken.
//   VP-O4 patient   what there is no memory to tell is told later.

#ifndef FART_VM_PORT_WATCHES_H_
#define FART_VM_PORT_WATCHES_H_

#include <cstddef>

#include "vm/values/send_port.h"

namespace fart {

// From any thread that can be sure that the port is not being closed. Posts 0, once. The descriptor
// stays open as long as the port. False: the system refuses the thread or memory, or StopWatches is
// running.
[[nodiscard]] bool WatchDescriptor(PortId port, int descriptor, bool is_for_writing);

// Posts what TakeEndOfChild answers of it; kNoPort: nobody wants to know. False: as above; it is
// the caller's then.
[[nodiscard]] bool WatchChild(PortId port, int child);
// False: it is none that is watched, or has ended, or may not be sent that.
bool SignalChild(int child, int signal);

// Drops those of a port that is closing (VP-O2). Costs nothing where there are none.
void CancelWatches(PortId port);

// Ends the thread, and drops what waits: children that still run are the process's. From one thread
// at a time; not from where a message is posted (MessageListener).
void StopWatches();

// In the child of a fork, where somebody waits. Costs nothing where nobody does. False: the system
// refuses the thread.
bool ResumeWatches();

// Descriptors and children that wait. For tests.
std::size_t WaitingWatches();

// ---- For fork. In the child, the parent's children have ended in a way that nobody knows.
void HoldWatchesForFork();
void ReleaseWatchesInParent();
void ReleaseWatchesInChild();
// In the child, when it is known whose ports are lost: drops what waits for those. (VP-O2)
void DropLostWatches();

}  // namespace fart

#endif  // FART_VM_PORT_WATCHES_H_
