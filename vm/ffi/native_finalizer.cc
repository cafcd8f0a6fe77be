#include "vm/ffi/native_finalizer.h"

#include <new>
#include <optional>
#include <utility>

#include "heap/base/check.h"
#include "vm/ffi/memory_report.h"
#include "vm/platform/process_allocator.h"

namespace fart::ffi {

struct NativeFinalizers::Attachment {
  explicit Attachment(NativeFinalizers& attached_to) : owner(attached_to) {}

  NativeFinalizers& owner;
  std::uint64_t finalizer = 0;
  Function function = {};  // Nothing is run of lists that see something.
  Token token = {};
  std::optional<FinalizerOfLibrary> of_library;
  std::optional<ViewOfLibrary> seen_library;
  BlockId seen_block = kNoBlock;
  HandleValue watcher;
  HandleValue key;         // kEmpty: there is none, or it has died.
  std::uint32_t hash = 0;  // of the key
};

namespace {

OpaqueCallback AsCallback(HandleFinalizer finalizer) {
  return reinterpret_cast<OpaqueCallback>(finalizer);
}

// VF-F2
void FreeToken(const NativeFinalizers::Token& token) {
  const FreeOutcome outcome = FreeNative(token.address, token.block);
  const bool is_freed = outcome == FreeOutcome::kFreed || outcome == FreeOutcome::kKept;
  if (is_freed && token.block != kNoBlock) NoteRelease(token.block, "Freed by a finalizer", "");
}

}  // namespace

NativeFinalizers::NativeFinalizers(ObjectMemory& memory,
                                   std::shared_ptr<ForeignLibraries> libraries)
    : memory_(memory), libraries_(std::move(libraries)) {}

NativeFinalizers::~NativeFinalizers() = default;

std::unique_ptr<NativeFinalizers::Attachment> NativeFinalizers::Take(Attachment* attachment) {
  const auto found = all_.find(attachment);
  FART_CHECK(found != all_.end());
  std::unique_ptr<Attachment> taken = std::move(found->second);
  all_.erase(found);
  const auto [first, last] = by_key_.equal_range(attachment->hash);
  for (auto each = first; each != last; ++each) {
    if (each->second != attachment) continue;
    by_key_.erase(each);
    break;
  }
  return taken;
}

void NativeFinalizers::RunAttachment(void*, void* peer) FART_NO_SAFEPOINT_ANALYSIS {
  auto* const ended = static_cast<Attachment*>(peer);
  NativeFinalizers& owner = ended->owner;
  // Gone before its function runs: that may throw.
  const std::unique_ptr<Attachment> attachment = owner.Take(ended);  // VF-F1
  if (!attachment->key.is_empty() && attachment->key != attachment->watcher) {
    const NoSafepointScope quiet;
    ObjectPtr object;
    ByteCount external;
    static_cast<void>(
        owner.memory_.handles().weaks.Delete(attachment->key, &object, &external, quiet));
  }
  if (attachment->seen_block != kNoBlock) EndView(attachment->seen_block);
  if (attachment->function.run == nullptr) return;
  const ProcessAllocator* const process = ProcessAllocator::Get();
  if (process != nullptr && attachment->function.run == process->free) {
    FreeToken(attachment->token);
  } else {
    attachment->function.run(reinterpret_cast<void*>(attachment->token.address));
  }
}

// The key has died before what it was attached with.
void NativeFinalizers::ForgetKey(void*, void* peer) {
  auto* const attachment = static_cast<Attachment*>(peer);
  attachment->key = HandleValue();
}

NativeFinalizers::Attachment* NativeFinalizers::Watch(std::unique_ptr<Attachment> attachment,
                                                      Rooted object, ByteCount external) {
  Attachment* const watched = attachment.get();
  all_.emplace(watched, std::move(attachment));
  const NoSafepointScope quiet;
  watched->watcher = memory_.handles().weaks.Create(HandleKind::kFinalizable, object.Get(quiet),
                                                    watched, external, AsCallback(RunAttachment));
  if (!watched->watcher.is_empty()) return watched;
  all_.erase(watched);
  return nullptr;
}

bool NativeFinalizers::Attach(std::uint64_t finalizer, Function function, Rooted object,
                              Token token, Rooted key, ByteCount external) {
  auto made = std::make_unique<Attachment>(*this);
  made->finalizer = finalizer;
  made->function = function;
  made->token = token;
  made->of_library.emplace(function.library, reinterpret_cast<const void*>(function.run));
  if (!key.is_null()) {
    const NoSafepointScope quiet;
    made->hash = memory_.mutator().IdentityHash(key.Get(quiet));
  }
  Attachment* const attachment = Watch(std::move(made), object, external);
  if (attachment == nullptr) return false;
  {
    const NoSafepointScope quiet;
    if (!key.is_null()) {
      const bool is_itself = key.Get(quiet) == object.Get(quiet);
      attachment->key = is_itself ? attachment->watcher
                                  : memory_.handles().weaks.Create(  // VF-F3
                                        HandleKind::kFinalizable, key.Get(quiet), attachment,
                                        ByteCount(), AsCallback(ForgetKey));
      if (attachment->key.is_empty()) {
        ObjectPtr watched;
        ByteCount charged;
        static_cast<void>(
            memory_.handles().weaks.Delete(attachment->watcher, &watched, &charged, quiet));
        static_cast<void>(Take(attachment));
        return false;
      }
      by_key_.emplace(attachment->hash, attachment);
    }
    if (external.is_zero()) return true;
    memory_.mutator().ChargeExternal(object.Get(quiet), ByteCount(), external);
  }
  memory_.mutator().PollExternalSize();
  return true;
}

std::size_t NativeFinalizers::Detach(std::uint64_t finalizer, Rooted key) {
  const NoSafepointScope quiet;
  WeakHandles& weaks = memory_.handles().weaks;
  const ObjectPtr object = key.Get(quiet);
  const auto [first, last] = by_key_.equal_range(memory_.mutator().IdentityHash(object));
  std::size_t count = 0;
  for (auto each = first; each != last;) {
    Attachment* const attachment = (each++)->second;
    if (attachment->finalizer != finalizer || attachment->key.is_empty() ||
        weaks.Get(attachment->key, quiet) != object) {
      continue;
    }
    const std::unique_ptr<Attachment> taken = Take(attachment);
    for (const HandleValue handle : {taken->watcher, taken->key}) {
      ObjectPtr watched;
      ByteCount external;
      const HandleStatus status = weaks.Delete(handle, &watched, &external, quiet);
      if (status == HandleStatus::kOk && !external.is_zero()) {
        memory_.mutator().ChargeExternal(watched, external, ByteCount());
      }
      if (taken->key == taken->watcher) break;
    }
    ++count;
  }
  return count;
}

bool NativeFinalizers::KeepBlock(Rooted list, BlockId block) {
  auto made = std::make_unique<Attachment>(*this);
  if (!BeginView(block)) return false;
  made->seen_block = block;
  if (Watch(std::move(made), list, ByteCount()) != nullptr) return true;
  EndView(block);
  return false;
}

bool NativeFinalizers::KeepLibrary(Rooted list, ForeignLibrary* library) {
  auto made = std::make_unique<Attachment>(*this);
  made->seen_library.emplace(library);
  return Watch(std::move(made), list, ByteCount()) != nullptr;
}

}  // namespace fart::ffi
