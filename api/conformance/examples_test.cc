// Runs the examples of the public headers' comments.

#include "api/conformance/examples.h"

#include <gtest/gtest.h>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

TEST(ExamplesTest, ExamplesOfTheHeadersDoWhatTheySay) {
  StartOnce();
  int count = 0;
  for (const FartExample* example = kFartExamples; example->name != nullptr; ++example, ++count) {
    SCOPED_TRACE(example->name);
    char* error = nullptr;
    ASSERT_NE(Fart_CreateIsolate("example", "main", nullptr, nullptr, nullptr, &error), nullptr)
        << error;
    Fart_EnterScope();
    example->run();  // Ends the process at the first assertion that does not hold.
    Fart_ExitScope();
    Fart_ShutdownIsolate();
  }
  EXPECT_GT(count, 5);
}

}  // namespace
}  // namespace fart::api
