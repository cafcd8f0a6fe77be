// RememberedSet -- the old objects that may point into new space.
//
// A small holder is remembered whole. Of a holder above kCardHolderSize only the cards stored into
// are: card k covers its bytes from k * kCardSize on; the last card also covers a shorter rest, so
// that no two holders' cards begin in the same kCardSize block of the heap and one byte per block
// can say "this card is in the set". No lookup of object starts is ever needed.
//
// Invariants
//   H-R1 complete  an old object with a new-space slot is in the set, whole or with the slot's
//                  card; so is a young large object with one, always by card.
//   H-R2 once      an object's remembered bit is set iff it is in the set whole, exactly once; a
//                  card's byte is set iff the card is in the set, exactly once.
//   H-R3 stable    only a collection removes, and only inside a pause.
//
// Not here: deciding when to record (Mutator::StoreField).

#ifndef FART_HEAP_REMEMBERED_SET_H_
#define FART_HEAP_REMEMBERED_SET_H_

#include <cstdint>
#include <cstring>
#include <utility>

#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/platform/off_heap.h"

namespace fart {

inline constexpr ByteCount kCardHolderSize = KiB(1);
inline constexpr ByteCount kCardSize = ByteCount(512);

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

  // Remembers the whole holder, unless it is already.
  void AddWhole(ObjectPtr holder);
  // Remembers what is needed for `slot` of `holder`, an object of `size` bytes.
  void Add(ObjectPtr holder, ByteCount size, const ObjectPtr* slot);

  // The slots of `card` in a holder of `size` bytes: [first, second), as addresses.
  static std::pair<Address, Address> CardBounds(ObjectPtr holder, ByteCount size,
                                                std::uint32_t card);
  static std::uint32_t CardOf(ObjectPtr holder, ByteCount size, const ObjectPtr* slot);

  bool IsCardSet(ObjectPtr holder, std::uint32_t card) const { return CardByte(holder, card) != 0; }

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

  // How many cards of an object of `size` bytes have their byte set.
  std::size_t CardsSetIn(Address object, ByteCount size) const;

  const Vector<Entry>& entries() const { return entries_; }

  // For a collection (H-R3): takes all entries out; bits and bytes stay set. Each entry is then
  // either given to PutBack or forgotten with Forget.
  Vector<Entry> TakeAll() { return std::exchange(entries_, {}); }
  void PutBack(Entry entry) { entries_.push_back(entry); }
  // Clears the entry's bit or byte. The holder must still be readable at entry.holder, with a
  // header, for a whole entry.
  void Forget(Entry entry);
  // Clears the byte of a card whose holder is gone from entry.holder.
  void ForgetCard(Entry entry) { CardByte(entry.holder, entry.card) = 0; }

 private:
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

  std::uintptr_t card_base_;  // where the byte of address 0 would be
  Vector<Entry> entries_;
};

}  // namespace fart

#endif  // FART_HEAP_REMEMBERED_SET_H_
