#include "vm/port/message_queue.h"

#include <iterator>
#include <new>
#include <utility>

#include "vm/port/timers.h"
#include "vm/port/watches.h"

namespace fart {

using Guard = std::lock_guard<std::mutex>;

// ---- Ports

PortId MessageQueue::OpenPort(PortLiveness liveness) {
  if (is_closed_) return kNoPort;  // changed by this thread only
  const PortId port = Ports::Open(shared_from_this());
  try {
    const Guard guard(lock_);
    ports_.emplace(port, ReceivePort{.liveness = liveness});
  } catch (const std::bad_alloc&) {
    static_cast<void>(Ports::Close(port, PortKind::kReceive));
    throw;
  }
  const Guard guard(lock_);
  if (liveness == PortLiveness::kKeepsAlive) ++live_ports_;
  return port;
}

bool MessageQueue::ClosePort(PortId port) {
  return IsOpen(port) && Ports::Close(port, PortKind::kReceive) != nullptr;
}

void MessageQueue::PortClosed(PortId port) {
  CancelTimers(port);
  CancelWatches(port);
  Waiting dropped;
  {
    const Guard guard(lock_);
    const auto place = ports_.find(port);
    if (place == ports_.end()) return;  // OpenPort had no memory.
    if (place->second.liveness == PortLiveness::kKeepsAlive) --live_ports_;
    for (std::size_t left = place->second.waiting; left != 0; --left) {
      const Waiting::iterator first = place->second.first;
      place->second.first = first->next_of_port;
      dropped.splice(dropped.end(), queue_, first);
    }
    ports_.erase(place);
  }
  for (Entry& entry : dropped) {  // VP-Q2
    DropUnhandled(std::move(entry.delivery.message),
                  "The port was closed before the message was handled.");
  }
}

bool MessageQueue::SetLiveness(PortId port, PortLiveness liveness) {
  const Guard guard(lock_);
  const auto place = ports_.find(port);
  if (place == ports_.end()) return false;
  if (place->second.liveness == liveness) return true;
  place->second.liveness = liveness;
  if (liveness == PortLiveness::kKeepsAlive) {
    ++live_ports_;
  } else {
    --live_ports_;
  }
  return true;
}

void MessageQueue::Close() {
  std::shared_ptr<MessageListener> listener;  // Ends unlocked.
  {
    const Guard guard(lock_);
    is_closed_ = true;
    listener = std::move(listener_);
    listener_ = nullptr;
  }
  for (PortId port = AnyPort(); port != kNoPort; port = AnyPort()) ClosePort(port);
}

PortId MessageQueue::AnyPort() const {
  const Guard guard(lock_);
  return ports_.empty() ? kNoPort : ports_.begin()->first;
}

bool MessageQueue::IsOpen(PortId port) const {
  const Guard guard(lock_);
  return ports_.contains(port);
}

std::size_t MessageQueue::open_ports() const {
  const Guard guard(lock_);
  return ports_.size();
}

std::vector<PortId> MessageQueue::PortsThatAreOpen() const {
  const Guard guard(lock_);
  std::vector<PortId> open;
  open.reserve(ports_.size());
  for (const auto& [port, state] : ports_) open.push_back(port);
  return open;
}

bool MessageQueue::HasLivePorts() const {
  const Guard guard(lock_);
  return live_ports_ != 0;
}

// ---- Messages

bool MessageQueue::Accept(PortId port, Message& message) {
  std::shared_ptr<MessageListener> listener;
  {
    const Guard guard(lock_);
    const auto place = ports_.find(port);
    if (place == ports_.end()) return false;  // Closed since it was looked up.
    if (!Append(port, &place->second, message)) return false;
    listener = listener_;
  }
  came_.notify_one();
  if (listener != nullptr) listener->MessageCame();  // VP-Q2
  return true;
}

// False: there is no memory for it.
bool MessageQueue::Append(PortId port, ReceivePort* state, Message& message) {
  try {
    queue_.emplace_back();
  } catch (const std::bad_alloc&) {
    return false;
  }
  const Waiting::iterator entry = std::prev(queue_.end());
  entry->delivery.port = port;
  entry->delivery.message = std::move(message);
  if (state->waiting == 0) {
    state->first = entry;
  } else {
    state->last->next_of_port = entry;
  }
  state->last = entry;
  ++state->waiting;
  return true;
}

Delivery MessageQueue::TakeFirst() {
  Entry& first = queue_.front();
  ReceivePort& state = ports_.find(first.delivery.port)->second;  // VP-Q1: it is there
  state.first = first.next_of_port;  // The oldest of all is the oldest of its port.
  --state.waiting;
  Delivery delivery = std::move(first.delivery);
  queue_.pop_front();
  return delivery;
}

std::optional<Delivery> MessageQueue::TryTake() {
  const Guard guard(lock_);
  if (queue_.empty()) return std::nullopt;
  return TakeFirst();
}

std::optional<Delivery> MessageQueue::WaitAndTake() {
  std::unique_lock<std::mutex> guard(lock_);
  came_.wait(guard, [this] { return !queue_.empty() || is_stop_requested_ || is_woken_; });
  if (is_stop_requested_ || is_woken_) return std::nullopt;
  return TakeFirst();
}

std::size_t MessageQueue::size() const {
  const Guard guard(lock_);
  return queue_.size();
}

void MessageQueue::RequestStop() {
  {
    const Guard guard(lock_);
    is_stop_requested_ = true;
  }
  came_.notify_all();
}

void MessageQueue::ForgetStop() {
  const Guard guard(lock_);
  is_stop_requested_ = false;
}

void MessageQueue::Wake() {
  const Guard guard(lock_);
  is_woken_ = true;
  came_.notify_all();
}

bool MessageQueue::TakeWake() {
  const Guard guard(lock_);
  return std::exchange(is_woken_, false);
}

void MessageQueue::SetListener(std::shared_ptr<MessageListener> listener) {
  const Guard guard(lock_);
  listener_.swap(listener);
  // The old one ends with the parameter, after the guard.
}

std::shared_ptr<MessageListener> MessageQueue::listener() const {
  const Guard guard(lock_);
  return listener_;
}

// The messages stay: they are the child's as much as the parent's.
void MessageQueue::AfterForkInChild() {
  new (&came_) std::condition_variable;
  lock_.unlock();
}

}  // namespace fart
