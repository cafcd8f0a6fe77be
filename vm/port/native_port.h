// NativePort -- a port whose messages go to a handler on threads of the pool.
//
// Messages are begun in the order in which they came, at most `max_concurrency` at a time: with
// one, each is done before the next begins. Closing the port refuses further messages; those that
// it has accepted are still handled.
//
// Invariants
//   VP-H1 accepted  an accepted message is handed to the handler, once.
//   VP-H2 bounded   at most max_concurrency calls of the handler run at a time.
//   VP-H3 unlocked  the lock is not held while the handler runs or a message ends.
//
// Not here: what a handler is in C (api/native_ports.cc).

#ifndef FART_VM_PORT_NATIVE_PORT_H_
#define FART_VM_PORT_NATIVE_PORT_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "vm/message/message.h"
#include "vm/port/ports.h"
#include "vm/port/thread_pool.h"
#include "vm/values/send_port.h"

namespace fart {

class NativeMessageHandler {
 public:
  virtual ~NativeMessageHandler() = default;
  // On a thread of the pool, inside no isolate; on several at a time if the port allows it. Lets no
  // exception out.
  virtual void Handle(Delivery delivery) = 0;
};

class NativePort final : public PortReceiver,
                         public ThreadPool::Task,
                         public std::enable_shared_from_this<NativePort> {
 public:
  // kNoPort: Ports::RefuseNativePorts. max_concurrency is at least 1.
  static PortId Open(ThreadPool& pool, std::size_t max_concurrency,
                     std::unique_ptr<NativeMessageHandler> handler);

  NativePort(ThreadPool& pool, std::size_t max_concurrency,
             std::unique_ptr<NativeMessageHandler> handler);

  // PortReceiver
  bool Accept(PortId port, Message& message) override;
  void PortClosed(PortId port) override;
  void BeforeFork() override { lock_.lock(); }
  void AfterForkInParent() override { lock_.unlock(); }
  // What waits is the parent's to handle, and to end.
  void AfterForkInChild() override;

  // Closes a port of this kind and waits until its handler has ended, for the last time. False: it
  // is none. Not on a thread that its handler runs on.
  static bool CloseAndWait(PortId port);
  // Whether the calling thread runs the handler of that port.
  static bool IsHandling(PortId port);

  // ThreadPool::Task: handles what waits, then ends.
  void Run() override;

 private:
  // After so many messages a thread goes to the end of the pool's queue, for other ports' sake.
  static constexpr int kMessagesPerTurn = 64;

  std::optional<Delivery> TakeOrEnd(std::uint32_t forks);
  bool YieldTurn();
  void WaitUntilEnded();

  ThreadPool& pool_;
  const std::size_t max_concurrency_;
  const std::unique_ptr<NativeMessageHandler> handler_;

  std::mutex lock_;
  std::condition_variable ended_;
  bool is_closed_ = false;
  std::uint32_t forks_ = 0;  // the process's, since this was made
  std::size_t running_ = 0;  // tasks of this port that the pool has; each handles what waits
  std::deque<Delivery> queue_;
};

}  // namespace fart

#endif  // FART_VM_PORT_NATIVE_PORT_H_
