// Forking -- what a process and its child have of the VM after `fork`.
//
// The thread that forks is the only one of the child. There it goes on with the isolate that it is
// inside of, and with those that nobody was inside of; with native ports, which have no messages
// waiting; with timers. What other threads were in the middle of is lost in the child, and only
// there. Nothing is held by a thread that is gone: the one that forks takes all locks of the VM
// first, outermost first.
//
// Not here: what each unit does about it (its BeforeFork and AfterFork...); the locks above vm,
// which are taken before these (api/machine.cc).

#ifndef FART_VM_FORKING_H_
#define FART_VM_FORKING_H_

namespace fart {

// From here on a `fork` of the process is prepared for. Once is enough; more does nothing. False:
// the system has no memory for it.
bool PrepareForForks();

}  // namespace fart

#endif  // FART_VM_FORKING_H_
