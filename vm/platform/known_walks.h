// KnownWalks -- walks of stacks, found again by where on the stack their return addresses lie.
//
// A tree: walks that have their innermost returns in common share a node for these, which says
// where the next return lies and goes on by the address that is there. So a stack is found by
// comparing each of its returns once, and by asking for a node as often only as walks part.
//
// Invariants
//   V-K1 same   what is found lay on the stack as it lies there now, each return of it, and began
//               at the same place for the same entry.
//   V-K2 bound  no more than kMostWalks are kept: for one more all are forgotten, and those that
//               are met again come back.
//
// Not here: how a stack is walked (stack_memo.h).

#ifndef FART_VM_PLATFORM_KNOWN_WALKS_H_
#define FART_VM_PLATFORM_KNOWN_WALKS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fart {

// Redzones of AddressSanitizer may lie between return addresses, which it does not know.
[[gnu::no_sanitize_address]] inline std::uintptr_t StackWordAt(const std::uintptr_t* place) {
  return *place;
}

struct StackWalk {
  static constexpr std::size_t kMostFrames = 16;

  std::array<std::uintptr_t, kMostFrames> frames;  // innermost first
  std::size_t frame_count = 0;
  const void* said = nullptr;  // the caller's, kept with the walk; null: a new one

  std::span<const std::uintptr_t> taken() const { return {frames.data(), frame_count}; }
};

class KnownWalks {
 public:
  static constexpr std::size_t kMostWalks = 4096;

  // A return address, and where on the stack it lay.
  struct Return {
    const std::uintptr_t* place;
    std::uintptr_t address;

    friend bool operator==(const Return&, const Return&) = default;
  };

  KnownWalks() = default;
  KnownWalks(const KnownWalks&) = delete;
  KnownWalks& operator=(const KnownWalks&) = delete;

  // The walk of the stack that is there now, whose innermost return lies at that place. Null: none
  // is known. Lasts until the next is kept.
  StackWalk* Find(const std::uintptr_t* innermost, const void* entry);

  // The walk, kept, of a stack with these returns, innermost first, that is not known. Null: it is
  // not to be told from another. May throw std::bad_alloc: then none is known any more.
  StackWalk* Keep(const StackWalk& walk, std::span<const Return> returns, const void* entry);

  std::size_t size() const { return walks_.size(); }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  struct Key {
    std::uintptr_t above;  // the node's number, inverted; of an outermost one: the entry
    std::uintptr_t word;   // the first return's address; of an outermost one: its place

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Node {
    Key key;
    const std::uintptr_t* next = nullptr;  // where the nodes below it begin; null: none
    std::uint32_t number = kNone;          // kNone: this is no node
    std::uint32_t first = 0;               // of returns_, what the key does not say itself
    std::uint32_t end = 0;
    std::uint32_t walk = kNone;  // where there are none below
  };

  static Key Outermost(const std::uintptr_t* innermost, const void* entry) {
    return {reinterpret_cast<std::uintptr_t>(entry), reinterpret_cast<std::uintptr_t>(innermost)};
  }
  static Key Below(std::uint32_t node, std::uintptr_t address) {
    return {~std::uintptr_t{node}, address};
  }

  // The key's node, or where it would be.
  Node& At(const Key& key);
  void MakeRoom();
  // Leaves the node what it has from there on; below the one returned, which has what was before.
  std::uint32_t Split(Node& node, std::uint32_t at);
  StackWalk* Insert(const StackWalk& walk, std::span<const Return> returns, const void* entry);
  void Forget();

  std::vector<StackWalk> walks_;
  std::vector<Return> returns_;
  std::vector<Node> nodes_;  // by key; half of them at most are nodes
  std::uint32_t node_count_ = 0;
};

}  // namespace fart

#endif  // FART_VM_PLATFORM_KNOWN_WALKS_H_
