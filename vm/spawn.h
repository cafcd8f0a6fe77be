// Spawning -- isolates that a program asks for, and whose messages the VM handles.
//
// A spawned isolate has no thread of its own: when messages wait for it, a thread of the pool
// enters it, handles some, and leaves. It ends when it has no live port any more, when an error
// reaches its loop, or when all are stopped.
//
// Invariants
//   V-G1 one turn   at most one thread of the pool works for a spawned isolate at a time; while
//                   messages wait, one does or is about to.
//   V-G2 host       the host makes and ends it (SpawnHost); the VM calls it with no lock held and
//                   outside every isolate, or inside the one that ends.
//   V-G3 data       a host makes it with the data of the isolate that asks, which the host may free
//                   when that one ends: so that one waits (EndSpawning).
//
// Not here: how the language finds the function and shows the result (lang/lib/isolate).

#ifndef FART_VM_SPAWN_H_
#define FART_VM_SPAWN_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "heap/base/safepoint.h"
#include "vm/message/message.h"
#include "vm/port/thread_pool.h"
#include "vm/roots/rooted.h"
#include "vm/values/send_port.h"

namespace fart {

class Isolate;

struct SpawnRequest {
  // Who asks, on the thread inside it; null: none that could end.
  Isolate* parent = nullptr;
  // Of the isolate that asks, for the host.
  std::string script_uri;
  void* parent_data = nullptr;
  // How that one runs code, and so will the new one.
  bool enable_asserts = false;
  bool checked = false;
  // A top-level function of the same script, which is called with the message.
  std::string library_url;
  std::string function;
  // Another one of that library, which is called first, without arguments: if it answers with a
  // string, that says why the isolate does not begin. Empty: there is nothing to ask.
  std::string objection;
  Message message;
  // Is sent the main port of the new isolate (a SendPort) before the function is called, or an
  // error if it does not get so far. kNoPort: nobody wants to know.
  PortId ready_port = kNoPort;
  // Is sent the message when the new isolate has ended, unless its exit messages say otherwise by
  // then. kNoPort: nobody wants to know.
  PortId exit_port = kNoPort;
  Message exit_message;
  // Whoever has it may end the new isolate (Isolate::EndsBy); 0: nobody.
  std::int64_t ending_capability = 0;
};

// What the host of the process does for spawned isolates.
class SpawnHost {
 public:
  virtual ~SpawnHost() = default;
  // Makes an isolate that has loaded the script of the parent; no thread is inside it afterwards.
  // Null: *error says why.
  virtual Isolate* Create(const SpawnRequest& request, std::string* error) FART_MAY_COLLECT = 0;
  // This thread is inside; the isolate has ended afterwards.
  virtual void ShutDown(Isolate* isolate) FART_MAY_COLLECT = 0;
  // An error that nothing caught ends the isolate.
  virtual void ReportError(Isolate& isolate, Rooted error) FART_MAY_COLLECT = 0;
};

// Null: none can be spawned. Not while there are spawned isolates.
void SetSpawnHost(SpawnHost* host);

// From any thread. False: *error says why, nothing will be sent to the ready port, and the message
// has ended. So it has where it throws std::bad_alloc.
[[nodiscard]] bool SpawnIsolate(SpawnRequest request, std::string* error);

// Before the host hears that an isolate ends: it can ask for no others from now on, and those that
// it asked for have been made, or could not be (V-G3). This thread is inside `isolate`; one of the
// pool leaves it meanwhile.
void EndSpawning(Isolate& isolate) FART_MAY_COLLECT;

// Spawned isolates that have not ended, those that are just being made included.
std::size_t SpawnedIsolates();

// Ends all spawned isolates: each when it has finished the message it is handling, or sooner where
// it runs code of the program. Waits for that. None can be spawned afterwards until SetSpawnHost.
// The thread is inside no isolate and is none of the pool.
void StopSpawnedIsolates() FART_MAY_COLLECT;

// ---- For fork: holds all locks of this unit. In the child, those that a thread of the pool was
// working for or was about to are forgotten: they are of no use to anybody there.
void HoldSpawnedForFork();
void ReleaseSpawnedInParent();
void ReleaseSpawnedInChild();

}  // namespace fart

#endif  // FART_VM_SPAWN_H_
