// Ports -- the process's ports: what a number that messages are posted to stands for.
//
//     any thread: Ports::Post(id, message) -> look-up -> receiver.Accept -> told that there is one
//
// Behind a port stands a receiver: the message queue of an isolate (message_queue.h) or a native
// port (native_port.h). Posting needs no isolate.
//
// Invariants
//   VP-P1 number    a port's number is positive, never used for a second port, not to be guessed.
//   VP-P2 yes, no   Post answers true and the message is the receiver's, or false and the caller
//                   has it still: nothing of it has run or been freed.
//   VP-P3 unlocked  the table's lock is held for a look-up: never while a receiver, foreign code or
//                   a finalizer runs.
//
// Not here: what is in a message (message.h).

#ifndef FART_VM_PORT_PORTS_H_
#define FART_VM_PORT_PORTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "vm/message/message.h"
#include "vm/values/send_port.h"

namespace fart {

enum class PortKind : std::uint8_t {
  kReceive,  // of an isolate
  kNative,   // of a handler in C
};

// A message and the port it came by.
struct Delivery {
  PortId port = kNoPort;
  Message message;
};

// What stands behind ports. Called by any thread, with no lock held.
class PortReceiver {
 public:
  explicit PortReceiver(PortKind kind) : kind_(kind) {}
  virtual ~PortReceiver() = default;
  PortReceiver(const PortReceiver&) = delete;
  PortReceiver& operator=(const PortReceiver&) = delete;

  PortKind kind() const { return kind_; }

  // True: `message` has been moved away. False: the port has closed meanwhile, or nobody could be
  // set to work; `message` is as it was. (VP-P2)
  [[nodiscard]] virtual bool Accept(PortId port, Message& message) = 0;
  // `port` has just been taken out of the table.
  virtual void PortClosed(PortId port) = 0;

  // For fork: keeps everybody else out until one of the others. In the child, what the threads that
  // are gone were doing is done by nobody.
  virtual void BeforeFork() = 0;
  virtual void AfterForkInParent() = 0;
  virtual void AfterForkInChild() = 0;

 private:
  const PortKind kind_;
};

class Ports {
 public:
  // kNoPort only for a native port after RefuseNativePorts.
  static PortId Open(std::shared_ptr<PortReceiver> receiver);
  // What was behind it. Null, and nothing happens: there is no such port of this kind.
  static std::shared_ptr<PortReceiver> Close(PortId port, PortKind kind);

  // VP-P2. Whoever waits for messages there is told before this returns.
  [[nodiscard]] static bool Post(PortId port, Message& message);

  // Ports of both kinds that are open now.
  static std::size_t Count();

  // No native port accepts a message or can be opened until AllowNativePorts.
  static void HoldNativePorts();
  // And every one is closed.
  static void RefuseNativePorts();
  static void AllowNativePorts();

  // ---- For fork
  static void BeforeFork();
  static void AfterForkInParent();
  static void AfterForkInChild();
  // Takes all ports of a receiver out of the table, which is not told and may not exist any more.
  static void Forget(const PortReceiver* receiver);
};

// Ends a message that nobody will handle: whoever waits for a reply to it is sent an error with
// this text, then what the message owns ends. May run finalizers: hold no lock.
void DropUnhandled(Message message, std::string_view why);

// Sends an error to a waiting side: a message whose is_error() is true, a string that says why.
// Nothing happens if `reply_port` is kNoPort or closed.
void PostError(PortId reply_port, std::string_view why);

}  // namespace fart

#endif  // FART_VM_PORT_PORTS_H_
