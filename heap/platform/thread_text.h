// ThreadText -- a text that a thread keeps, for as long as it runs anything.
//
// A thread_local std::string is gone when the destructors of other thread_local and static objects
// run, and those of a host may well ask for it. This has no destructor; its memory ends at the
// thread's end (thread_end.h). What does not fit into memory is lost, which the text then says.
//
//     constinit thread_local ThreadText text;
//     text.Set("what happened", [] { text.Free(); });

#ifndef FART_HEAP_PLATFORM_THREAD_TEXT_H_
#define FART_HEAP_PLATFORM_THREAD_TEXT_H_

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "heap/platform/thread_end.h"

namespace fart {

class ThreadText {
 public:
  static constexpr const char* kLost = "(There was no memory for this text.)";

  // NUL-terminated, valid until the next Set; never null.
  const char* Get() const { return is_lost_ ? kLost : text_ == nullptr ? "" : text_; }

  // `free` calls Free of this object.
  void Set(std::string_view text, ThreadEndAction free) {
    is_lost_ = text.size() >= capacity_ && !Grow(text.size() + 1, free);
    if (is_lost_) return;
    std::memcpy(text_, text.data(), text.size());
    text_[text.size()] = '\0';
  }

  void Free() {
    std::free(text_);
    text_ = nullptr;
    capacity_ = 0;
  }

 private:
  bool Grow(std::size_t needed, ThreadEndAction free) {
    const std::size_t capacity = std::max<std::size_t>(needed, 256);
    auto* const grown = static_cast<char*>(std::realloc(text_, capacity));
    if (grown == nullptr) return false;
    text_ = grown;
    capacity_ = capacity;
    static_cast<void>(AtThreadEnd(free));  // Else it is there for ever.
    return true;
  }

  char* text_ = nullptr;
  std::size_t capacity_ = 0;
  bool is_lost_ = false;
};

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_THREAD_TEXT_H_
