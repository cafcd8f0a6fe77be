#include "vm/ffi/native_memory.h"

#include <mutex>
#include <new>
#include <unordered_map>
#include <vector>

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

Slot& SlotAt(std::uint32_t index) {
  return chunks[index >> kChunkShift].load(std::memory_order_relaxed)[index & (kSlotsPerChunk - 1)];
}

BlockId IdOf(std::uint32_t index) {
  return BlockId{SlotAt(index).generation.load(std::memory_order_relaxed)} << 32 | index;
}

// From the address of a live block to its slot: open addressing, a power of two of places, at most
// half of them taken; what is removed closes the gap. Blocks of malloc begin at multiples of 16.
class AddressMap {
 public:
  // kNoSlot: not there.
  std::uint32_t Find(std::uintptr_t address) const {
    if (places_.empty()) return kNoSlot;
    for (std::size_t at = HomeOf(address);; at = Next(at)) {
      const std::uint32_t index = places_[at];
      if (index == kNoSlot || AddressAt(index) == address) return index;
    }
  }
  // It is not there.
  void Insert(std::uint32_t index) {
    if (2 * (count_ + 1) > places_.size()) Grow();
    Place(index);
    ++count_;
  }
  // It is there.
  void Remove(std::uint32_t index) {
    std::size_t hole = HomeOf(AddressAt(index));
    while (places_[hole] != index) hole = Next(hole);
    for (std::size_t at = Next(hole); places_[at] != kNoSlot; at = Next(at)) {
      // May it move to the hole? Not to before its home.
      const std::size_t home = HomeOf(AddressAt(places_[at]));
      if (((at - home) & Mask()) >= ((at - hole) & Mask())) {
        places_[hole] = places_[at];
        hole = at;
      }
    }
    places_[hole] = kNoSlot;
    --count_;
  }
  std::size_t count() const { return count_; }

 private:
  static std::uintptr_t AddressAt(std::uint32_t index) {
    return SlotAt(index).address.load(std::memory_order_relaxed);
  }
  std::size_t Mask() const { return places_.size() - 1; }
  std::size_t HomeOf(std::uintptr_t address) const {
    return ((address >> 4) * 0x9e37'79b9'7f4a'7c15 >> 32) & Mask();
  }
  std::size_t Next(std::size_t at) const { return (at + 1) & Mask(); }
  void Place(std::uint32_t index) {
    std::size_t at = HomeOf(AddressAt(index));
    while (places_[at] != kNoSlot) at = Next(at);
    places_[at] = index;
  }
  void Grow() {
    constexpr std::size_t kFirstPlaces = 64;
    std::vector<std::uint32_t> old(places_.empty() ? kFirstPlaces : 2 * places_.size(), kNoSlot);
    old.swap(places_);
    for (const std::uint32_t index : old) {
      if (index != kNoSlot) Place(index);
    }
  }

  std::vector<std::uint32_t> places_;
  std::size_t count_ = 0;
};

// A block that lists see.
struct Seen {
  std::size_t lists = 0;
  bool is_freed = false;
  std::uintptr_t address = 0;
  std::size_t size = 0;
};

// One lock: allocations of programs are short. Never destroyed: threads outlive main.
struct Table {
  std::mutex lock;
  AddressMap by_address;
  std::unordered_map<BlockId, Seen> seen;  // VF-M4
  std::uint32_t first_free = kNoSlot;
  std::uint32_t next_new = 1;
};
Table& TheTable() {
  alignas(Table) static std::byte place[sizeof(Table)];
  static Table& table = *new (place) Table;
  return table;
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

// Under the lock: its block is no more (VF-M1).
void Retire(Table& table, std::uint32_t index) {
  Slot& slot = SlotAt(index);
  table.by_address.Remove(index);
  const std::uint32_t next = slot.generation.load(std::memory_order_relaxed) + 1;
  slot.generation.store(next, std::memory_order_release);
  if (next >= kLastGeneration) return;
  slot.next_free = table.first_free;
  table.first_free = index;
}

// kNoBlock: there is no memory for the entry.
BlockId List(std::uintptr_t address, std::size_t size) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  if (const std::uint32_t old = table.by_address.Find(address)) Retire(table, old);  // VF-M2
  const std::uint32_t index = TakeSlot(table);
  if (index == kNoSlot) return kNoBlock;
  Slot& slot = SlotAt(index);
  slot.address.store(address, std::memory_order_relaxed);
  slot.size.store(size, std::memory_order_relaxed);
  try {
    table.by_address.Insert(index);
  } catch (const std::bad_alloc&) {
    slot.next_free = table.first_free;
    table.first_free = index;
    return kNoBlock;
  }
  slot.generation.fetch_add(1, std::memory_order_release);
  return IdOf(index);
}

// A block that is listed no longer.
struct Unlisted {
  FreeOutcome outcome = FreeOutcome::kFreed;
  std::size_t size = 0;  // 0: it was not listed.
};
enum class Means : std::uint8_t { kFree, kDisown };

// Under the lock.
Unlisted UnlistAt(Table& table, std::uint32_t index, Means means) {
  const BlockId block = IdOf(index);
  Unlisted unlisted;
  unlisted.size = SlotAt(index).size.load(std::memory_order_relaxed);
  Retire(table, index);
  if (means == Means::kDisown || table.seen.empty()) [[likely]]
    return unlisted;
  const auto seen = table.seen.find(block);
  if (seen == table.seen.end()) return unlisted;
  seen->second.is_freed = true;
  unlisted.outcome = FreeOutcome::kKept;
  return unlisted;
}

Unlisted Unlist(std::uintptr_t address, BlockId block, Means means) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  if (block == kNoBlock) {
    const std::uint32_t listed = table.by_address.Find(address);
    return listed == kNoSlot ? Unlisted() : UnlistAt(table, listed, means);
  }
  const std::uint32_t index = IndexOf(block);
  const Slot& slot = SlotAt(index);
  if (slot.generation.load(std::memory_order_relaxed) != GenerationOf(block)) {
    return {FreeOutcome::kDead};
  }
  const std::uintptr_t begin = slot.address.load(std::memory_order_relaxed);
  if (address != begin) {
    return {address - begin < slot.size.load(std::memory_order_relaxed) ? FreeOutcome::kInterior
                                                                        : FreeOutcome::kOutside};
  }
  return UnlistAt(table, index, means);
}

void GiveBack(std::uintptr_t address, std::size_t size) {
  if (IsWatchingMemory() && size != 0) [[unlikely]] {
    Quarantine(address, size);
  } else {
    ProcessAllocator::Get()->free(reinterpret_cast<void*>(address));
  }
}

}  // namespace

Allocation AllocateNative(std::size_t size, bool is_zeroed) {
  const ProcessAllocator* const process = ProcessAllocator::Get();
  if (process == nullptr) return {};
  // malloc(0) may be null: that would be no block.
  const std::size_t asked = size == 0 ? 1 : size;
  void* const memory = is_zeroed ? process->calloc(1, asked) : process->malloc(asked);
  if (memory == nullptr) return {};
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  const BlockId block = List(address, size);
  if (block != kNoBlock) return {address, block};
  process->free(memory);
  return {};
}

FreeOutcome FreeNative(std::uintptr_t address, BlockId block) {
  if (ProcessAllocator::Get() == nullptr) return FreeOutcome::kDead;  // Nothing was allocated here.
  // Unlisted before it is freed: from then on another thread's malloc may return it.
  const Unlisted unlisted = Unlist(address, block, Means::kFree);
  if (unlisted.outcome == FreeOutcome::kFreed) GiveBack(address, unlisted.size);
  return unlisted.outcome;
}

FreeOutcome DisownNative(std::uintptr_t address, BlockId block) {
  return Unlist(address, block, Means::kDisown).outcome;
}

bool BeginView(BlockId block) {
  const std::uint32_t index = IndexOf(block);
  const Slot& slot = SlotAt(index);
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  if (slot.generation.load(std::memory_order_relaxed) != GenerationOf(block)) return false;
  try {
    Seen& seen = table.seen[block];
    ++seen.lists;
    seen.address = slot.address.load(std::memory_order_relaxed);
    seen.size = slot.size.load(std::memory_order_relaxed);
  } catch (const std::bad_alloc&) {
    return false;
  }
  return true;
}

void EndView(BlockId block) {
  Seen ended;
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    const auto seen = table.seen.find(block);
    FART_CHECK(seen != table.seen.end());
    if (--seen->second.lists != 0) return;
    ended = seen->second;
    table.seen.erase(seen);
  }
  if (ended.is_freed) GiveBack(ended.address, ended.size);
}

bool IsSeen(BlockId block) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  return table.seen.count(block) != 0;
}

BlockRange RangeOf(BlockId block) {
  const Slot& slot = SlotAt(IndexOf(block));
  const std::uint32_t generation = slot.generation.load(std::memory_order_acquire);
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
  return table.by_address.count();
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
