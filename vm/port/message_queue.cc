#include "vm/port/message_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "heap/base/check.h"

namespace fart {

using Guard = std::lock_guard<std::mutex>;

// ---- Ports

PortId MessageQueue::OpenPort(PortLiveness liveness) {
  if (is_closed_) return kNoPort;  // changed by this thread only
  const PortId port = Ports::Open(shared_from_this());
  const Guard guard(lock_);
  ports_.emplace(port, ReceivePort{.liveness = liveness});
  if (liveness == PortLiveness::kKeepsAlive) ++live_ports_;
  return port;
}

bool MessageQueue::ClosePort(PortId port) {
  return IsOpen(port) && Ports::Close(port, PortKind::kReceive);
}

void MessageQueue::PortClosed(PortId port) {
  std::vector<Delivery> dropped;
  {
    const Guard guard(lock_);
    const auto place = ports_.find(port);
    FART_CHECK(place != ports_.end());
    if (place->second.liveness == PortLiveness::kKeepsAlive) --live_ports_;
    // Most ports close with nothing waiting for them, however long the queue is.
    if (place->second.waiting != 0) {
      const auto is_kept = [port](const Delivery& delivery) { return delivery.port != port; };
      const auto first = std::stable_partition(queue_.begin(), queue_.end(), is_kept);
      std::move(first, queue_.end(), std::back_inserter(dropped));
      queue_.erase(first, queue_.end());
    }
    ports_.erase(place);
  }
  for (Delivery& delivery : dropped) {  // Q2
    DropUnhandled(std::move(delivery.message),
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
  std::vector<PortId> open;
  std::shared_ptr<MessageListener> listener;  // Ends unlocked.
  {
    const Guard guard(lock_);
    is_closed_ = true;
    listener = std::move(listener_);
    listener_ = nullptr;
    for (const auto& [port, state] : ports_) open.push_back(port);
  }
  for (const PortId port : open) ClosePort(port);
}

bool MessageQueue::IsOpen(PortId port) const {
  const Guard guard(lock_);
  return ports_.contains(port);
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
    ++place->second.waiting;
    queue_.push_back({.port = port, .message = std::move(message)});
    listener = listener_;
  }
  came_.notify_one();
  if (listener != nullptr) listener->MessageCame();  // Q2
  return true;
}

Delivery MessageQueue::TakeFirst() {
  Delivery first = std::move(queue_.front());
  queue_.pop_front();
  --ports_.find(first.port)->second.waiting;  // Q1: it is there
  return first;
}

std::optional<Delivery> MessageQueue::TryTake() {
  const Guard guard(lock_);
  if (queue_.empty()) return std::nullopt;
  return TakeFirst();
}

std::optional<Delivery> MessageQueue::WaitAndTake() {
  std::unique_lock<std::mutex> guard(lock_);
  came_.wait(guard, [this] { return !queue_.empty() || is_stop_requested_; });
  if (is_stop_requested_) return std::nullopt;
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

void MessageQueue::SetListener(std::shared_ptr<MessageListener> listener) {
  const Guard guard(lock_);
  listener_.swap(listener);
  // The old one ends with the parameter, after the guard.
}

std::shared_ptr<MessageListener> MessageQueue::listener() const {
  const Guard guard(lock_);
  return listener_;
}

}  // namespace fart
