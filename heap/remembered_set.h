// RememberedSet -- the old objects that may point into new space.
//
// A small holder is remembered whole. Of a holder above kCardHolderSize only the cards stored into
// are: card k covers its bytes from k * kCardSize on; the last card also covers a shorter rest, so
// that no two holders' cards begin in the same kCardSize block of the heap and one byte per block
// can say "this card is in the set". No lookup of object starts is ever needed. The byte has a bit
// for each line of kLineSize bytes, the last for the shorter rest as well: only lines stored into
// are looked at, for the others would each be a miss of the cache.
//
// Invariants
//   H-R1 complete  an old object with a new-space slot is in the set, whole or with the slot's
//                  card and line; so is a young large object with one, always by card.
//   H-R2 once      an object's remembered bit is set iff it is in the set whole; a card's byte is
//                  not 0 iff the card is in the set. Each is listed exactly once, but when the set
//                  has overflowed: at most once.
//   H-R3 stable    only a collection removes, and only inside a pause.
//
// A store cannot fail. When there is no memory to list what it remembers, bit or byte are set all
// the same and the set has overflowed: the next collection is one of the whole heap, which needs no
// remembered set and makes a new one (cf. the full collection of generational collectors whose
// remembered set is bounded: Jones, Hosking and Moss, "The Garbage Collection Handbook", 2nd
// edition, section 11.8).
//
// Not here: deciding when to record (Mutator::StoreField).

#ifndef FART_HEAP_REMEMBERED_SET_H_
#define FART_HEAP_REMEMBERED_SET_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/platform/off_heap.h"

namespace fart {

inline constexpr ByteCount kCardHolderSize = KiB(1);
inline constexpr ByteCount kCardSize = ByteCount(512);
inline constexpr ByteCount kLineSize = kCardSize / 8;

class RememberedSet {
 public:
  struct Entry {
    static constexpr std::uint32_t kWhole = ~std::uint32_t{0};
    ObjectPtr holder;
    std::uint32_t card = kWhole;
    bool is_whole() const { return card == kWhole; }
  };

  // One byte per kCardSize block of the heap's range, which begins at `range_start`; all 0.
  RememberedSet(std::uint8_t* card_bytes, Address range_start)
      : card_base_(reinterpret_cast<std::uintptr_t>(card_bytes) -
                   range_start.value() / kCardSize.value()) {}

  // Remembers the whole holder, unless it is already. Never fails, nor does Add.
  void AddWhole(ObjectPtr holder);
  // Remembers what is needed for `slot` of `holder`, an object of `size` bytes.
  void Add(ObjectPtr holder, ByteCount size, const ObjectPtr* slot);

  // The slots of `card` in a holder of `size` bytes: [first, second), as addresses.
  static std::pair<Address, Address> CardBounds(ObjectPtr holder, ByteCount size,
                                                std::uint32_t card);
  static std::uint32_t CardOf(ObjectPtr holder, ByteCount size, const ObjectPtr* slot);

  bool IsCardSet(ObjectPtr holder, std::uint32_t card) const { return CardByte(holder, card) != 0; }
  // Of the card of `slot` the bit of its line.
  static std::uint8_t LineBit(ObjectPtr holder, std::uint32_t card, const ObjectPtr* slot) {
    const ByteCount offset = Address::Of(slot) - (holder.address() + kCardSize * card);
    return static_cast<std::uint8_t>(
        1u << std::min<std::size_t>(offset.value() / kLineSize.value(), 7));
  }
  // Whether the line of `slot` is.
  bool IsSlotSet(ObjectPtr holder, ByteCount size, const ObjectPtr* slot) const {
    const std::uint32_t card = CardOf(holder, size, slot);
    return (CardByte(holder, card) & LineBit(holder, card, slot)) != 0;
  }
  // For a collection: only these from now on, one at least, of a card that is in the set.
  void SetLines(ObjectPtr holder, std::uint32_t card, std::uint8_t lines) {
    FART_DCHECK(lines != 0 && CardByte(holder, card) != 0);
    CardByte(holder, card) = lines;
  }
  // Calls visit(start) for each line of an entry's card that is set; no more than kLineSize of the
  // last one is meant.
  template <typename Visit>
  [[gnu::always_inline]] void ForEachLine(const Entry& entry, Visit&& visit) const {
    const Address card = entry.holder.address() + kCardSize * entry.card;
    for (std::uint32_t lines = CardByte(entry.holder, entry.card); lines != 0; lines &= lines - 1) {
      visit(card + kLineSize * static_cast<std::uint32_t>(std::countr_zero(lines)));
    }
  }
  // Calls visit(from, to) for the lines of a card that are set, neighbours at once.
  template <typename Visit>
  void ForEachLineSpan(ObjectPtr holder, ByteCount size, std::uint32_t card, Visit&& visit) const {
    const std::pair<Address, Address> bounds = CardBounds(holder, size, card);
    const std::uint32_t lines = CardByte(holder, card);
    for (std::uint32_t at = 0; lines >> at != 0;) {
      at += static_cast<std::uint32_t>(std::countr_zero(lines >> at));
      const Address from = bounds.first + kLineSize * at;
      at += static_cast<std::uint32_t>(std::countr_one(lines >> at));
      visit(from, at < 8 ? bounds.first + kLineSize * at : bounds.second);
    }
  }

  // Calls visit(card) for each card of an object of `size` bytes whose byte is set.
  template <typename Visit>
  void ForEachCardOf(ObjectPtr holder, ByteCount size, Visit&& visit) const {
    if (size <= kCardHolderSize) return;
    const std::uint8_t* const bytes = &CardByte(holder, 0);
    const std::size_t cards = size.value() / kCardSize.value();
    for (std::size_t card = 0; card < cards; ++card) {
      // Most of a large holder's are clear: eight at a time.
      while (card + 8 <= cards && AllClear(bytes + card)) card += 8;
      if (card < cards && bytes[card] != 0) visit(static_cast<std::uint32_t>(card));
    }
  }

  // How many cards of an object of `size` bytes are in the set.
  std::size_t CardsSetIn(Address object, ByteCount size) const;

  const Vector<Entry>& entries() const { return entries_; }
  // Some of what is remembered is not listed. (H-R2)
  bool has_overflowed() const { return has_overflowed_; }

  // For a collection (H-R3): asks `stays(entry)` of each entry there is now. It may add more
  // meanwhile; where it answers false it has forgotten the entry, with Forget.
  template <typename Stays>
  void Revise(Stays&& stays) {
    const std::size_t count = entries_.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const Entry entry = entries_[i];
      if (stays(entry)) entries_[kept++] = entry;
    }
    const auto begin = entries_.begin();
    entries_.erase(begin + static_cast<std::ptrdiff_t>(kept),
                   begin + static_cast<std::ptrdiff_t>(count));
  }
  // Of a set that has overflowed nothing is listed from now on. The caller clears all remembered
  // bits, and with ForgetCardsIn the bytes of the heap's regions.
  void BeginAnew() {
    entries_.clear();
    has_overflowed_ = false;
  }
  void ForgetCardsIn(Address from, ByteCount size) {
    std::memset(&CardByte(ObjectPtr::FromAddress(from), 0), 0, size.value() / kCardSize.value());
  }
  // Clears the entry's bit or byte. The holder must still be readable at entry.holder, with a
  // header, for a whole entry; of a card it may be gone.
  void Forget(Entry entry);

 private:
  friend struct RememberedSetTestPeer;

  std::uint8_t& CardByte(ObjectPtr holder, std::uint32_t card) const {
    const std::uintptr_t place =
        holder.address().value() + std::uintptr_t{card} * kCardSize.value();
    return *reinterpret_cast<std::uint8_t*>(card_base_ + place / kCardSize.value());
  }

  static bool AllClear(const std::uint8_t* eight) {
    std::uint64_t word;
    std::memcpy(&word, eight, sizeof word);
    return word == 0;
  }

  void List(Entry entry) {
    if (!TryAppend(entries_, entry)) has_overflowed_ = true;
  }

  std::uintptr_t card_base_;  // where the byte of address 0 would be
  Vector<Entry> entries_;
  bool has_overflowed_ = false;
};

}  // namespace fart

#endif  // FART_HEAP_REMEMBERED_SET_H_
