// Readiness -- waiting for descriptors, children of the process, and whoever wakes.
//
// A child is looked after by its number alone: nothing here waits for children that others have
// started, and no signal is listened to.
//
// Not here: who is told (vm/port/watches.h).

#ifndef FART_HEAP_PLATFORM_READINESS_H_
#define FART_HEAP_PLATFORM_READINESS_H_

#include <cstdint>
#include <vector>

namespace fart {

// Wakes who waits for its descriptor. Any thread.
class WakeSignal {
 public:
  WakeSignal() = default;
  ~WakeSignal() { Close(); }
  WakeSignal(const WakeSignal&) = delete;
  WakeSignal& operator=(const WakeSignal&) = delete;

  // False: the system has none to give.
  [[nodiscard]] bool Open();
  void Close();
  void Raise() const;
  void Lower() const;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

struct Awaited {
  int descriptor = -1;  // Below 0: none.
  bool is_for_writing = false;
  bool is_ready = false;  // Answered: also if nothing will ever come.
};
// Until one of them is ready, or so many milliseconds are over; below 0: for ever. A signal may end
// it early.
void WaitUntilReady(std::vector<Awaited>* all, std::int64_t milliseconds);

// A descriptor that is ready when the child has ended. Below 0: the system has none.
int OpenChild(int child);
void CloseDescriptor(int descriptor);

// Of a child that nobody knows the end of: another part of the process has waited for it.
inline constexpr int kUnknownEnd = 256;
// False: it has not ended. *code is what it ended with, minus the signal's number if by one.
// Afterwards the child is no more.
bool TakeEndOfChild(int child, int* code);
// Whether there is such a process, and it may be sent that.
bool SendSignal(int process, int signal);
int OwnProcess();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_READINESS_H_
