// Host -- what the process's host said to Fart_Initialize; that it did.
//
// One thread at a time starts and ends the machine; in between this is only read.
//
// Not here: what starting and ending mean (machine.cc).

#ifndef FART_API_HOST_H_
#define FART_API_HOST_H_

#include "api/include/dart_api.h"

namespace fart::api {

// Null before Fart_Initialize and after Fart_Cleanup.
const Fart_InitializeParams* RunningMachine();

// Keeps a copy; null: it has ended.
void SetRunningMachine(const Fart_InitializeParams* params);

}  // namespace fart::api

#endif  // FART_API_HOST_H_
