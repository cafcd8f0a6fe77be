#include <pthread.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "heap/platform/thread_text.h"

namespace fart {
namespace {

struct Kept {
  char* text;
  std::size_t capacity;
};
struct ThreadTexts {
  Kept kept[kThreadTexts];
};

constinit thread_local ThreadTexts* own = nullptr;

constexpr char kNoMemory[] = "(There was no memory for this text.)";

void Free(void* block) {
  auto* const texts = static_cast<ThreadTexts*>(block);
  for (const Kept& kept : texts->kept) std::free(kept.text);
  std::free(texts);
  own = nullptr;
}

// Without a key, when the process has no more of them, a thread's texts stay when it ends.
struct Key {
  pthread_key_t key;
  bool exists;
};
constinit Key the_key = {};
constinit pthread_once_t key_once = PTHREAD_ONCE_INIT;

ThreadTexts* Own() {
  if (own != nullptr) return own;
  pthread_once(&key_once, [] { the_key.exists = pthread_key_create(&the_key.key, Free) == 0; });
  own = static_cast<ThreadTexts*>(std::calloc(1, sizeof(ThreadTexts)));
  if (own != nullptr && the_key.exists && pthread_setspecific(the_key.key, own) != 0) {
    std::free(own);
    own = nullptr;
  }
  return own;
}

// In place of a text that is too long for what there is.
const char* KeepNoMemory(Kept& kept) {
  if (kept.capacity == 0) return kNoMemory;
  const std::size_t length = std::min(kept.capacity, sizeof(kNoMemory)) - 1;
  std::memcpy(kept.text, kNoMemory, length);
  kept.text[length] = '\0';
  return kept.text;
}

}  // namespace

const char* KeepThreadText(ThreadText which, std::string_view text) {
  ThreadTexts* const texts = Own();
  if (texts == nullptr) return kNoMemory;
  Kept& kept = texts->kept[static_cast<std::size_t>(which)];
  if (kept.capacity <= text.size()) {
    // Not realloc: `text` may be part of what is kept.
    const std::size_t capacity = std::max(text.size() + 1, 2 * kept.capacity);
    auto* const block = static_cast<char*>(std::malloc(capacity));
    if (block == nullptr) return KeepNoMemory(kept);
    if (!text.empty()) std::memcpy(block, text.data(), text.size());
    std::free(kept.text);
    kept = {block, capacity};
  } else if (!text.empty()) {
    std::memmove(kept.text, text.data(), text.size());
  }
  kept.text[text.size()] = '\0';
  return kept.text;
}

const char* KeptThreadText(ThreadText which) {
  return own == nullptr ? nullptr : own->kept[static_cast<std::size_t>(which)].text;
}

}  // namespace fart
