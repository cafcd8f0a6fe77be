#include "vm/port/ports.h"

#include <array>
#include <mutex>
#include <span>
#include <unordered_map>
#include <utility>

#include "heap/base/abandon.h"
#include "heap/base/check.h"
#include "vm/message/message_codec.h"
#include "vm/port/port_ids.h"

namespace fart {

namespace {

using Receivers = std::unordered_map<PortId, std::shared_ptr<PortReceiver>>;

struct Table {
  std::mutex lock;
  PortIds ids = PortIds::WithSecretKey();
  Receivers receivers;
  bool holds_native_ports = false;
  PortReceiver* first_held = nullptr;  // for a fork; alive, because the table is locked meanwhile

  bool Holds(const PortReceiver& receiver) const {
    return holds_native_ports && receiver.kind() == PortKind::kNative;
  }
};

// Never destroyed: threads may still post while the process ends.
Table& TheTable() {
  static auto* const table = new Table;
  return *table;
}

}  // namespace

PortId Ports::Open(std::shared_ptr<PortReceiver> receiver) {
  FART_DCHECK(receiver != nullptr);
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  if (table.Holds(*receiver)) return kNoPort;
  const PortId port = table.ids.Next();
  table.receivers.emplace(port, std::move(receiver));
  return port;
}

std::shared_ptr<PortReceiver> Ports::Close(PortId port, PortKind kind) {
  Receivers::node_type closed;  // Outlives the lock: it may be the receiver's last owner.
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    const auto place = table.receivers.find(port);
    if (place == table.receivers.end() || place->second->kind() != kind) return nullptr;
    closed = table.receivers.extract(place);
  }
  closed.mapped()->PortClosed(port);
  return std::move(closed.mapped());
}

bool Ports::Post(PortId port, Message& message) {
  std::shared_ptr<PortReceiver> receiver;
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    const auto place = table.receivers.find(port);
    if (place == table.receivers.end() || table.Holds(*place->second)) return false;
    receiver = place->second;
  }
  return receiver->Accept(port, message);  // VP-P3
}

PortId TakePortId() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  return table.ids.Next();
}

bool Ports::IsOpen(PortId port) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  const auto place = table.receivers.find(port);
  return place != table.receivers.end() && !table.Holds(*place->second);
}

std::size_t Ports::Count() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  return table.receivers.size();
}

void Ports::HoldNativePorts() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  table.holds_native_ports = true;
}

namespace {

// Some native ports, which are in the table no more; how many.
std::size_t TakeNative(std::span<Receivers::node_type> taken) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  std::size_t count = 0;
  for (auto place = table.receivers.begin();
       place != table.receivers.end() && count < taken.size();) {
    const auto candidate = place++;
    if (candidate->second->kind() != PortKind::kNative) continue;
    taken[count++] = table.receivers.extract(candidate);
  }
  return count;
}

}  // namespace

void Ports::RefuseNativePorts() {
  HoldNativePorts();
  // In pieces, which need no memory: the machine can always be ended.
  std::array<Receivers::node_type, 64> closed;
  while (const std::size_t count = TakeNative(closed)) {
    for (std::size_t i = 0; i < count; ++i) {
      closed[i].mapped()->PortClosed(closed[i].key());
      closed[i] = {};
    }
  }
}

void Ports::AllowNativePorts() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  table.holds_native_ports = false;
}

// ---- fork

// First the table, then what is behind it: nobody who holds a receiver's lock asks the table.
void Ports::BeforeFork() {
  Table& table = TheTable();
  table.lock.lock();
  for (const auto& [port, receiver] : table.receivers) {
    if (receiver->is_held_) continue;  // It has several ports.
    receiver->is_held_ = true;
    receiver->next_held_ = std::exchange(table.first_held, receiver.get());
    receiver->BeforeFork();
  }
}

template <typename Release>
void Ports::ReleaseHeld(Release&& release) {
  Table& table = TheTable();
  for (PortReceiver* held = std::exchange(table.first_held, nullptr); held != nullptr;) {
    PortReceiver* const next = std::exchange(held->next_held_, nullptr);
    held->is_held_ = false;
    release(*held);
    held = next;
  }
  table.lock.unlock();
}

void Ports::AfterForkInParent() {
  ReleaseHeld([](PortReceiver& receiver) { receiver.AfterForkInParent(); });
}

void Ports::AfterForkInChild() {
  ReleaseHeld([](PortReceiver& receiver) { receiver.AfterForkInChild(); });
}

void Ports::Forget(const PortReceiver* receiver) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  for (auto& [port, behind] : table.receivers) {
    // Not released: that would end what belongs to threads that are gone.
    if (behind.get() == receiver) Abandon(std::shared_ptr<PortReceiver>(behind));
  }
  std::erase_if(table.receivers,
                [receiver](const auto& entry) { return entry.second.get() == receiver; });
}

bool PostError(PortId reply_port, std::string_view why) {
  if (reply_port == kNoPort) return true;
  Message error;
  if (!EncodeTextMessage(why, &error)) return false;
  error.set_is_error(true);
  // Closed meanwhile: nobody waits any more.
  return Ports::Post(reply_port, error) || !Ports::IsOpen(reply_port);
}

void DropUnhandled(Message message, std::string_view why) {
  // An error that is dropped is not answered with another.
  if (!message.is_error()) PostError(message.reply_port(), why);
}

}  // namespace fart
