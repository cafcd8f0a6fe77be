// Abandon -- lets go of what must not end.
//
// In the child of a fork some objects belong to threads that are not there: to end them would touch
// what the system has taken back, or run finalizers that are the parent's to run. They are moved to
// where nothing ends them, which needs no memory.

#ifndef FART_HEAP_BASE_ABANDON_H_
#define FART_HEAP_BASE_ABANDON_H_

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace fart {

template <typename T>
void Abandon(T&& value) {
  static_assert(std::is_rvalue_reference_v<T&&> && std::is_nothrow_move_constructible_v<T>);
  alignas(T) std::byte room[sizeof(T)];
  static_cast<void>(::new (room) T(std::move(value)));
}

}  // namespace fart

#endif  // FART_HEAP_BASE_ABANDON_H_
