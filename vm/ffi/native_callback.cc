#include "vm/ffi/native_callback.h"

#include <mutex>
#include <utility>

#include "vm/ffi/callback_entry.h"

namespace fart::ffi {

void CallbackGate::End() {
  has_ended_.store(true, std::memory_order_release);
  isolate_.WakeWaiting();
  std::unique_lock<std::mutex> guard(lock_);
  left_.wait(guard, [this] { return visits_ == 0; });
}

std::optional<StubId> OpenCallback(std::unique_ptr<NativeCallback> callback) {
  static std::once_flag once;
  std::call_once(once, [] { SetClosedStubReport(ReportClosedStub); });
  const NativeCallback::Options& options = callback->options();
  StubTarget target;
  target.owner = &callback->gate().isolate();
  target.run = EnterCallback;
  target.unused = [](void* data) { delete static_cast<NativeCallback*>(data); };
  target.data = callback.get();
  target.when_closed = {.integer = options.exceptional.integer,
                        .floating = options.exceptional.floating,
                        .indirect_size = options.plan.result_size,
                        .indirect_word = options.plan.result_address_word};
  if (options.kind == CallbackKind::kBlocking) callback->gate().isolate().WaitOutside();
  const std::optional<StubId> id = OpenStub(target);
  if (id) static_cast<void>(callback.release());  // The stub's now.
  return id;
}

bool CloseCallback(StubId id) {
  auto* const callback = static_cast<NativeCallback*>(DataOfOpenStub(id));
  if (callback == nullptr) return false;
  callback->SetClosed();
  return CloseStub(id);
}

}  // namespace fart::ffi
