// Random foreign programs, run for real and on a model: the same destructors run, in the same
// order, and every call ends in the same way.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "heap/base/check.h"
#include "vm/unwind/test_host.h"

namespace fart {
namespace {

using Node = ForeignProgram::Node;

constexpr bool kRunsDestructors = !FART_UNWIND_BY_JUMP;

// Reads a program out of any bytes.
class ProgramReader {
 public:
  ProgramReader(ForeignProgram& program, const std::vector<std::uint8_t>& bytes)
      : program_(program), bytes_(bytes) {}

  Node ReadProgram() { return program_.Add(kNative, NextId(), ReadList(0)); }

 private:
  static constexpr int kMaxDepth = 9;

  unsigned NextByte() { return position_ < bytes_.size() ? bytes_[position_++] : 0U; }
  bool AtEnd() const { return position_ >= bytes_.size(); }
  int NextId() { return next_id_++; }

  std::vector<Node> ReadList(int depth) {
    std::vector<Node> result;
    if (depth >= kMaxDepth) return result;
    for (unsigned count = 1 + NextByte() % 3; count > 0 && !AtEnd(); count--) {
      result.push_back(ReadNode(depth));
    }
    return result;
  }

  // In handlers and destructors foreign code may do no more than this: whatever happens in a call
  // of its own.
  Node ReadNative(int depth) {
    static constexpr ForeignStyle kStyles[] = {kNative, kNative, kBarrierNative, kOtherEntryNative};
    return program_.Add(kStyles[NextByte() % 4], NextId(), ReadList(depth + 1));
  }

  Node ReadNode(int depth) {
    const int id = NextId();
    switch (NextByte() % 16) {
      case 0:
      case 1:
        return program_.Add(kUnwind, id);
      case 2:
        return program_.Add(kThrow, id);
      case 3:
        return ReadNative(depth);
      case 4:
        return program_.AddPassingErrorOn(kNative, id, ReadList(depth + 1));
      case 5:
        return program_.Add(kFrame, id, ReadList(depth + 1), ForeignLibrary::NoExceptions());
      case 6:
        return program_.Add(kFrame, id, ReadList(depth + 1), ForeignLibrary::NoTables());
      case 7:
        return ReadCpp(kSwallow, id, ReadList(depth + 1));
      case 8:
        return ReadCpp(kRethrow, id, ReadList(depth + 1));
      case 9:
        return ReadCpp(kThrowInstead, id, ReadList(depth + 1));
      case 10:
        return ReadCpp(kUnwindInstead, id, ReadList(depth + 1));
      case 11:
        return ReadCpp(kCatchStd, id, ReadList(depth + 1));
      case 12:
        return ReadWithLast(kLastInHandler, id, depth);
      case 13:
        return ReadWithLast(kLastInDestructor, id, depth);
      default:
        return ReadCpp(kFrame, id, ReadList(depth + 1));
    }
  }

  Node ReadWithLast(ForeignStyle style, int id, int depth) {
    std::vector<Node> children = ReadList(depth + 1);
    children.push_back(ReadNative(depth));
    return ReadCpp(style, id, children);
  }

  Node ReadCpp(ForeignStyle style, int id, const std::vector<Node>& children) {
    static const ForeignLibrary* const kLibraries[] = {
        &ForeignLibrary::Cpp(), &ForeignLibrary::CppByGcc(), &ForeignLibrary::CppByClang()};
    return program_.Add(style, id, children, *kLibraries[NextByte() % 3]);
  }

  ForeignProgram& program_;
  const std::vector<std::uint8_t>& bytes_;
  std::size_t position_ = 0;
  int next_id_ = 1;
};

// What ends a piece of foreign code.
struct End {
  enum Kind { kNormal, kUnwinding, kJumping, kException } kind = kNormal;
  std::uintptr_t error = 0;
  std::string text;
};

class Model {
 public:
  std::uintptr_t CallNative(Node node) {
    const Call caller = call_;
    call_ = {.style = node->style, .frames_without_tables = 0};
    const End end = RunChildren(node, node->child_count);
    call_ = caller;
    const std::string id = std::to_string(node->id);
    switch (end.kind) {
      case End::kNormal:
        log_.push_back("returned " + id);
        return 0;
      case End::kUnwinding:
      case End::kJumping:
        log_.push_back("unwound " + id + " with " + std::to_string(end.error) +
                       (end.kind == End::kJumping ? " jumping" : ""));
        return end.error;
      case End::kException:
        log_.push_back("exception " + id + ": (anonymous namespace)::ForeignError: " + end.text);
        return TestHost::kExceptionError;
    }
    FART_UNREACHABLE();
  }

  const TestHost::Log& log() const { return log_; }

 private:
  struct Call {
    ForeignStyle style;
    int frames_without_tables;
  };

  void Write(const char* what, Node node) {
    log_.push_back(std::string(what) + " " + std::to_string(node->id));
  }

  End RunChildren(Node node, int count) {
    for (int i = 0; i < count; i++) {
      const End end = Run(node->children[i]);
      if (end.kind != End::kNormal) return end;
    }
    return {};
  }

  End Run(Node node) {
    switch (node->style) {
      case kUnwind:
        return Unwind(static_cast<std::uintptr_t>(node->id));
      case kNative:
      case kBarrierNative:
      case kOtherEntryNative: {
        const std::uintptr_t error = CallNative(node);
        return error != 0 && node->pass_error_on != 0 ? Unwind(error) : End{};
      }
      default:
        if (node->run == ForeignLibrary::NoTables().run_frame()) return RunWithoutTables(node);
        return RunCpp(node);
    }
  }

  End Unwind(std::uintptr_t error) {
    if (call_.style == kNative) {
      return {
          .kind = kRunsDestructors ? End::kUnwinding : End::kJumping, .error = error, .text = {}};
    }
    log_.push_back(call_.style == kBarrierNative ? "refused: barrier" : "refused: other entry");
    return {};
  }

  End Throw(const char* what, Node node) {
    if (call_.frames_without_tables != 0) return {};
    return {.kind = End::kException,
            .error = 0,
            .text = std::string(what) + " " + std::to_string(node->id)};
  }

  End RunWithoutTables(Node node) {
    call_.frames_without_tables++;
    Write("enter", node);
    End end = RunChildren(node, node->child_count);
    if (end.kind == End::kUnwinding) end.kind = End::kJumping;
    if (end.kind == End::kNormal) Write("end", node);
    call_.frames_without_tables--;
    return end;
  }

  End RunCpp(Node node) {
    const bool has_exceptions = node->run != ForeignLibrary::NoExceptions().run_frame();
    Write("enter", node);
    const End end = RunBody(node);
    if (end.kind == End::kJumping) return end;
    if (end.kind == End::kNormal) Write("end", node);
    if (end.kind == End::kNormal || has_exceptions) Write("~", node);
    return end;
  }

  End RunBody(Node node) {
    if (node->style == kThrow) return Throw("thrown", node);
    const bool keeps_last = node->style == kLastInHandler || node->style == kLastInDestructor;
    const End end = RunChildren(node, node->child_count - (keeps_last ? 1 : 0));
    if (end.kind == End::kJumping) return end;
    if (node->style == kLastInDestructor) return RunLast(node, end);
    return end.kind == End::kNormal ? end : Catch(node, end);
  }

  // What becomes of `end`, an unwind or an exception, in a frame of this style.
  End Catch(Node node, const End& end) {
    // The end of a catch block that caught an unwind goes on with it.
    const End swallowed = end.kind == End::kUnwinding ? end : End{};
    switch (node->style) {
      case kSwallow:
        Write("catch", node);
        return swallowed;
      case kRethrow:
        Write("catch", node);
        return end;
      case kThrowInstead: {
        Write("catch", node);
        const End instead = Throw("instead", node);
        return instead.kind == End::kNormal ? swallowed : instead;
      }
      case kUnwindInstead: {
        Write("catch", node);
        const End instead = Unwind(static_cast<std::uintptr_t>(node->id));
        return instead.kind == End::kNormal ? swallowed : instead;
      }
      case kCatchStd:
        if (end.kind != End::kException) return end;
        Write(end.text.c_str(), node);
        return {};
      case kLastInHandler:
        Write("catch", node);
        return RunLast(node, swallowed);
      default:
        return end;
    }
  }

  // The last child is a native, which contains whatever happens in it.
  End RunLast(Node node, const End& end) {
    const End last = Run(node->children[node->child_count - 1]);
    FART_CHECK(last.kind == End::kNormal);
    return end;
  }

  Call call_ = {.style = kNative, .frames_without_tables = 0};
  TestHost::Log log_;
};

RC_GTEST_PROP(UnwindModelTest, RunsTheDestructorsThatTheModelRuns,
              (const std::vector<std::uint8_t>& seed_bytes)) {
  // Long enough for a few dozen nodes; shrinks with the seed.
  const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(
      4 * seed_bytes.size(), rc::gen::arbitrary<std::uint8_t>());
  ForeignProgram program;
  const Node node = ProgramReader(program, bytes).ReadProgram();
  TestHost host;
  Model model;
  RC_ASSERT(host.CallNative(node) == model.CallNative(node));
  RC_ASSERT(host.log() == model.log());
  RC_ASSERT(host.live_exceptions == 0);
}

}  // namespace
}  // namespace fart
