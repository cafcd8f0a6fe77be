#include "lang/natives/file_work.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <new>
#include <thread>

#include "lang/natives/natives.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_format.h"
#include "vm/message/message_writer.h"
#include "vm/port/ports.h"
#include "vm/port/thread_pool.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

FreshObject DataOf(Interpreter& interpreter, TypedDataType type, const void* from,
                   std::size_t size) FART_MAY_COLLECT {
  FreshObject data = NewTypedData(interpreter.mutator(), type, size / ElementSizeOf(type));
  if (data.is_null()) return data;
  const NoSafepointScope quiet;
  if (size != 0) std::memcpy(BytesOf(data.Get(quiet), quiet).first, from, size);
  return data;
}

Done AnswerData(Interpreter& interpreter, ObjectPtr* arguments, TypedDataType type,
                const void* from, std::size_t size) FART_MAY_COLLECT {
  return Answer(interpreter, arguments, DataOf(interpreter, type, from, size));
}

// The node of such data, whole.
void PutData(MessageWriter& writer, TypedDataType type, const void* from, std::size_t size) {
  MessageNodes nodes;
  writer.PutNodeValue(nodes, 1);
  writer.PutKind(NodeKind::kTypedData);
  writer.PutVarint(0);
  writer.PutType(type);
  writer.PutVarint(size);
  writer.Align(kMessageDataAlignment);
  writer.PutBytes(from, size);
}

// False: there is no memory.
bool Encode(const FileAnswer& answer, Message* message) {
  MessageWriter writer;
  switch (answer.kind) {
    case FileAnswer::Kind::kNumber:
      return EncodeIntegerMessage(answer.number, message);
    case FileAnswer::Kind::kText:
      return EncodeTextMessage(answer.bytes, message);
    case FileAnswer::Kind::kNull:
      writer.PutNull();
      return writer.Finish(0, message);
    case FileAnswer::Kind::kBytes:
      PutData(writer, TypedDataType::kUint8, answer.bytes.data(), answer.bytes.size());
      return writer.Finish(1, message);
    case FileAnswer::Kind::kNumbers:
      PutData(writer, TypedDataType::kInt64, answer.numbers.data(),
              answer.numbers.size() * sizeof(std::int64_t));
      return writer.Finish(1, message);
  }
  return false;
}

class FileTask final : public ThreadPool::Task {
 public:
  FileTask(FileWork work, PortId port) : work_(std::move(work)), port_(port) {}

  void Run(ThreadPool::Tasks&) override {
    FileAnswer answer;
    try {
      answer = work_();
    } catch (const std::bad_alloc&) {
      answer = FileAnswer::Number(-ENOMEM);
    }
    work_ = nullptr;  // What it shares with the program is the program's alone, when that is told.
    Message message;
    if (!Encode(answer, &message)) answer = FileAnswer::Number(-ENOMEM);
    // Somebody waits for it: where there is no memory to say so, there will be.
    while (!Ports::Post(port_, message) && Ports::IsOpen(port_)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      static_cast<void>(Encode(answer, &message));
    }
  }

 private:
  FileWork work_;
  const PortId port_;
};

}  // namespace

Done DoNow(Interpreter& interpreter, ObjectPtr* arguments, const FileWork& work) {
  const FileAnswer answer = work();
  switch (answer.kind) {
    case FileAnswer::Kind::kNumber:
      return AnswerInteger(interpreter, arguments, answer.number);
    case FileAnswer::Kind::kNull:
      return Answer(arguments, kNull);
    case FileAnswer::Kind::kText:
      return AnswerText(interpreter, arguments, answer.bytes);
    case FileAnswer::Kind::kBytes:
      return AnswerData(interpreter, arguments, TypedDataType::kUint8, answer.bytes.data(),
                        answer.bytes.size());
    case FileAnswer::Kind::kNumbers:
      return AnswerData(interpreter, arguments, TypedDataType::kInt64, answer.numbers.data(),
                        answer.numbers.size() * sizeof(std::int64_t));
  }
  return Answer(arguments, kNull);
}

Done DoLater(Interpreter& interpreter, ObjectPtr* arguments, FileWork work, PortId port) {
  if (!ThreadPool::OfProcess().Submit(std::make_shared<FileTask>(std::move(work), port))) {
    return RaiseUnsupported(interpreter, arguments, "The system has no thread for files");
  }
  return Answer(arguments, kNull);
}

}  // namespace fart::lang
