#include "bin/console.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>

#include "bin/error_text.h"
#include "bin/run_main.h"
#include "bin/user_interrupt.h"
#include "vm/platform/standard_output.h"

namespace fart::program {

namespace {

// Counts what the console may be waiting for: messages and interrupts.
std::atomic<std::uint32_t> news{0};

void Wake() {
  ++news;
  news.notify_all();
}

void OnMessage(Fart_Isolate /*isolate*/) { Wake(); }

Fart_Handle NewString(const std::string& text) {
  return Fart_NewStringFromUTF8(reinterpret_cast<const std::uint8_t*>(text.data()),
                                static_cast<std::intptr_t>(text.size()));
}

std::string NameOf(int number) { return "<" + std::to_string(number) + ">"; }

void Show(Fart_Handle value) {
  if (Fart_IsNull(value)) return;
  const Fart_Handle text = Fart_IsError(value) ? value : Fart_ToString(value);
  std::uint8_t* characters = nullptr;
  std::intptr_t length = 0;
  if (Fart_IsError(text)) return PrintUnhandled(text);
  if (Fart_IsError(Fart_StringToUTF8(text, &characters, &length))) return;
  PrintText({reinterpret_cast<const char*>(characters), static_cast<std::size_t>(length)});
  PrintText("\n");
}

}  // namespace

Console::Console(Fart_Isolate isolate, std::string folder) : folder_(std::move(folder)) {
  Fart_SetMessageNotifyCallback(OnMessage);
  InterruptInputs(isolate, Wake);
}

void Console::Run() {
  PrintText("fart " + std::string(Fart_VersionString()) +
            ": expressions are shown, declarations stay; Ctrl-D ends.\n");
  Input input;
  while (Next(&input)) {
    Fart_EnterScope();
    ForgetInterrupts();
    Do(input);
    Fart_ExitScope();
  }
  PrintText("\n");
}

bool Console::Next(Input* input) {
  const std::string name = NameOf(++number_);
  std::string text;
  bool is_whole = false;
  do {
    FlushOutput();
    const std::optional<std::string> line = reader_.Read(text.empty() ? "fart> " : "  ... ");
    if (!line && text.empty()) return false;
    is_whole = !line || (line->empty() && !text.empty());
    if (line) text += *line + "\n";
    *input = ReadInput(name, text, is_whole);
  } while (input->kind == Input::Kind::kIncomplete);
  return true;
}

std::string Console::ImportsOfEarlier() const {
  std::map<int, std::string> shown;
  std::string all;
  for (const auto& [name, number] : owner_) {
    std::string& names = shown[number];
    names += (names.empty() ? "" : ", ") + name;
    all += (all.empty() ? " hide " : ", ") + name;
  }
  std::string imports;
  for (const Import& import : imports_) {
    imports += import.text + (import.has_prefix ? "" : all) + "; ";
  }
  for (const auto& [number, names] : shown) {
    imports += "import '" + NameOf(number) + "' show " + names + "; ";
  }
  return imports;
}

void Console::Do(const Input& input) {
  if (input.kind == Input::Kind::kNothing) return;
  if (input.kind == Input::Kind::kWrong) return PrintError(input.error);
  const Fart_Handle library = LoadGiven({.name = NameOf(number_), .folder = folder_},
                                        LibraryOf(input, ImportsOfEarlier()), LoadedAs::kLibrary);
  if (Fart_IsError(library)) return PrintError(Fart_GetError(library));
  if (input.kind == Input::Kind::kDeclarations) return Keep(input);
  const Fart_Handle value = Evaluate(input, library);
  if (Fart_IsError(value)) {
    PrintUnhandled(value);
  } else if (input.kind == Input::Kind::kExpression) {
    Show(value);
  }
  const Fart_Handle handled = Fart_HandleMessages();
  if (Fart_IsError(handled)) PrintUnhandled(handled);
}

void Console::Keep(const Input& input) {
  imports_.insert(imports_.end(), input.imports.begin(), input.imports.end());
  for (const std::string& name : input.names) owner_[name] = number_;
}

Fart_Handle Console::Evaluate(const Input& input, Fart_Handle library) {
  const Fart_Handle value = Fart_Invoke(library, NewString("$it"), 0, nullptr);
  return input.awaits && !Fart_IsError(value) ? AwaitIn(library) : value;
}

Fart_Handle Console::AwaitIn(Fart_Handle library) {
  for (;;) {
    const std::uint32_t seen = news;
    const Fart_Handle handled = Fart_HandleMessages();
    if (Fart_IsError(handled)) return handled;
    const Fart_Handle is_done = Fart_GetField(library, NewString("$is_done"));
    if (Fart_IsError(is_done)) return is_done;
    if (Fart_IdentityEquals(is_done, Fart_True())) {
      return Fart_GetField(library, NewString("$value"));
    }
    if (IsInterruptedByUser()) return Fart_NewApiError("Interrupted by the user.");
    if (!Fart_HasLivePorts()) return Fart_NewApiError("Nothing is left that it could wait for.");
    news.wait(seen);
  }
}

}  // namespace fart::program
