// The event loop -- an isolate's messages, handled one after another on the thread inside it.
//
//     take the oldest -> decode -> Program::HandleMessage -> its microtasks -> next
//
// A message whose handling ends in an error was not answered as it should have been: whoever waits
// for the reply is told, and the error ends the loop.
//
// Not here: the queue (message_queue.h); loops of isolates that a program spawned (spawn.h).

#ifndef FART_VM_EVENT_LOOP_H_
#define FART_VM_EVENT_LOOP_H_

#include <cstddef>
#include <cstdint>

#include "heap/base/safepoint.h"
#include "vm/roots/rooted.h"

namespace fart {

class Isolate;

// ---- All of these: this thread is inside `isolate`, outside callbacks of dead handles. The
// outcome is kTrue, or an error that nothing caught: the one that handling ended in, or the
// isolate's sticky error, which is taken away.

// At most one message; none waiting is a success.
Outcome HandleOneMessage(Isolate& isolate) FART_MAY_COLLECT;
// Until none waits, or an error.
Outcome HandleWaitingMessages(Isolate& isolate) FART_MAY_COLLECT;
// The same, but at most `most`, and none begins at or after `deadline_ns` (MonotonicNs). *handled
// counts them.
Outcome HandleSomeMessages(Isolate& isolate, std::size_t most, std::int64_t deadline_ns,
                           std::size_t* handled) FART_MAY_COLLECT;
// Microtasks first; then until no live port is left, waiting for messages meanwhile, or an error.
// The isolate has no listener. An error also when it is asked to stop (Isolate::RequestStop).
Outcome RunEventLoop(Isolate& isolate) FART_MAY_COLLECT;

}  // namespace fart

#endif  // FART_VM_EVENT_LOOP_H_
