#include "api/host.h"

#include <atomic>

namespace fart::api {
namespace {

struct {
  std::atomic<bool> is_running{false};  // Handlers of native ports ask.
  Fart_InitializeParams params{};
} machine;

}  // namespace

const Fart_InitializeParams* RunningMachine() {
  return machine.is_running ? &machine.params : nullptr;
}

void SetRunningMachine(const Fart_InitializeParams* params) {
  if (params != nullptr) machine.params = *params;
  machine.is_running = params != nullptr;
}

}  // namespace fart::api
