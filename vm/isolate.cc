#include "vm/isolate.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <new>
#include <string>
#include <utility>

#include "heap/base/check.h"
#include "heap/platform/readiness.h"
#include "vm/isolate_registry.h"
#include "vm/values/errors.h"
#include "vm/values/external_strings.h"
#include "vm/values/objects.h"
#include "vm/values/typed_data.h"

namespace fart {

Isolate::Isolate(const IsolateOptions& options, const IsolateNumber& number)
    : ObjectMemory(options.flags, {number.id, number.first_generation}, options.stack_size,
                   options.callback_data),
      number_(number),
      name_(options.name),
      callback_data_(options.callback_data),
      symbols_(heap().flags()),
      symbols_registration_(gc(), symbols_),
      messages_(std::make_shared<MessageQueue>()),
      main_port_(messages_->OpenPort(PortLiveness::kIdle)),
      places_(*this) {
  handles().notes.SetFinder(&places_);
  statistics().SetMessageCounter([messages = messages_] { return messages->size(); });
}

std::unique_ptr<Isolate> Isolate::Create(const IsolateOptions& options, std::string* error) {
  if (Current() != nullptr) {
    *error = "This thread is inside another isolate.";
    return nullptr;
  }
  IsolateNumber number;
  if (!IsolateRegistry::TakeNumber(&number)) {
    *error = "There are too many isolates.";
    return nullptr;
  }
  std::unique_ptr<Isolate> isolate;
  try {
    isolate.reset(new Isolate(options, number));
  } catch (const std::bad_alloc&) {
    IsolateRegistry::GiveBackNumber(number, number.first_generation);
    throw;
  }
  isolate->Enter();
  if (!isolate->IsReserved()) {
    *error = isolate->WhatWasRefused();
    return nullptr;
  }
  isolate->no_program_ = MakeNoProgram(*isolate, error);
  if (!isolate->DefineConstants()) {
    *error = "The system has no memory for an isolate.";
    return nullptr;
  }
  isolate->program_ = options.program(*isolate, error);
  if (isolate->program_ == nullptr) return nullptr;
  if (!IsolateRegistry::Add(isolate.get())) {
    *error = "Fart_Cleanup is ending all isolates.";
    return nullptr;
  }
  return isolate;
}

std::uint64_t Isolate::KeepLook(std::shared_ptr<const void> look) {
  // Multiples of 8 that look like no address: a host has them as pointers.
  static std::atomic<std::uint64_t> made{0};
  const std::uint64_t number = ++made * 8;
  looks_.emplace(number, std::move(look));
  return number;
}

const void* Isolate::FindLook(std::uint64_t number) const {
  const auto found = looks_.find(number);
  return found == looks_.end() ? nullptr : found->second.get();
}

void Isolate::PrintStatistics() {
  try {
    std::fputs(StatisticsTable(*this).c_str(), stderr);
  } catch (const std::bad_alloc&) {
    std::fputs("There is no memory for the statistics.\n", stderr);
  }
}

Isolate::~Isolate() {
  if (Current() != this) Enter();
  IsolateRegistry::Remove(this);
  SendGuestsAway();
  FART_CHECK(innermost_foreign_frame() == nullptr && !IsInCallback());
  messages_->Close();
  exit_messages_.PostAll();
  if (IsReserved()) {
    // What is open now is what the host forgot.
    if (flags().gc_stats) PrintStatistics();
    handles().notes.SetFinder(nullptr);
    // Callbacks may still ask things that a program answers.
    program_ = std::move(no_program_);
    {
      const NoSafepointScope quiet;
      EmptyExternalStrings(handles().weaks, quiet);
      EmptyExternalTypedData(handles().weaks, quiet);
    }
    handles().weaks.QueueAll();
    RunAllCallbacks();
    kept_.clear();
  }
  // Handles of ours that the host has kept are none of the next isolate of this number.
  IsolateRegistry::GiveBackNumber(
      number_, IsReserved() ? handles().HighestGeneration() + 1 : number_.first_generation);
  LeaveForGood();
}

// ---- Stopping

void Isolate::RequestStop(StopKind kind) {
  const std::lock_guard<std::mutex> guard(stop_lock_);
  stop_ = std::max(stop_, kind);
  stack().Interrupt();
  messages_->RequestStop();
  if (stop_signal_ != nullptr) stop_signal_->Raise();
}

void Isolate::SetStopSignal(const WakeSignal* signal) {
  const std::lock_guard<std::mutex> guard(stop_lock_);
  stop_signal_ = signal;
  if (signal != nullptr && stop_ != StopKind::kNone) signal->Raise();
}

void Isolate::ForgetStopUpTo(StopKind kind) {
  const std::lock_guard<std::mutex> guard(stop_lock_);
  if (stop_ > kind) return;
  stop_ = StopKind::kNone;
  stack().EndInterrupt();
  messages_->ForgetStop();
}

bool Isolate::IsStoppedForGood() {
  const std::lock_guard<std::mutex> guard(stop_lock_);
  return stop_ == StopKind::kForGood;
}

Outcome Isolate::NewStopError(Rooted stack_trace) {
  const char* const text =
      IsStoppedForGood() ? "The isolate has been stopped." : "The program has been interrupted.";
  return NewFatalError(*this, text, stack_trace);
}

// ---- Ready-made objects

namespace {

ErrorCause CauseOf(ErrorText text) {
  switch (text) {
    case ErrorText::kOutOfMemory:
    case ErrorText::kNoHandleSpace:
    case ErrorText::kOffHeapMemory:
      return ErrorCause::kOutOfMemory;
    case ErrorText::kStackOverflow:
      return ErrorCause::kStackOverflow;
    case ErrorText::kNoIsolate:
    case ErrorText::kNoScope:
    case ErrorText::kInCallback:
    case ErrorText::kNoFrameToPropagate:
    case ErrorText::kNoFrameToThrow:
      return ErrorCause::kOther;
  }
  FART_UNREACHABLE();
}

}  // namespace

bool Isolate::DefineConstants() {
  ImmortalConstants& constants = handles().constants;
  constants.Define(static_cast<std::uint32_t>(Constant::kNull), kNull);
  constants.Define(static_cast<std::uint32_t>(Constant::kTrue), kTrue);
  constants.Define(static_cast<std::uint32_t>(Constant::kFalse), kFalse);
  {
    const FreshObject empty = NewStringFromUtf8(mutator(), "");
    if (empty.is_null()) return false;  // kMinHeapLimit leaves room for all: the system refuses.
    const NoSafepointScope quiet;
    constants.Define(static_cast<std::uint32_t>(Constant::kEmptyString), empty.Get(quiet));
  }
  // Out of memory first: until it is there nobody could say that there is none.
  constexpr auto kOutOfMemoryIndex = static_cast<std::uint32_t>(ErrorText::kOutOfMemory);
  for (std::uint32_t i = 0; i < kErrorTexts; ++i) {
    const std::uint32_t index = (i + kOutOfMemoryIndex) % kErrorTexts;
    const auto text = static_cast<ErrorText>(index);
    const FreshObject error = TryNewError(*this, ErrorKind::kApi, CauseOf(text), TextOf(text));
    if (error.is_null()) return false;
    const NoSafepointScope quiet;
    constants.Define(static_cast<std::uint32_t>(Constant::kFirstReadyError) + index,
                     error.Get(quiet));
  }
  return true;
}

}  // namespace fart
