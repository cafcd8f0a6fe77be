#include "heap/remembered_set.h"

#include <algorithm>

#include "heap/object/header.h"

namespace fart {

void RememberedSet::AddWhole(ObjectPtr holder) {
  const Header header = Header::Of(holder);
  if (header.remembered()) return;  // H-R2
  header.WithRemembered(true).StoreTo(holder);
  List({.holder = holder, .card = Entry::kWhole});
}

void RememberedSet::Add(ObjectPtr holder, ByteCount size, const ObjectPtr* slot) {
  if (size <= kCardHolderSize || Header::Of(holder).remembered()) {
    AddWhole(holder);
    return;
  }
  const std::uint32_t card = CardOf(holder, size, slot);
  std::uint8_t& byte = CardByte(holder, card);
  const std::uint8_t before = byte;
  byte |= LineBit(holder, card, slot);
  if (before != 0) return;  // H-R2
  List({.holder = holder, .card = card});
}

std::uint32_t RememberedSet::CardOf(ObjectPtr holder, ByteCount size, const ObjectPtr* slot) {
  const ByteCount offset = Address::Of(slot) - holder.address();
  FART_DCHECK(offset < size);
  const std::size_t last = size.value() / kCardSize.value() - 1;
  return static_cast<std::uint32_t>(std::min(offset.value() / kCardSize.value(), last));
}

std::pair<Address, Address> RememberedSet::CardBounds(ObjectPtr holder, ByteCount size,
                                                      std::uint32_t card) {
  const std::size_t last = size.value() / kCardSize.value() - 1;
  const Address begin = holder.address() + kCardSize * card;
  return {begin, card == last ? holder.address() + size : begin + kCardSize};
}

std::size_t RememberedSet::CardsSetIn(Address object, ByteCount size) const {
  if (size <= kCardHolderSize) return 0;
  const std::uint8_t* const first = &CardByte(ObjectPtr::FromAddress(object), 0);
  const std::uint8_t* const last = first + size.value() / kCardSize.value();
  return static_cast<std::size_t>(last - first - std::count(first, last, std::uint8_t{0}));
}

void RememberedSet::Forget(Entry entry) {
  if (entry.is_whole()) {
    Header::Of(entry.holder).WithRemembered(false).StoreTo(entry.holder);
  } else {
    CardByte(entry.holder, entry.card) = 0;
  }
}

}  // namespace fart
