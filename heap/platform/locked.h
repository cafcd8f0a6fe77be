// Locked -- a lock held for as long as this lives: of state that is there before main and after,
// which no std::mutex is.

#ifndef FART_HEAP_PLATFORM_LOCKED_H_
#define FART_HEAP_PLATFORM_LOCKED_H_

#include <pthread.h>

namespace fart {

class Locked {
 public:
  explicit Locked(pthread_mutex_t* lock) : lock_(lock) { pthread_mutex_lock(lock_); }
  ~Locked() { pthread_mutex_unlock(lock_); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;

 private:
  pthread_mutex_t* lock_;
};

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_LOCKED_H_
