// Replay main -- runs a fuzz target on the files named as arguments, each as one test case.
//
// Not here: finding new inputs (tools/fuzz does, with libFuzzer's own main).

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// An assertion of the target that fails ends the process; the case that was running is then the
// last one named in the output.
class ReplayTest : public testing::Test {
 public:
  explicit ReplayTest(std::string path) : path_(std::move(path)) {}

  void TestBody() override {
    std::ifstream file(path_, std::ios::binary);
    ASSERT_TRUE(file.is_open()) << path_;
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    // A copy of exactly this size, so that AddressSanitizer sees a read past the end.
    const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
    EXPECT_EQ(LLVMFuzzerTestOneInput(input.data(), input.size()), 0);
  }

 private:
  std::string path_;
};

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc < 2) {
    std::cerr << "no corpus: name its files as arguments\n";
    return 1;
  }
  for (int i = 1; i < argc; ++i) {
    const std::string path = argv[i];
    testing::RegisterTest("Corpus", std::filesystem::path(path).filename().c_str(), nullptr,
                          nullptr, __FILE__, __LINE__,
                          [path]() -> testing::Test* { return new ReplayTest(path); });
  }
  return RUN_ALL_TESTS();
}
