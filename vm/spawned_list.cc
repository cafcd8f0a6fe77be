#include "vm/spawned_list.h"

#include <new>
#include <utility>

#include "heap/base/abandon.h"
#include "heap/base/check.h"
#include "vm/isolate.h"
#include "vm/spawned_isolate.h"

namespace fart {

SpawnedList& SpawnedList::OfProcess() {
  static auto* const list = new SpawnedList;
  return *list;
}

void SpawnedList::SetHost(SpawnHost* host) {
  const std::lock_guard<std::mutex> guard(lock_);
  FART_CHECK(isolates_.empty());
  host_ = host;
  are_stopping_ = false;
}

std::shared_ptr<SpawnedIsolate> SpawnedList::Add(SpawnRequest request, std::string* error) {
  const std::lock_guard<std::mutex> guard(lock_);
  if (host_ == nullptr || are_stopping_) {
    *error = host_ == nullptr ? "The host of this program makes no isolates."
                              : "All isolates are being stopped.";
    return nullptr;
  }
  auto isolate = std::make_shared<SpawnedIsolate>(*host_, std::move(request));
  isolates_.insert(isolate);
  return isolate;
}

void SpawnedList::Remove(const std::shared_ptr<SpawnedIsolate>& isolate) {
  const std::lock_guard<std::mutex> guard(lock_);
  isolates_.erase(isolate);
  ended_.notify_all();
}

std::shared_ptr<SpawnedIsolate> SpawnedList::UnmadeChildOf(const Isolate& isolate) {
  const std::lock_guard<std::mutex> guard(lock_);
  for (const auto& candidate : isolates_) {
    if (candidate->WasAskedForBy(isolate) && !candidate->IsMade()) return candidate;
  }
  return nullptr;
}

std::size_t SpawnedList::size() {
  const std::lock_guard<std::mutex> guard(lock_);
  return isolates_.size();
}

std::shared_ptr<SpawnedIsolate> SpawnedList::WithoutTurn() const {
  for (const auto& isolate : isolates_) {
    if (isolate->LacksTurn()) return isolate;
  }
  return nullptr;
}

void SpawnedList::StopAll() {
  std::unique_lock<std::mutex> guard(lock_);
  are_stopping_ = true;
  for (const auto& isolate : isolates_) isolate->Stop();
  while (const std::shared_ptr<SpawnedIsolate> left = WithoutTurn()) {
    guard.unlock();
    left->EndHere();
    guard.lock();
  }
  ended_.wait(guard, [this] { return isolates_.empty(); });
}

void SpawnedList::Hold() {
  lock_.lock();  // None is made or forgotten before they are released.
  for (const auto& isolate : isolates_) isolate->BeforeFork();
}

void SpawnedList::ReleaseInParent() {
  for (const auto& isolate : isolates_) isolate->AfterForkInParent();
  lock_.unlock();
}

void SpawnedList::ReleaseInChild() {
  for (auto place = isolates_.begin(); place != isolates_.end();) {
    Isolate* isolate = nullptr;
    if ((*place)->AfterForkInChild(&isolate)) {
      ++place;
      continue;
    }
    if (isolate != nullptr) isolate->LoseInFork();
    // Not ended: it belongs to threads that are gone.
    Abandon(std::shared_ptr<SpawnedIsolate>(*place));
    place = isolates_.erase(place);
  }
  new (&ended_) std::condition_variable;
  lock_.unlock();
}

}  // namespace fart
