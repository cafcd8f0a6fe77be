// NativeFinalizers -- what is to happen outside of the heap when objects of a program die:
// functions of C that run with a token, and lists that no longer see a block or a library.
//
// Each attachment is a finalizable handle (handles/weak_handles.h): its function runs between two
// instructions of the program, outside of collections, or when the isolate ends; behind a barrier,
// so that it may neither use the isolate nor call the program.
//
// Invariants
//   VF-F1 once    an attachment's function runs once: after its object has died or when the isolate
//                 ends, unless it has been detached before; then never.
//   VF-F2 block   the process's free is asked through the table of blocks: of a block that has been
//                 freed before, nothing happens.
//   VF-F3 known   a key by which something is to be detached is not kept alive by it.
//
// Not here: what a program may attach (lang/natives).

#ifndef FART_VM_FFI_NATIVE_FINALIZER_H_
#define FART_VM_FFI_NATIVE_FINALIZER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

#include "handles/handle_value.h"
#include "heap/base/safepoint.h"
#include "heap/base/units.h"
#include "vm/ffi/foreign_library.h"
#include "vm/ffi/native_memory.h"
#include "vm/memory/object_memory.h"
#include "vm/roots/rooted.h"

namespace fart::ffi {

// Of one isolate; outlives its program (Isolate::KeepUntilEnd).
class NativeFinalizers {
 public:
  // `libraries` is of the same isolate.
  NativeFinalizers(ObjectMemory& memory, std::shared_ptr<ForeignLibraries> libraries);
  ~NativeFinalizers();
  NativeFinalizers(const NativeFinalizers&) = delete;
  NativeFinalizers& operator=(const NativeFinalizers&) = delete;

  struct Function {
    void (*run)(void* token) = nullptr;
    ForeignLibrary* library = nullptr;  // Null: nobody knows.
  };
  struct Token {
    std::uintptr_t address = 0;
    BlockId block = kNoBlock;
  };
  // The object must not be a Smi or an immediate; nor the key, which may be null: there is none.
  // `finalizer` is a number of the caller's. False: there is no memory to note it.
  [[nodiscard]] bool Attach(std::uint64_t finalizer, Function function, Rooted object, Token token,
                            Rooted key, ByteCount external) FART_MAY_COLLECT;
  // Whatever was attached with that number and key. How much that was.
  std::size_t Detach(std::uint64_t finalizer, Rooted key) FART_MAY_COLLECT;

  // External typed data that sees the block, or the library. False: the block is dead or there is
  // no memory to note it.
  [[nodiscard]] bool KeepBlock(Rooted list, BlockId block) FART_MAY_COLLECT;
  [[nodiscard]] bool KeepLibrary(Rooted list, ForeignLibrary* library) FART_MAY_COLLECT;

  std::size_t attached() const { return all_.size(); }

 private:
  struct Attachment;
  using ByKey = std::unordered_multimap<std::uint32_t, Attachment*>;

  static void RunAttachment(void* data, void* peer);
  static void ForgetKey(void* data, void* peer);

  // Null: there is no memory for it.
  Attachment* Watch(std::unique_ptr<Attachment> attachment, Rooted object,
                    ByteCount external) FART_MAY_COLLECT;
  // It is no longer among the others.
  std::unique_ptr<Attachment> Take(Attachment* attachment);

  ObjectMemory& memory_;
  const std::shared_ptr<ForeignLibraries> libraries_;
  std::unordered_map<Attachment*, std::unique_ptr<Attachment>> all_;
  ByKey by_key_;  // by the key's identity hash
};

}  // namespace fart::ffi

#endif  // FART_VM_FFI_NATIVE_FINALIZER_H_
