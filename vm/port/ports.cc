#include "vm/port/ports.h"

#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "heap/base/check.h"
#include "vm/port/port_ids.h"

namespace fart {

namespace {

using Receivers = std::unordered_map<PortId, std::shared_ptr<PortReceiver>>;

struct Table {
  std::mutex lock;
  PortIds ids = PortIds::WithSecretKey();
  Receivers receivers;
  bool refuses_native_ports = false;
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
  if (receiver->kind() == PortKind::kNative && table.refuses_native_ports) return kNoPort;
  const PortId port = table.ids.Next();
  table.receivers.emplace(port, std::move(receiver));
  return port;
}

bool Ports::Close(PortId port, PortKind kind) {
  Receivers::node_type closed;  // Outlives the lock: it may be the receiver's last owner.
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    const auto place = table.receivers.find(port);
    if (place == table.receivers.end() || place->second->kind() != kind) return false;
    closed = table.receivers.extract(place);
  }
  closed.mapped()->PortClosed(port);
  return true;
}

bool Ports::Post(PortId port, Message& message) {
  std::shared_ptr<PortReceiver> receiver;
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    const auto place = table.receivers.find(port);
    if (place == table.receivers.end()) return false;
    receiver = place->second;
  }
  return receiver->Accept(port, message);  // P3
}

std::size_t Ports::Count() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  return table.receivers.size();
}

void Ports::RefuseNativePorts() {
  std::vector<PortId> native;
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    table.refuses_native_ports = true;
    for (const auto& [port, receiver] : table.receivers) {
      if (receiver->kind() == PortKind::kNative) native.push_back(port);
    }
  }
  for (const PortId port : native) Close(port, PortKind::kNative);
}

void Ports::AllowNativePorts() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  table.refuses_native_ports = false;
}

void PostError(PortId reply_port, std::string_view why) {
  if (reply_port == kNoPort) return;
  Message error;
  if (!EncodeTextMessage(why, &error)) return;  // No memory outside the heap is left.
  error.set_is_error(true);
  static_cast<void>(Ports::Post(reply_port, error));  // Closed meanwhile: nobody waits any more.
}

void DropUnhandled(Message message, std::string_view why) {
  // An error that is dropped is not answered with another.
  if (!message.is_error()) PostError(message.reply_port(), why);
}

}  // namespace fart
