// MessageQueue -- an isolate's receive ports, and the messages that wait for it.
//
// Any thread adds messages; the thread inside the isolate opens and closes ports and takes
// messages, the oldest first, whatever port they came by. It outlives its isolate for as long as
// somebody is in the middle of posting.
//
// Invariants
//   VP-Q1 open      only messages of open ports are in the queue: closing a port drops those that
//                   wait for it, and whoever waits for a reply is told. Its timers end too.
//   VP-Q2 unlocked  the lock is held for an entry in a table: nothing is dropped, nobody is told
//                   and nothing foreign runs under it.
//   VP-Q3 live      HasLivePorts counts the open ports that keep the isolate's loop running.
//
// Not here: what is done with a message (event_loop.h).

#ifndef FART_VM_PORT_MESSAGE_QUEUE_H_
#define FART_VM_PORT_MESSAGE_QUEUE_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "vm/message/message.h"
#include "vm/port/ports.h"
#include "vm/values/send_port.h"

namespace fart {

// Whether an open port keeps an isolate's loop running.
enum class PortLiveness : std::uint8_t { kKeepsAlive, kIdle };

// Told that a message has come in, on the thread that posted, with no lock held. It may be told of
// a message that has been taken meanwhile, and once more after it has been removed.
class MessageListener {
 public:
  virtual ~MessageListener() = default;
  virtual void MessageCame() = 0;
};

class MessageQueue final : public PortReceiver, public std::enable_shared_from_this<MessageQueue> {
 public:
  MessageQueue() : PortReceiver(PortKind::kReceive) {}

  // ---- The isolate's thread
  // kNoPort after Close. Throws std::bad_alloc.
  PortId OpenPort(PortLiveness liveness);
  // Drops the messages that wait for it. False: it is no open port of this queue.
  bool ClosePort(PortId port);
  // False: it is no open port of this queue.
  bool SetLiveness(PortId port, PortLiveness liveness);
  // Closes every port. None can be opened afterwards.
  void Close();

  // ---- Any thread
  bool IsOpen(PortId port) const;
  std::size_t open_ports() const;
  // In no order. Throws std::bad_alloc.
  std::vector<PortId> PortsThatAreOpen() const;
  bool HasLivePorts() const;
  std::size_t size() const;
  // Nothing: none waits.
  [[nodiscard]] std::optional<Delivery> TryTake();
  // Waits for a message. Nothing: RequestStop.
  [[nodiscard]] std::optional<Delivery> WaitAndTake();

  // From now on WaitAndTake answers nothing: the isolate is to end.
  void RequestStop();
  void ForgetStop();

  // Who waits goes on with nothing, once.
  void Wake();
  // Whether that was why, since this was last asked.
  bool TakeWake();

  // Null for none.
  void SetListener(std::shared_ptr<MessageListener> listener);
  std::shared_ptr<MessageListener> listener() const;

  // PortReceiver
  bool Accept(PortId port, Message& message) override;
  void PortClosed(PortId port) override;
  void BeforeFork() override { lock_.lock(); }
  void AfterForkInParent() override { lock_.unlock(); }
  void AfterForkInChild() override;

 private:
  // In the order in which they came; those of one port are linked among each other, so that closing
  // it costs as much as it has messages.
  struct Entry;
  using Waiting = std::list<Entry>;
  struct Entry {
    Delivery delivery;
    Waiting::iterator next_of_port{};  // of all but the port's last
  };
  struct ReceivePort {
    PortLiveness liveness;
    std::size_t waiting = 0;    // its messages in queue_
    Waiting::iterator first{};  // if there are any
    Waiting::iterator last{};
  };

  // kNoPort: none is open.
  PortId AnyPort() const;
  [[nodiscard]] bool Append(PortId port, ReceivePort* state, Message& message);
  Delivery TakeFirst();

  mutable std::mutex lock_;
  std::condition_variable came_;
  std::unordered_map<PortId, ReceivePort> ports_;
  std::size_t live_ports_ = 0;  // VP-Q3
  Waiting queue_;
  std::shared_ptr<MessageListener> listener_;
  bool is_closed_ = false;
  bool is_stop_requested_ = false;
  bool is_woken_ = false;
};

}  // namespace fart

#endif  // FART_VM_PORT_MESSAGE_QUEUE_H_
