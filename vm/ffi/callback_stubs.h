// Callback stubs -- the addresses that C gets for functions of ours.
//
// The stubs are code of this library, made when it was built: no page is both writable and
// executable. Each calls FartFfiStubCalled with its number; what is to happen there is in its slot.
// Any thread may call a stub at any time, one that has been closed too.
//
// Invariants
//   VF-C1 held    a slot's target is not given up while a call of it runs: `unused` is called when
//                 it is closed and the last call has ended, once, by whoever was last.
//   VF-C2 closed  a call of a closed stub touches no target: it gives what the slot was last told
//                 to give then, and is reported.
//   VF-C3 late    slots are taken in turn: the one closed last is used again last, so that calls
//                 that come too late are noticed for as long as possible.
//   VF-C4 owned   calls on the thread that is inside a slot's owner are counted without atomic
//                 operations (two of which are as dear as half of a callback), by that thread
//                 alone: it is the same that opens and closes the slot. From closing on the calls
//                 that still run are counted as all others.
//
//     free -> being made -> open -> closing -> free, with the next generation
//
// Not here: which isolate and function a callback is for (native_callback.h).

#ifndef FART_VM_FFI_CALLBACK_STUBS_H_
#define FART_VM_FFI_CALLBACK_STUBS_H_

#include <cstdint>
#include <optional>

#include "vm/current/current.h"
#include "vm/ffi/native_call_abi.h"

namespace fart::ffi {

inline constexpr std::uint32_t kCallbackStubs = FART_FFI_STUBS;

// What a closed stub gives.
struct ClosedResult {
  std::uint64_t integer = 0;
  std::uint64_t floating = 0;
  // Of a result that the callee writes (ResultWay::kIndirect): so many zeros, at the address in
  // that word of Registers; else 0.
  std::uint32_t indirect_size = 0;
  std::uint32_t indirect_word = 0;
};

struct StubTarget {
  // The isolate that alone opens and closes it, by the thread inside, or when nobody can be.
  // Null: any thread may.
  const Enterable* owner = nullptr;
  void (*run)(void* data, Registers* registers, const std::uint64_t* stack) = nullptr;
  void (*unused)(void* data) = nullptr;
  void* data = nullptr;
  ClosedResult when_closed = {};
};

struct StubId {
  std::uint32_t index = 0;
  std::uint32_t generation = 0;
};

// Nothing: all are in use.
std::optional<StubId> OpenStub(const StubTarget& target);
// What C calls.
const void* AddressOf(StubId id);
// False: it had been closed before. `unused` may run inside, or later, on another thread.
bool CloseStub(StubId id);
// Of an address that C has back: whose it is, if it is open.
std::optional<StubId> StubAt(const void* address);
// Its data, while somebody else keeps it open. Null: it is closed.
void* DataOfOpenStub(StubId id);

// Who hears of calls of closed stubs; on the calling thread. Set once, before the first stub.
void SetClosedStubReport(void (*report)(std::uint32_t stub));

}  // namespace fart::ffi

#endif  // FART_VM_FFI_CALLBACK_STUBS_H_
