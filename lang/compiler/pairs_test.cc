#include "lang/compiler/pairs.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <vector>

namespace fart::lang {
namespace {

CodeWord Load(std::uint32_t slot) { return EncodeWord(Opcode::kLoadLocal, slot); }
CodeWord Paired(Pair pair, CodeWord word) {
  return (word & ~CodeWord{0xff}) | static_cast<CodeWord>(pair);
}
std::vector<CodeWord> PairedUp(std::vector<CodeWord> code) {
  PairUp(code);
  return code;
}

// All but the low 8 bits of a first instruction stays, and OpcodeOf tells of no pair.
TEST(PairsTest, EachKindIsFoundAndReadsAsItsInstructions_LCB9) {
  std::set<Opcode> seconds;
  for (std::size_t i = 0; i < kPairCount; ++i) {
    const auto [first, second] = kPairInfo[i];
    EXPECT_EQ(WordsOf(first), 1u) << "what follows is found by counting words";
    EXPECT_TRUE(seconds.insert(second).second) << "one of two would never be chosen";
    std::vector<CodeWord> code = {EncodeWord(first, 77), EncodeWord(second, 5)};
    if (WordsOf(second) == 2) code.push_back(0xabcdef01);
    code.push_back(EncodeWord(Opcode::kStoreLocal, 3));
    code.push_back(EncodeWord(Opcode::kReturnNull, 0));
    const std::vector<CodeWord> paired = PairedUp(code);
    EXPECT_EQ(OpcodeOf(paired[0]), first);
    EXPECT_EQ(UnsignedA(paired[0]), 77u);
    code[0] = Paired(static_cast<Pair>(kOpcodeCount + i), code[0]);
    EXPECT_EQ(paired, code);
  }
}

TEST(PairsTest, AnInstructionIsOfOnePairOnly) {
  EXPECT_EQ(PairedUp({Load(1), Load(2), Load(3), EncodeWord(Opcode::kGetIndex, 0)}),
            (std::vector<CodeWord>{Paired(Pair::kLoadTwo, Load(1)), Load(2),
                                   Paired(Pair::kLoadAndGetIndex, Load(3)),
                                   EncodeWord(Opcode::kGetIndex, 0)}));
}

TEST(PairsTest, WhatStandsInASecondWordIsNoInstruction) {
  const CodeWord call = EncodeWord(Opcode::kCallStatic, 0);
  const std::vector<CodeWord> code = {call, Load(0), call, Load(1), Load(2)};
  EXPECT_EQ(PairedUp(code), code);
}

TEST(PairsTest, AnIncrementIsOneThatIsStored) {
  const CodeWord add = EncodeWord(Opcode::kAddSmi, 0);
  const CodeWord store = EncodeWord(Opcode::kStoreLocal, 4);
  EXPECT_EQ(PairedUp({Load(1), add, 1, store}),
            (std::vector<CodeWord>{Paired(Pair::kIncrement, Load(1)), add, 1, store}));
  for (const std::vector<CodeWord>& code :
       {std::vector<CodeWord>{Load(1), add, 1, EncodeWord(Opcode::kReturn, 0)},
        std::vector<CodeWord>{Load(1), add, 1}}) {
    EXPECT_EQ(PairedUp(code), code);
  }
}

TEST(PairsTest, TheEndIsNoSecond) {
  EXPECT_EQ(PairedUp({}), std::vector<CodeWord>{});
  EXPECT_EQ(PairedUp({Load(1)}), std::vector<CodeWord>{Load(1)});
}

}  // namespace
}  // namespace fart::lang
