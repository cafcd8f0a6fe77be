#include "vm/platform/known_walks.h"

#include <new>

namespace fart {

namespace {

constexpr std::size_t kLeastPlaces = 64;

}  // namespace

KnownWalks::Node& KnownWalks::At(const Key& key) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
  const std::uint64_t hash = (key.word ^ (std::uint64_t{key.above} * kOdd)) * kOdd;
  for (std::size_t at = hash >> 32;; ++at) {
    Node& node = nodes_[at & (nodes_.size() - 1)];
    if (node.number == kNone || node.key == key) return node;
  }
}

StackWalk* KnownWalks::Find(const std::uintptr_t* innermost, const void* entry) {
  if (nodes_.empty()) return nullptr;
  Key key = Outermost(innermost, entry);
  for (;;) {
    const Node& node = At(key);
    if (node.number == kNone) return nullptr;
    // Innermost first: each says that the frame is there in which the next lies.
    for (std::uint32_t i = node.first; i != node.end; ++i) {
      if (StackWordAt(returns_[i].place) != returns_[i].address) return nullptr;  // V-K1
    }
    if (node.next == nullptr) return &walks_[node.walk];
    key = Below(node.number, StackWordAt(node.next));
  }
}

StackWalk* KnownWalks::Keep(const StackWalk& walk, std::span<const Return> returns,
                            const void* entry) {
  if (walks_.size() == kMostWalks) Forget();  // V-K2
  try {
    MakeRoom();
    return Insert(walk, returns, entry);
  } catch (const std::bad_alloc&) {
    Forget();
    throw;
  }
}

StackWalk* KnownWalks::Insert(const StackWalk& walk, std::span<const Return> returns,
                              const void* entry) {
  Key key = Outermost(returns[0].place, entry);
  std::size_t done = 0;  // of the returns, by the nodes above and by the key
  while (At(key).number != kNone) {
    Node& node = At(key);
    std::uint32_t at = node.first;
    while (at != node.end && done != returns.size() && returns_[at] == returns[done]) {
      ++at;
      ++done;
    }
    // By what lies there they part. Where their next returns lie at two places, as those of frames
    // may whose size is known at run time only, nothing tells which to look at.
    const std::uintptr_t* const parting = at == node.end ? node.next : returns_[at].place;
    if (done == returns.size() || returns[done].place != parting) return nullptr;
    const std::uint32_t above = at == node.end ? node.number : Split(node, at);
    key = Below(above, returns[done++].address);
  }
  walks_.push_back(walk);
  const auto first = static_cast<std::uint32_t>(returns_.size());
  returns_.insert(returns_.end(), returns.begin() + static_cast<std::ptrdiff_t>(done),
                  returns.end());
  At(key) = {.key = key,
             .number = node_count_++,
             .first = first,
             .end = static_cast<std::uint32_t>(returns_.size()),
             .walk = static_cast<std::uint32_t>(walks_.size() - 1)};
  return &walks_.back();
}

std::uint32_t KnownWalks::Split(Node& node, std::uint32_t at) {
  Node lower = node;
  lower.key = Below(node_count_, returns_[at].address);
  lower.first = at + 1;
  node.next = returns_[at].place;
  node.number = node_count_++;
  node.end = at;
  node.walk = kNone;
  At(lower.key) = lower;
  return node.number;
}

// A walk more is two nodes more: itself, and what it has in common with one that was there.
void KnownWalks::MakeRoom() {
  if (2 * (std::size_t{node_count_} + 2) <= nodes_.size()) return;
  std::vector<Node> old(nodes_.empty() ? kLeastPlaces : 2 * nodes_.size());
  old.swap(nodes_);
  for (const Node& node : old) {
    if (node.number != kNone) At(node.key) = node;
  }
}

void KnownWalks::Forget() {
  walks_.clear();
  returns_.clear();
  nodes_.clear();
  node_count_ = 0;
}

}  // namespace fart
