// SetLock -- of what threads share of a LibrarySet; the thread that holds it may take it again.
//
// Invariants
//   LC-O1 forked  in the child of a fork the thread that held it in the parent holds it, and may
//   give
//                 it up. What the C library has for this (std::recursive_mutex) goes by a thread's
//                 number, which is another one there.

#ifndef FART_LANG_COMPILER_SET_LOCK_H_
#define FART_LANG_COMPILER_SET_LOCK_H_

#include <atomic>
#include <cstddef>
#include <mutex>
#include <thread>

namespace fart::lang {

// A std::lock_guard takes it.
class SetLock {
 public:
  SetLock() = default;
  SetLock(const SetLock&) = delete;
  SetLock& operator=(const SetLock&) = delete;

  void lock() {
    // Only the thread itself can have put its own name there.
    if (holder_.load(std::memory_order_relaxed) != std::this_thread::get_id()) {
      mutex_.lock();
      holder_.store(std::this_thread::get_id(), std::memory_order_relaxed);
    }
    ++depth_;
  }
  void unlock() {
    if (--depth_ > 0) return;
    holder_.store(std::thread::id(), std::memory_order_relaxed);
    mutex_.unlock();
  }

 private:
  std::mutex mutex_;
  std::atomic<std::thread::id> holder_{};
  std::size_t depth_ = 0;
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_SET_LOCK_H_
