#include "vm/isolate.h"

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

#include "heap/base/check.h"
#include "vm/isolate_registry.h"
#include "vm/values/errors.h"
#include "vm/values/external_strings.h"
#include "vm/values/objects.h"
#include "vm/values/typed_data.h"

namespace fart {

Isolate::Isolate(const IsolateOptions& options, IsolateId id)
    : ObjectMemory(options.flags, id, options.stack_size, options.callback_data),
      name_(options.name),
      callback_data_(options.callback_data),
      symbols_(heap().flags()),
      symbols_registration_(gc(), symbols_),
      messages_(std::make_shared<MessageQueue>()),
      main_port_(messages_->OpenPort(PortLiveness::kIdle)) {}

std::unique_ptr<Isolate> Isolate::Create(const IsolateOptions& options, std::string* error) {
  if (Current() != nullptr) {
    *error = "This thread is inside another isolate.";
    return nullptr;
  }
  IsolateId id{};
  if (!IsolateRegistry::TakeId(&id)) {
    *error = "There are too many isolates.";
    return nullptr;
  }
  std::unique_ptr<Isolate> isolate(new Isolate(options, id));
  IsolateRegistry::Add(isolate.get());
  isolate->Enter();
  if (!isolate->IsReserved()) {
    *error = isolate->WhatWasRefused();
    return nullptr;
  }
  isolate->DefineConstants();
  isolate->program_ = options.program(*isolate, error);
  if (isolate->program_ == nullptr) return nullptr;
  return isolate;
}

Isolate::~Isolate() {
  if (Current() != this) Enter();
  FART_CHECK(innermost_foreign_frame() == nullptr && !IsInCallback());
  messages_->Close();
  if (IsReserved()) {
    // What is open now is what the host forgot.
    if (flags().gc_stats) std::fputs(StatisticsTable(*this).c_str(), stderr);
    // Callbacks may still ask things that a program answers.
    std::string none;
    program_ = MakeNoProgram(*this, &none);
    {
      const NoSafepointScope quiet;
      EmptyExternalStrings(handles().weaks, quiet);
      EmptyExternalTypedData(handles().weaks, quiet);
    }
    handles().weaks.QueueAll();
    RunAllCallbacks();
  }
  IsolateRegistry::Remove(this);
  IsolateRegistry::GiveBackId(id());
  LeaveForGood();
}

// ---- Stopping

void Isolate::RequestStop() {
  stack().Interrupt();
  messages_->RequestStop();
}

void Isolate::ForgetStop() {
  stack().EndInterrupt();
  messages_->ForgetStop();
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

void Isolate::DefineConstants() {
  ImmortalConstants& constants = handles().constants;
  constants.Define(static_cast<std::uint32_t>(Constant::kNull), kNull);
  constants.Define(static_cast<std::uint32_t>(Constant::kTrue), kTrue);
  constants.Define(static_cast<std::uint32_t>(Constant::kFalse), kFalse);
  {
    const FreshObject empty = NewStringFromUtf8(mutator(), "");
    FART_CHECK(!empty.is_null());  // kMinHeapLimit leaves room for all made here
    const NoSafepointScope quiet;
    constants.Define(static_cast<std::uint32_t>(Constant::kEmptyString), empty.Get(quiet));
  }
  // Out of memory first: until it is there nobody could say that there is none.
  constexpr auto kOutOfMemoryIndex = static_cast<std::uint32_t>(ErrorText::kOutOfMemory);
  for (std::uint32_t i = 0; i < kErrorTexts; ++i) {
    const std::uint32_t index = (i + kOutOfMemoryIndex) % kErrorTexts;
    const auto text = static_cast<ErrorText>(index);
    const Outcome error = NewError(*this, ErrorKind::kApi, CauseOf(text), TextOf(text));
    const NoSafepointScope quiet;
    constants.Define(static_cast<std::uint32_t>(Constant::kFirstReadyError) + index,
                     error.Get(quiet));
  }
}

}  // namespace fart
