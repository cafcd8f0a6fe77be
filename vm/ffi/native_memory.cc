#include "vm/ffi/native_memory.h"

#include <array>
#include <cstring>
#include <mutex>
#include <new>
#include <unordered_map>

#include "heap/base/check.h"
#include "vm/ffi/memory_report.h"
#include "vm/platform/process_allocator.h"

namespace fart::ffi {

namespace native_memory_internal {
constinit std::atomic<Slot*> chunks[kChunks] = {};
}  // namespace native_memory_internal

namespace {

using namespace native_memory_internal;  // NOLINT: its own

constexpr std::uint32_t kNoSlot = 0;  // Slot 0 is never used: so no id is 0.
// A generation is odd while its block lives; 30 bits, then a slot is used no more.
constexpr std::uint32_t kLastGeneration = (1u << 30) - 1;
// In the generation of a slot that no address has any more (VF-M5).
constexpr std::uint32_t kFreeSlot = 1u << 31;

Slot& SlotAt(std::uint32_t index) {
  return chunks[index >> kChunkShift].load(std::memory_order_relaxed)[index & (kSlotsPerChunk - 1)];
}
bool IsLiveGeneration(std::uint32_t generation) { return generation % 2 == 1; }

BlockId IdOf(std::uint32_t index, std::uint32_t generation) {
  return BlockId{generation} << 32 | index;
}

// From addresses to slots: open addressing, a power of two of places, at most half of them taken.
// Read without the lock: what is found is looked at again (Claim), what is not is looked for again
// under the lock. Nothing is taken out but by Refill.
class Places {
 public:
  // How many places there are, less one; then the places.
  using Word = std::atomic<std::uint32_t>;
  explicit Places(Word* words) : words_(words), mask_(words->load(std::memory_order_relaxed)) {}

  // Null: there is no memory.
  static Word* Make(std::uint32_t count) {
    Word* const words = new (std::nothrow) Word[1 + std::size_t{count}]();
    if (words != nullptr) words->store(count - 1, std::memory_order_relaxed);
    return words;
  }

  std::uint32_t size() const { return mask_ + 1; }
  // kNoSlot: none was found.
  std::uint32_t Find(std::uintptr_t address) const {
    std::uint32_t at = HomeOf(address);
    for (std::uint32_t probes = 0; probes <= mask_; ++probes, at = Next(at)) {
      const std::uint32_t index = words_[1 + at].load(std::memory_order_acquire);
      if (index == kNoSlot || AddressAt(index) == address) return index;
    }
    return kNoSlot;
  }

  // ---- Under the lock
  // There is room. Takes the place of one that has the same address.
  void Put(std::uint32_t index) const {
    std::uint32_t at = HomeOf(AddressAt(index));
    while (true) {
      const std::uint32_t other = words_[1 + at].load(std::memory_order_relaxed);
      if (other == kNoSlot || AddressAt(other) == AddressAt(index)) break;
      at = Next(at);
    }
    words_[1 + at].store(index, std::memory_order_release);
  }
  void Clear() const {
    for (std::uint32_t at = 0; at <= mask_; ++at) {
      words_[1 + at].store(kNoSlot, std::memory_order_relaxed);
    }
  }

 private:
  static std::uintptr_t AddressAt(std::uint32_t index) {
    return SlotAt(index).address.load(std::memory_order_relaxed);
  }
  // Blocks of malloc begin at multiples of 16.
  std::uint32_t HomeOf(std::uintptr_t address) const {
    return static_cast<std::uint32_t>((address >> 4) * 0x9e37'79b9'7f4a'7c15 >> 32) & mask_;
  }
  std::uint32_t Next(std::uint32_t at) const { return (at + 1) & mask_; }

  Word* const words_;
  const std::uint32_t mask_;
};

// The first ones are there before anybody asks for memory.
constexpr std::uint32_t kFirstPlaces = 64;
constinit Places::Word first_places[1 + kFirstPlaces] = {kFirstPlaces - 1};
constinit std::atomic<Places::Word*> current_places{first_places};

// A block that lists see.
struct Seen {
  std::size_t lists = 0;
  bool is_freed = false;
  std::uintptr_t address = 0;
  std::size_t size = 0;
};

// What needs the lock. Never destroyed: threads outlive main.
struct Table {
  std::mutex lock;
  std::unordered_map<BlockId, Seen> seen;  // VF-M4
  std::uint32_t taken_places = 0;
  // Those that became too small stay, for others may be reading in them: all together they are
  // smaller than the current ones.
  std::array<Places::Word*, 32> outgrown = {};
  std::size_t outgrown_count = 0;
  std::uint32_t first_free = kNoSlot;
  std::uint32_t next_new = 1;
};
Table& TheTable() {
  alignas(Table) static std::byte place[sizeof(Table)];
  static Table& table = *new (place) Table;
  return table;
}

// ---- Allocation

// Gives the slot, which was found for the address, to a new block there. kNoBlock: it is not that
// address's any more, or used up; nothing has happened.
BlockId Claim(std::uint32_t index, std::uintptr_t address, std::size_t size) {
  Slot& slot = SlotAt(index);
  std::uint32_t generation = slot.generation.load(std::memory_order_acquire);
  if (generation >= kLastGeneration) return kNoBlock;
  // Behind the generation: as long as that stays so does this (VF-M5).
  if (slot.address.load(std::memory_order_relaxed) != address) return kNoBlock;
  // Live: C has freed that one (VF-M2).
  const std::uint32_t next = (generation + 1) | 1;
  if (!slot.generation.compare_exchange_strong(generation, next)) return kNoBlock;
  // Nobody knows the id yet.
  slot.size.store(size, std::memory_order_relaxed);
  return IdOf(index, next);
}

// kNoSlot: there is no memory for it, or no slot left. Under the lock.
std::uint32_t TakeSlot(Table& table) {
  if (table.first_free != kNoSlot) {
    const std::uint32_t index = table.first_free;
    table.first_free = SlotAt(index).next_free;
    return index;
  }
  const std::uint32_t index = table.next_new;
  if (index >> kChunkShift >= kChunks) return kNoSlot;
  std::atomic<Slot*>& chunk = chunks[index >> kChunkShift];
  if (chunk.load(std::memory_order_relaxed) == nullptr) {
    Slot* const slots = new (std::nothrow) Slot[kSlotsPerChunk];
    if (slots == nullptr) return kNoSlot;
    chunk.store(slots, std::memory_order_release);
  }
  ++table.next_new;
  return index;
}

// A slot that is marked as free, and not used up, may serve another address. Under the lock.
void PutIntoList(Table& table, std::uint32_t index) {
  Slot& slot = SlotAt(index);
  if ((slot.generation.load(std::memory_order_relaxed) & ~kFreeSlot) >= kLastGeneration) return;
  slot.next_free = table.first_free;
  table.first_free = index;
}

// Frees the slot with whatever block it has. Under the lock.
void Retire(Table& table, std::uint32_t index) {
  Slot& slot = SlotAt(index);
  std::uint32_t generation = slot.generation.load(std::memory_order_relaxed);
  std::uint32_t next;
  do {
    next = ((generation + 1) & ~1u) | kFreeSlot;  // Even.
  } while (!slot.generation.compare_exchange_weak(generation, next));
  PutIntoList(table, index);
}

// Frees the slot if its block is dead. False: it has a block, and is to be found by its address.
// Under the lock.
bool RetireIfDead(Table& table, std::uint32_t index) {
  Slot& slot = SlotAt(index);
  std::uint32_t generation = slot.generation.load(std::memory_order_relaxed);
  if (generation >= kFreeSlot) return true;
  if (IsLiveGeneration(generation)) return false;
  // Others may make it live meanwhile.
  if (!slot.generation.compare_exchange_strong(generation, generation | kFreeSlot)) return false;
  PutIntoList(table, index);
  return true;
}

// Puts in what is live, and what others make live meanwhile. Under the lock.
void Refill(Table& table, const Places& places) {
  table.taken_places = 0;
  for (std::uint32_t index = 1; index < table.next_new; ++index) {
    if (RetireIfDead(table, index)) continue;
    places.Put(index);
    ++table.taken_places;
  }
}

std::size_t CountLive(const Table& table) {
  std::size_t live = 0;
  for (std::uint32_t index = 1; index < table.next_new; ++index) {
    live += SlotAt(index).generation.load(std::memory_order_relaxed) % 2;
  }
  return live;
}

// Makes room for one more. False: there is no memory. Under the lock.
bool MakeRoom(Table& table) {
  const Places places(current_places.load(std::memory_order_relaxed));
  const auto is_full = [&] { return 2 * (table.taken_places + 1) > places.size(); };
  if (!is_full()) [[likely]]
    return true;
  // With more than a quarter live it would be full again soon.
  if (4 * CountLive(table) > places.size() && table.outgrown_count < table.outgrown.size()) {
    if (Places::Word* const more = Places::Make(2 * places.size())) {
      table.outgrown[table.outgrown_count++] = current_places.load(std::memory_order_relaxed);
      Refill(table, Places(more));
      current_places.store(more, std::memory_order_release);
      return true;
    }
  }
  places.Clear();
  Refill(table, places);
  return !is_full();
}

// For an address that no slot was found for, or none that can be had.
[[gnu::noinline]] BlockId ListNew(std::uintptr_t address, std::size_t size) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  if (!MakeRoom(table)) return kNoBlock;
  const Places places(current_places.load(std::memory_order_relaxed));
  const std::uint32_t old = places.Find(address);
  if (old != kNoSlot) {
    const BlockId block = Claim(old, address, size);
    if (block != kNoBlock) return block;
  }
  const std::uint32_t index = TakeSlot(table);
  if (index == kNoSlot) return kNoBlock;
  Slot& slot = SlotAt(index);
  slot.address.store(address, std::memory_order_relaxed);
  slot.size.store(size, std::memory_order_relaxed);
  const std::uint32_t generation =
      (slot.generation.load(std::memory_order_relaxed) & ~kFreeSlot) + 1;
  slot.generation.store(generation, std::memory_order_release);
  places.Put(index);
  if (old == kNoSlot) {
    ++table.taken_places;
  } else {
    Retire(table, old);
  }
  return IdOf(index, generation);
}

// kNoBlock: there is no memory for the entry.
BlockId List(std::uintptr_t address, std::size_t size) {
  const Places places(current_places.load(std::memory_order_acquire));
  const std::uint32_t index = places.Find(address);
  if (index != kNoSlot) [[likely]] {
    const BlockId block = Claim(index, address, size);
    if (block != kNoBlock) [[likely]]
      return block;
  }
  return ListNew(address, size);
}

// ---- The end of a block

// A block that is listed no longer.
struct Unlisted {
  FreeOutcome outcome = FreeOutcome::kFreed;
  std::size_t size = 0;  // 0: it was not listed.
};
enum class Means : std::uint8_t { kFree, kDisown };

// Under the lock: the block, which is dead, is freed with the last list. False: there is none.
bool LeaveToLists(Table& table, BlockId block) {
  const auto seen = table.seen.find(block);
  if (seen == table.seen.end()) return false;
  seen->second.is_freed = true;
  return true;
}

// What is listed for an address of C's.
[[gnu::noinline]] Unlisted UnlistAddress(std::uintptr_t address, Means means) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  Unlisted unlisted;
  const Places places(current_places.load(std::memory_order_relaxed));
  const std::uint32_t index = places.Find(address);
  if (index == kNoSlot) return unlisted;
  Slot& slot = SlotAt(index);
  std::uint32_t generation = slot.generation.load(std::memory_order_acquire);
  const std::size_t size = slot.size.load(std::memory_order_relaxed);
  if (!IsLiveGeneration(generation) ||
      !slot.generation.compare_exchange_strong(generation, generation + 1)) {
    return unlisted;
  }
  unlisted.size = size;
  if (means == Means::kFree && LeaveToLists(table, IdOf(index, generation))) {
    unlisted.outcome = FreeOutcome::kKept;
  }
  return unlisted;
}

Unlisted Unlist(std::uintptr_t address, BlockId block, Means means) {
  if (block == kNoBlock) return UnlistAddress(address, means);
  Slot& slot = SlotAt(IndexOf(block));
  std::uint32_t generation = slot.generation.load(std::memory_order_acquire);
  if (generation != GenerationOf(block)) return {FreeOutcome::kDead};
  const std::uintptr_t begin = slot.address.load(std::memory_order_relaxed);
  const std::size_t size = slot.size.load(std::memory_order_relaxed);
  if (address != begin) {
    return {address - begin < size ? FreeOutcome::kInterior : FreeOutcome::kOutside};
  }
  // Of two that free it at once, one.
  if (!slot.generation.compare_exchange_strong(generation, generation + 1)) {
    return {FreeOutcome::kDead};
  }
  // A list that has begun to see it says so before it looks whether the block is live (BeginView).
  if (means == Means::kFree && slot.seen.load() != 0) [[unlikely]] {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    if (LeaveToLists(table, block)) return {FreeOutcome::kKept, size};
  }
  return {FreeOutcome::kFreed, size};
}

void GiveBack(const ProcessAllocator& process, std::uintptr_t address, std::size_t size) {
  if (IsWatchingMemory() && size != 0) [[unlikely]] {
    Quarantine(address, size);
  } else {
    process.free(reinterpret_cast<void*>(address));
  }
}

}  // namespace

namespace {

void* AllocateZeroed(const ProcessAllocator& process, std::size_t size) {
  // Of malloc's small blocks glibc keeps some for each thread, of calloc's none.
  constexpr std::size_t kSmall = 1024;
  if (size > kSmall) return process.calloc(1, size);
  void* const memory = process.malloc(size);
  if (memory != nullptr) std::memset(memory, 0, size);
  return memory;
}

}  // namespace

Allocation AllocateNative(std::size_t size, bool is_zeroed) {
  const ProcessAllocator* const process = ProcessAllocator::Get();
  if (process == nullptr) return {};
  // malloc(0) may be null: that would be no block.
  const std::size_t asked = size == 0 ? 1 : size;
  void* const memory = is_zeroed ? AllocateZeroed(*process, asked) : process->malloc(asked);
  if (memory == nullptr) return {};
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  const BlockId block = List(address, size);
  if (block != kNoBlock) return {address, block};
  process->free(memory);
  return {};
}

FreeOutcome FreeNative(std::uintptr_t address, BlockId block) {
  const ProcessAllocator* const process = ProcessAllocator::Get();
  if (process == nullptr) return FreeOutcome::kDead;  // Nothing was allocated here.
  // Unlisted before it is freed: from then on another thread's malloc may return it.
  const Unlisted unlisted = Unlist(address, block, Means::kFree);
  if (unlisted.outcome == FreeOutcome::kFreed) GiveBack(*process, address, unlisted.size);
  return unlisted.outcome;
}

FreeOutcome DisownNative(std::uintptr_t address, BlockId block) {
  return Unlist(address, block, Means::kDisown).outcome;
}

namespace {

// One list less. Under the lock. Whether it was the last.
bool EndList(Table& table, std::unordered_map<BlockId, Seen>::iterator seen) {
  if (--seen->second.lists != 0) return false;
  SlotAt(IndexOf(seen->first)).seen.fetch_sub(1);
  table.seen.erase(seen);
  return true;
}

}  // namespace

bool BeginView(BlockId block) {
  Slot& slot = SlotAt(IndexOf(block));
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  if (slot.generation.load() != GenerationOf(block)) return false;
  std::unordered_map<BlockId, Seen>::iterator seen;
  try {
    seen = table.seen.try_emplace(block).first;
  } catch (const std::bad_alloc&) {
    return false;
  }
  if (seen->second.lists++ == 0) {
    slot.seen.fetch_add(1);
    seen->second.address = slot.address.load(std::memory_order_relaxed);
    seen->second.size = slot.size.load(std::memory_order_relaxed);
  }
  // Whoever frees it from now on finds that it is seen (Unlist).
  if (slot.generation.load() == GenerationOf(block)) return true;
  EndList(table, seen);
  return false;
}

void EndView(BlockId block) {
  Seen ended;
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    const auto seen = table.seen.find(block);
    FART_CHECK(seen != table.seen.end());
    ended = seen->second;
    if (!EndList(table, seen)) return;
  }
  if (ended.is_freed) GiveBack(*ProcessAllocator::Get(), ended.address, ended.size);
}

bool IsSeen(BlockId block) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  return table.seen.count(block) != 0;
}

BlockRange RangeOf(BlockId block) {
  const Slot& slot = SlotAt(IndexOf(block));
  const std::uint32_t generation = slot.generation.load(std::memory_order_acquire) & ~kFreeSlot;
  BlockRange range;
  range.is_live = generation == GenerationOf(block);
  range.is_known = range.is_live || generation == GenerationOf(block) + 1;
  range.address = slot.address.load(std::memory_order_relaxed);
  range.size = slot.size.load(std::memory_order_relaxed);
  return range;
}

std::size_t LiveBlocks() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  return CountLive(table);
}

bool HasNativeMemory() { return ProcessAllocator::Get() != nullptr; }

void HoldNativeMemoryForFork() {
  HoldMemoryReportForFork();
  TheTable().lock.lock();
}
void ReleaseNativeMemory() {
  TheTable().lock.unlock();
  ReleaseMemoryReport();
}

}  // namespace fart::ffi
