// Looking into a heap: histograms, handles and their places, snapshots, paths.
//
// Invariants
//   A-I1 hidden  a callback runs where its thread seems to be inside no isolate, so that nothing
//                that is being looked at changes (HiddenSection).

#include "api/inspect.h"

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "api/include/fart_tools_api.h"
#include "api/language.h"
#include "api/shim.h"
#include "api/watchers.h"
#include "heap/platform/clock.h"
#include "vm/entry/callback_frame.h"
#include "vm/entry/thread_ends.h"
#include "vm/inspect/handle_list.h"
#include "vm/inspect/heap_snapshot.h"
#include "vm/inspect/histogram.h"
#include "vm/inspect/leak_report.h"
#include "vm/inspect/one_line.h"
#include "vm/inspect/retaining_path.h"
#include "vm/inspect/root_edges.h"
#include "vm/isolate_registry.h"
#include "vm/places.h"
#include "vm/platform/native_stack.h"
#include "vm/platform/standard_output.h"
#include "vm/unwind/foreign_call.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// Calls functions of the host's. (A-I1)
class HostCalls {
 public:
  HostCalls(Isolate& isolate, const char* function) : isolate_(isolate), function_(function) {}

  // False: it did not return, and none is to be called any more.
  template <typename... Params>
  bool Tell(void (*callback)(Params...), std::type_identity_t<Params>... arguments) {
    if (has_escaped_) return false;
    const HiddenSection hidden(isolate_);
    CallbackFrame frame;
    Note(CallForeign(frame.mark(), callback, arguments...));
    return !has_escaped_;
  }
  // The same; its answer.
  template <typename... Params>
  bool Ask(bool (*callback)(Params...), std::type_identity_t<Params>... arguments) {
    if (has_escaped_) return false;
    const HiddenSection hidden(isolate_);
    CallbackFrame frame;
    bool answer = false;
    Note(CallForeign(frame.mark(), answer, callback, arguments...));
    return answer && !has_escaped_;
  }
  // What the function answers when all is over.
  Fart_Handle Answer(bool is_done) FART_MAY_COLLECT {
    if (has_escaped_) {
      EndThreadIfAsked();
      return NewErrorHandle(isolate_, std::string(function_) + ": a callback did not return.");
    }
    return ToForeign(is_done ? Constant::kTrue : Constant::kFalse);
  }

 private:
  void Note(ForeignOutcome outcome) {
    if (outcome == ForeignOutcome::kReturned) return;
    RecordEscape(function_, outcome);
    has_escaped_ = true;
  }

  Isolate& isolate_;
  const char* const function_;
  bool has_escaped_ = false;
};

// Null: it is none of the isolate's.
const inspect::Histogram* FindHistogram(const Isolate& isolate, Fart_HeapHistogram histogram) {
  return static_cast<const inspect::Histogram*>(
      isolate.FindLook(reinterpret_cast<std::uintptr_t>(histogram)));
}

constexpr const char* kHistogram = "a histogram of the current isolate";

}  // namespace

// ---- Classes

Fart_HeapHistogram Fart_TakeHeapHistogram() FART_TRY {
  FART_ENTER_OR(isolate, nullptr);
  auto taken = std::make_shared<const inspect::Histogram>(inspect::Histogram::Take(isolate));
  return reinterpret_cast<Fart_HeapHistogram>(isolate.KeepLook(std::move(taken)));
}
FART_CATCH_OR(nullptr)

void Fart_DeleteHeapHistogram(Fart_HeapHistogram histogram) FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  FART_NEED_POINTER_OR(histogram, FART_NOTHING);
  if (!isolate.DropLook(reinterpret_cast<std::uintptr_t>(histogram))) {
    RecordMisuse(Expects(__func__, "histogram", kHistogram));
  }
}
FART_CATCH_OR(FART_NOTHING)

Fart_Handle Fart_VisitHeapClasses(Fart_HeapHistogram since, Fart_HeapClassCallback callback,
                                  void* callback_data) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_POINTER(isolate, callback);
  const inspect::Histogram* before = nullptr;
  if (since != nullptr) {
    before = FindHistogram(isolate, since);
    if (before == nullptr) {
      return NewErrorHandle(isolate, Expects(__func__, "since", kHistogram));
    }
  }
  const std::vector<inspect::HistogramRow> rows = inspect::Histogram::Take(isolate).Rows(before);
  HostCalls calls(isolate, __func__);
  for (const inspect::HistogramRow& row : rows) {
    const inspect::ShapeCount all = row.Total();
    const bool has_class = !row.class_name.empty();
    const Fart_HeapClass told = {
        .struct_size = sizeof(Fart_HeapClass),
        .class_name = has_class ? row.class_name.c_str() : row.shape.c_str(),
        .shape_name = row.shape.c_str(),
        .objects = all.objects,
        .bytes = all.bytes,
        .new_objects = row.spaces[0].objects,
        .new_bytes = row.spaces[0].bytes,
        .old_objects = row.spaces[1].objects,
        .old_bytes = row.spaces[1].bytes,
        .large_objects = row.spaces[2].objects,
        .large_bytes = row.spaces[2].bytes};
    if (!calls.Tell(callback, &told, callback_data)) break;
  }
  return calls.Answer(true);
}
FART_CATCH

// ---- Handles

namespace {

// HN-P3: without memory nothing is noted.
template <typename Note>
void IfThereIsRoom(Note note) noexcept {
  try {
    note();
  } catch (const std::bad_alloc&) {
    return;
  }
}

// Where this thread is, without what `entry` has called, or another function that makes or deletes
// handles of those kinds.
const HandlePlace* PlaceOf(Isolate& isolate, const void* entry) {
  const void* const entries[] = {
      entry,
      reinterpret_cast<const void*>(&::Fart_NewPersistentHandle),
      reinterpret_cast<const void*>(&::Fart_NewWeakPersistentHandle),
      reinterpret_cast<const void*>(&::Fart_NewFinalizableHandle),
      reinterpret_cast<const void*>(&::Fart_DeletePersistentHandle),
      reinterpret_cast<const void*>(&::Fart_DeleteWeakPersistentHandle),
      reinterpret_cast<const void*>(&::Fart_TryDeleteWeakPersistentHandle),
      reinterpret_cast<const void*>(&::Fart_DeleteFinalizableHandle)};
  return isolate.places().FindPlaceBehind(entry, entries, isolate.handles().notes);
}

}  // namespace

void fart::api::NotePlaceOf(Isolate& isolate, HandleValue value, const void* entry) {
  HandleNotes& notes = isolate.handles().notes;
  IfThereIsRoom([&] { notes.NotePlace(value, PlaceOf(isolate, entry)); });
  notes.EndTurn();
}

void fart::api::NoteLineOf(Isolate& isolate, HandleValue value, SourceLine line) {
  HandleNotes& notes = isolate.handles().notes;
  IfThereIsRoom(
      [&] { notes.NotePlace(value, isolate.places().FindLine(line.file, line.number, notes)); });
  notes.EndTurn();
}

void fart::api::NoteAcquiredOf(Isolate& isolate, Address object, const void* entry) {
  const HandlePlace* place = nullptr;
  IfThereIsRoom([&] { place = PlaceOf(isolate, entry); });
  isolate.handles().notes.NoteHeld(Held::kAcquired, object.value(), place);
}

void fart::api::NoteEndOf(Isolate& isolate, HandleValue value, const void* entry) {
  IfThereIsRoom([&] { isolate.handles().notes.NoteEnd(value, PlaceOf(isolate, entry)); });
}

std::string fart::api::EndedText(HandleTables& handles, HandleValue value, const void* entry) {
  const HandleNote* note = handles.notes.FindEnded(value);
  // Of what is not remembered the note is there until its slot is another's.
  const bool is_local = !value.IsTagged() || value.kind() == HandleKind::kCheckedLocal;
  if (note == nullptr && !is_local) note = handles.notes.Find(value);
  if (note == nullptr || note->place == nullptr) return {};
  std::string text = note->label == nullptr ? " It" : " '" + *note->label + "'";
  text += " was made at " + inspect::PlaceText(*note->place);
  if (note->ended != nullptr) {
    text += is_local ? ", its scope ended at " : ", and deleted at ";
    text += inspect::PlaceText(*note->ended);
  }
  text += ".";
  const HandlePlace* const used =
      handles.notes.remembers_ended() ? handles.notes.FindPlace(entry) : nullptr;
  if (used != nullptr) text += " It is used at " + inspect::PlaceText(*used) + ".";
  return text;
}

namespace whole {

[[gnu::noinline]] static Fart_PersistentHandle Fart_NewPersistentHandleAt(
    Fart_Handle object, const char* file, int line) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, referent, object);
  FART_NEED_POINTER(isolate, file);
  const NoSafepointScope quiet;
  const HandleValue value = isolate.handles().persistents.Create(referent.Get(quiet));
  if (value.is_empty()) [[unlikely]]
    return ToForeign(ErrorText::kOffHeapMemory);
  NoteMadeAt(isolate, value, {file, line}, &Fart_NewPersistentHandleAt);
  return ToForeign(value);
}
FART_CATCH

}  // namespace whole

Fart_PersistentHandle Fart_NewPersistentHandleAt(Fart_Handle object, const char* file,
                                                 int line) FART_MAY_COLLECT {
  Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr && file != nullptr && IsLocal(*isolate, object)) [[likely]] {
    const NoSafepointScope quiet;
    const HandleValue value =
        isolate->handles().persistents.TryCreate(LocalSlot(object).Get(quiet));
    if (!value.is_empty()) [[likely]]
      return ToForeign(value);
  }
  return whole::Fart_NewPersistentHandleAt(object, file, line);
}

namespace {

// NewWatcher for those that are told a line.
HandleValue NewWatcherAt(const char* function, HandleKind kind, Fart_Handle object, void* peer,
                         std::intptr_t external_allocation_size, OpaqueCallback callback,
                         SourceLine line) FART_MAY_COLLECT FART_TRY {
  if (Isolate::Current() != nullptr && line.file == nullptr) {
    RecordMisuse(ExpectsNonNull(function, "file"));
    return HandleValue();
  }
  return NewWatcher(function, kind, object, peer, external_allocation_size, callback, line);
}
FART_CATCH_AND(RecordText(function, ErrorText::kOffHeapMemory); return HandleValue())

}  // namespace

namespace whole {

[[gnu::noinline]] static Fart_WeakPersistentHandle Fart_NewWeakPersistentHandleAt(
    Fart_Handle object, void* peer, std::intptr_t external_allocation_size,
    Fart_WeakPersistentHandleFinalizer callback, const char* file, int line) FART_MAY_COLLECT {
  return NewWatcherAt(__func__, HandleKind::kWeak, object, peer, external_allocation_size,
                      reinterpret_cast<OpaqueCallback>(callback), {file, line})
      .As<_Fart_WeakPersistentHandle>();
}

[[gnu::noinline]] static Fart_FinalizableHandle Fart_NewFinalizableHandleAt(
    Fart_Handle object, void* peer, std::intptr_t external_allocation_size,
    Fart_HandleFinalizer callback, const char* file, int line) FART_MAY_COLLECT {
  return NewWatcherAt(__func__, HandleKind::kFinalizable, object, peer, external_allocation_size,
                      reinterpret_cast<OpaqueCallback>(callback), {file, line})
      .As<_Fart_FinalizableHandle>();
}

}  // namespace whole

Fart_WeakPersistentHandle Fart_NewWeakPersistentHandleAt(
    Fart_Handle object, void* peer, std::intptr_t external_allocation_size,
    Fart_WeakPersistentHandleFinalizer callback, const char* file, int line) FART_MAY_COLLECT {
  if (file != nullptr) [[likely]] {
    const HandleValue value =
        TryNewWatcher(HandleKind::kWeak, object, peer, external_allocation_size,
                      reinterpret_cast<OpaqueCallback>(callback));
    if (!value.is_empty()) [[likely]]
      return value.As<_Fart_WeakPersistentHandle>();
  }
  return whole::Fart_NewWeakPersistentHandleAt(object, peer, external_allocation_size, callback,
                                               file, line);
}

Fart_FinalizableHandle Fart_NewFinalizableHandleAt(Fart_Handle object, void* peer,
                                                   std::intptr_t external_allocation_size,
                                                   Fart_HandleFinalizer callback, const char* file,
                                                   int line) FART_MAY_COLLECT {
  if (file != nullptr) [[likely]] {
    const HandleValue value =
        TryNewWatcher(HandleKind::kFinalizable, object, peer, external_allocation_size,
                      reinterpret_cast<OpaqueCallback>(callback));
    if (!value.is_empty()) [[likely]]
      return value.As<_Fart_FinalizableHandle>();
  }
  return whole::Fart_NewFinalizableHandleAt(object, peer, external_allocation_size, callback, file,
                                            line);
}

bool Fart_SetHandleLabel(const void* handle, const char* label) FART_TRY {
  FART_ENTER_OR(isolate, false);
  const HandleValue value = HandleValue::FromPointer(handle);
  HandleTables& handles = isolate.handles();
  const bool is_local = !value.IsTagged() || value.kind() == HandleKind::kCheckedLocal;
  HandleStatus status = HandleStatus::kWrongKind;
  if (is_local) {
    status = handles.Resolve(value).status;
    // A scope's marker is in use too.
    const bool is_there = handles.locals.FindForOverwrite(value) != nullptr;
    if (status == HandleStatus::kOk && !is_there) status = HandleStatus::kStale;
  } else if (value.kind() == HandleKind::kStrong) {
    const ObjectPtr* slot = nullptr;
    status = handles.persistents.Find(value, &slot);
  } else if (value.kind() == HandleKind::kWeak || value.kind() == HandleKind::kFinalizable) {
    status = handles.weaks.StatusOf(value);
  }
  if (status != HandleStatus::kOk) {
    RecordBadHandle(isolate, __func__, "handle", value, status);
    return false;
  }
  FART_NEED_POINTER_OR(label, false);
  if (is_local ? handles.locals.NoteLabel(value, label) : handles.notes.NoteLabel(value, label)) {
    return true;
  }
  RecordText(__func__, ErrorText::kOffHeapMemory);
  return false;
}
FART_CATCH_OR(false)

Fart_Handle Fart_VisitHandles(Fart_HandleCallback callback,
                              void* callback_data) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_POINTER(isolate, callback);
  HostCalls calls(isolate, __func__);
  for (const inspect::ListedHandle& handle : inspect::ListHandles(isolate)) {
    const bool is_local = handle.kind == HandleKind::kLocal;
    const bool has_place = handle.note != nullptr && handle.note->place != nullptr;
    const bool has_label = handle.note != nullptr && handle.note->label != nullptr;
    const std::string name = inspect::ClassOrShapeName(isolate, handle.shape);
    const std::string place = has_place ? inspect::PlaceText(*handle.note->place) : "";
    const std::string stack = has_place ? inspect::PlaceLines(*handle.note->place) : "";
    const bool has_scope_place =
        handle.scope_note != nullptr && handle.scope_note->place != nullptr;
    const std::string scope_place =
        has_scope_place ? inspect::PlaceText(*handle.scope_note->place) : "";
    const Fart_HandleInfo info = {.struct_size = sizeof(Fart_HandleInfo),
                                  .handle = is_local ? nullptr : handle.value.As<const void>(),
                                  .kind = inspect::HandleKindText(handle.kind),
                                  .class_name = name.c_str(),
                                  .label = has_label ? handle.note->label->c_str() : "",
                                  .place = place.c_str(),
                                  .stack = stack.c_str(),
                                  .age = handle.age,
                                  .scope = handle.scope,
                                  .external_bytes = handle.external,
                                  .scope_place = scope_place.c_str()};
    if (!calls.Tell(callback, &info, callback_data)) break;
  }
  return calls.Answer(true);
}
FART_CATCH

// ---- Reports

Fart_Handle Fart_WriteLeakReport(Fart_LeakReport format, Fart_WriteCallback write,
                                 void* callback_data) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  // From C comes any number: reading one that the enumeration has no room for is undefined.
  std::underlying_type_t<Fart_LeakReport> number{};
  static_assert(sizeof number == sizeof format);
  std::memcpy(&number, &format, sizeof number);
  if (number != Fart_LeakReport_kText && number != Fart_LeakReport_kJson) {
    return NewErrorHandle(isolate, Expects(__func__, "format", "a Fart_LeakReport"));
  }
  FART_NEED_POINTER(isolate, write);
  inspect::LeakReport report = inspect::MakeLeakReport(isolate);
  std::string text;
  if (number == Fart_LeakReport_kText) {
    text = inspect::LeakReportText(report) + NativeLeaksText();
  } else {
    report.native = NativeLeaks();
    text = inspect::LeakReportJson(report);
  }
  HostCalls calls(isolate, __func__);
  bool is_written = true;
  constexpr std::size_t kPiece = inspect::TextSink::kPiece;
  for (std::size_t at = 0; is_written && at < text.size(); at += kPiece) {
    is_written =
        calls.Ask(write, text.data() + at, std::min(kPiece, text.size() - at), callback_data);
  }
  return calls.Answer(is_written);
}
FART_CATCH

Fart_Handle Fart_WriteHeapSnapshot(Fart_WriteCallback write, Fart_ProgressCallback progress,
                                   void* callback_data) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_POINTER(isolate, write);
  HostCalls calls(isolate, __func__);
  const bool is_written = inspect::WriteHeapSnapshot(
      isolate,
      [&](const char* bytes, std::size_t length) {
        return calls.Ask(write, bytes, length, callback_data);
      },
      [&](std::uint64_t done, std::uint64_t total) {
        return progress == nullptr || calls.Ask(progress, done, total, callback_data);
      });
  return calls.Answer(is_written);
}
FART_CATCH

bool Fart_RequestHeapSnapshot(Fart_Isolate isolate) FART_TRY {
  if (IsolateRegistry::With(isolate, [](Isolate& found) { found.RequestLook(); })) return true;
  RecordMisuse(Expects(__func__, "isolate", "an isolate that has not been shut down"));
  return false;
}
FART_CATCH_OR(false)

Fart_Handle Fart_VisitRetainingPath(Fart_Handle object, Fart_PathCallback callback,
                                    void* callback_data) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  const HandleValue value = HandleValue::FromPointer(object);
  ObjectPtr target;
  if (value.IsTagged() && value.kind() == HandleKind::kWeak &&
      isolate.handles().weaks.StatusOf(value) == HandleStatus::kOk) {
    const NoSafepointScope quiet;
    target = isolate.handles().weaks.Get(value, quiet);
  } else {
    FART_UNWRAP(isolate, unwrapped, object);
    const NoSafepointScope quiet;
    target = unwrapped.Get(quiet);
  }
  FART_NEED_POINTER(isolate, callback);
  const std::optional<std::vector<inspect::PathStep>> path =
      inspect::FindRetainingPath(isolate, target);
  HostCalls calls(isolate, __func__);
  if (!path.has_value()) return calls.Answer(false);
  for (const inspect::PathStep& step : *path) {
    const Fart_PathStep told = {.struct_size = sizeof(Fart_PathStep),
                                .reference = step.reference.c_str(),
                                .class_name = step.class_name.c_str()};
    if (!calls.Tell(callback, &told, callback_data)) break;
  }
  return calls.Answer(true);
}
FART_CATCH

// ---- At the end

namespace {

void Print(const std::string& text) { std::fputs(text.c_str(), stderr); }

// When it was counted is told by the clock of --gc-trace.
void PrintHistogram(Isolate& isolate) {
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.6f", static_cast<double>(MonotonicNs()) / 1e9);
  Print("Heap of isolate '" + inspect::OneLine(isolate.name()) + "' at " + seconds + " s:\n" +
        inspect::HistogramText(inspect::Histogram::Take(isolate).Rows(nullptr)));
}

void PrintWhy(Isolate& isolate, const std::string& class_name) {
  const inspect::ClassPath found = inspect::FindRetainingPathOfClass(isolate, class_name);
  Print("Objects of class '" + inspect::OneLine(class_name) +
        "': " + std::to_string(found.objects) + ".\n");
  if (found.path.has_value()) Print("One is kept by\n" + inspect::PathText(*found.path));
}

}  // namespace

void fart::api::WriteRequestedSnapshot(Enterable& owner) {
  auto& isolate = static_cast<Isolate&>(owner);
  try {
    const Flags flags = isolate.flags();
    const std::string& path = flags.heap_snapshot;
    if (flags.gc_histogram) PrintHistogram(isolate);
    if (path.empty()) return;
    static std::atomic<int> written{0};
    std::string error;
    if (!inspect::WriteHeapSnapshotFile(isolate, path + "." + std::to_string(++written), &error)) {
      Print("--heap-snapshot: " + error + "\n");
    }
  } catch (const std::bad_alloc&) {
    Print("There is no memory to look into the heap with.\n");
  }
}

void fart::api::InspectAtEnd(Isolate& isolate) FART_MAY_COLLECT {
  const Flags flags = isolate.flags();
  const bool looks =
      flags.gc_histogram || flags.leak_report || !flags.heap_snapshot.empty() || !flags.why.empty();
  if (!looks || isolate.IsInCallback()) return;
  FlushOutput();
  try {
    isolate.mutator().CollectGarbage(GcKind::kMajor, GcReason::kRequested);
    if (flags.gc_histogram) {
      PrintHistogram(isolate);
    }
    if (flags.leak_report) {
      Print(inspect::LeakReportText(inspect::MakeLeakReport(isolate)));
      Print(NativeLeaksText());
    }
    if (!flags.why.empty()) PrintWhy(isolate, flags.why);
    std::string error;
    if (!flags.heap_snapshot.empty() &&
        !inspect::WriteHeapSnapshotFile(isolate, flags.heap_snapshot, &error)) {
      Print("--heap-snapshot: " + error + "\n");
    }
  } catch (const std::bad_alloc&) {
    Print("There is no memory to look into the heap with.\n");
  }
}
