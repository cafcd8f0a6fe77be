// UserInterrupt -- SIGINT ends the program that runs in an isolate; SIGUSR1 has its heap written
// where --heap-snapshot has named a file, and counted with --gc-histogram.
//
// At a prompt SIGINT ends what was typed last, and nothing else.
//
// No handler runs: a thread waits for the signals, which no other thread gets. The first SIGINT
// interrupts the program, which so has its stack trace printed and its isolates shut down; the next
// one ends the process as it would have without us.

#ifndef FART_BIN_USER_INTERRUPT_H_
#define FART_BIN_USER_INTERRUPT_H_

#include "api/include/dart_api.h"

namespace fart::program {

// From here on the signals are held back. Before any thread is started. False: the system refuses.
bool HoldUserInterrupts();
// From here on they mean `isolate`, which this thread is inside of. Once.
void InterruptByUser(Fart_Isolate isolate);
// Instead of InterruptByUser: each SIGINT stops what runs in `isolate`, and calls `wake` on the
// thread that waits for signals.
void InterruptInputs(Fart_Isolate isolate, void (*wake)());
// Whether it has come, since ForgetInterrupts.
bool IsInterruptedByUser();
// What has come stops nothing that runs from here on. The thread is inside the isolate.
void ForgetInterrupts();

}  // namespace fart::program

#endif  // FART_BIN_USER_INTERRUPT_H_
