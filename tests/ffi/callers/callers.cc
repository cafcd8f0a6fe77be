#include "tests/ffi/callers/callers.h"

#include <atomic>
#include <cerrno>
#include <thread>
#include <vector>

namespace {

int32_t destroyed_count = 0;
struct Counted {
  ~Counted() { ++destroyed_count; }
};

struct Started {
  ~Started() { Join(); }
  void Join() {
    if (thread.joinable()) thread.join();
  }
  std::thread thread;
} started;
std::atomic<int32_t> started_result{0};

std::vector<std::thread> callers;
std::atomic<bool> is_to_stop{false};
std::atomic<int32_t> calls_made{0};
std::atomic<bool> was_refused{false};

}  // namespace

extern "C" {

int32_t call_in_cpp(Step step, int32_t value) {
  const Counted counted;
  return step(value) + 1;
}
int32_t destroyed(void) { return destroyed_count; }

double call_scalars(double (*f)(int8_t, uint8_t, int16_t, uint16_t, int32_t, uint32_t, int64_t,
                                float, double, bool, const char*, int64_t)) {
  return f(-8, 200, -1600, 60000, -32, 4000000000U, INT64_MIN, 1.5F, 2.25, true, "text", 12);
}
int32_t call_8(int8_t (*f)(int8_t), int32_t value) { return f(static_cast<int8_t>(value)); }
float call_float(float (*f)(float), float value) { return f(value); }
bool call_bool(bool (*f)(bool), bool value) { return f(value); }
const char* call_pointer(const char* (*f)(const char*), const char* value) { return f(value); }
int32_t errno_behind(Step step) {
  errno = 42;
  step(1);
  return errno;
}

int64_t call_on_threads(Step step, int32_t threads, int32_t calls) {
  std::atomic<int64_t> sum{0};
  std::vector<std::thread> all;
  for (int32_t i = 0; i < threads; ++i) {
    all.emplace_back([&] {
      for (int32_t call = 0; call < calls; ++call) sum += step(1);
    });
  }
  for (std::thread& each : all) each.join();
  return sum;
}

void tell_on_threads(void (*f)(int32_t, double), int32_t threads, int32_t calls) {
  std::vector<std::thread> all;
  for (int32_t i = 0; i < threads; ++i) {
    all.emplace_back([=] {
      for (int32_t call = 0; call < calls; ++call) f(i + 1, call + 0.5);
    });
  }
  for (std::thread& each : all) each.join();
}

void start(Step step, int32_t value) {
  started.Join();
  started.thread = std::thread([=] { started_result = step(value); });
}
int32_t join(void) {
  started.Join();
  return started_result;
}

void start_calling(Step step, int32_t threads) {
  is_to_stop = false;
  calls_made = 0;
  was_refused = false;
  for (int32_t i = 0; i < threads; ++i) {
    callers.emplace_back([=] {
      while (!is_to_stop && !was_refused) {
        if (step(1) == -1) was_refused = true;
        ++calls_made;
      }
    });
  }
}
void wait_for_calls(int32_t calls) {
  while (calls_made < calls) std::this_thread::yield();
}
int32_t stop_calling(void) {
  while (!was_refused) std::this_thread::yield();
  is_to_stop = true;
  for (std::thread& each : callers) each.join();
  callers.clear();
  return was_refused ? 1 : 0;
}

}  // extern "C"
