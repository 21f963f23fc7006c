// SPDX-License-Identifier: Apache-2.0
#include "import/csv.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace tandem::intake {
namespace {

using Texts = std::vector<std::string>;

struct Parsed {
  std::vector<Texts> rows;
  std::vector<CsvFault> faults;
};

Parsed parse(std::string_view text, const CsvLimits& limits = {}) {
  Parsed parsed;
  CsvReader reader(text, limits);
  for (CsvRow row; reader.next(row);) {
    if (row.fault) {
      parsed.faults.push_back(*row.fault);
      continue;
    }
    Texts& texts = parsed.rows.emplace_back();
    for (const CsvCell& cell : row.cells) texts.emplace_back(cell.text);
  }
  return parsed;
}

TEST(Csv, ReadsPlainRowsWithEitherLineEnd) {
  const std::vector<Texts> expected{{"a", "b"}, {"1", "2"}};
  EXPECT_EQ(parse("a,b\n1,2\n").rows, expected);
  EXPECT_EQ(parse("a,b\r\n1,2\r\n").rows, expected);
  EXPECT_EQ(parse("a,b\r\n1,2").rows, expected);
}

TEST(Csv, KeepsEmptyCells) {
  EXPECT_EQ(parse(",,\n").rows, (std::vector<Texts>{{"", "", ""}}));
  EXPECT_EQ(parse("a,").rows, (std::vector<Texts>{{"a", ""}}));
  EXPECT_EQ(parse("\"\",x\r\n").rows, (std::vector<Texts>{{"", "x"}}));
}

TEST(Csv, PassesOverEmptyLinesAndTheByteOrderMark) {
  EXPECT_EQ(parse("\xEF\xBB\xBF\"a\",b\n\n\r\n1,2\n\n").rows,
            (std::vector<Texts>{{"a", "b"}, {"1", "2"}}));
  EXPECT_TRUE(parse("").rows.empty());
  EXPECT_TRUE(parse("\xEF\xBB\xBF\n").rows.empty());
}

TEST(Csv, ReadsQuotedCells) {
  EXPECT_EQ(parse("\"a,b\",\"say \"\"so\"\"\",\"two\r\nlines\"\n").rows,
            (std::vector<Texts>{{"a,b", "say \"so\"", "two\r\nlines"}}));
  EXPECT_EQ(parse("\"\"\"\"\n").rows, (std::vector<Texts>{{"\""}}));
}

TEST(Csv, KnowsTheLineAndCharacterOfACell) {
  const std::string_view text = "چای,b\n\"one\ntwo\",c\nd,e\n";
  CsvReader reader(text);
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(reader.character_at(row.cells[1].start), 5U);
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.line, 2U);
  EXPECT_EQ(row.cells[1].line, 3U);
  EXPECT_EQ(reader.character_at(row.cells[1].start), 6U);
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.line, 4U);
  EXPECT_FALSE(reader.next(row));
}

TEST(Csv, RejectsAQuoteInsideAPlainCellAndReadsOn) {
  const Parsed parsed = parse("a,b\"c\n1,2\n");
  ASSERT_EQ(parsed.faults.size(), 1U);
  EXPECT_EQ(parsed.faults[0].line, 1U);
  EXPECT_EQ(parsed.faults[0].character, 4U);
  EXPECT_EQ(parsed.faults[0].cell, 2U);
  EXPECT_EQ(parsed.rows, (std::vector<Texts>{{"1", "2"}}));
}

TEST(Csv, RejectsTextAfterAClosingQuoteAndReadsOn) {
  const Parsed parsed = parse("\"a\"b,c\n1,2\n");
  ASSERT_EQ(parsed.faults.size(), 1U);
  EXPECT_EQ(parsed.faults[0].character, 4U);
  EXPECT_EQ(parsed.rows.size(), 1U);
}

TEST(Csv, RejectsAQuoteThatIsNeverClosedWhereItOpens) {
  const Parsed parsed = parse("a,b\n1,\"2\n3,4\n");
  ASSERT_EQ(parsed.faults.size(), 1U);
  EXPECT_EQ(parsed.faults[0].line, 2U);
  EXPECT_EQ(parsed.faults[0].cell, 2U);
  EXPECT_EQ(parsed.rows.size(), 1U);
}

TEST(Csv, RejectsWhatIsBeyondTheLimits) {
  EXPECT_EQ(parse("abcdef,1\nab,2\n", {.cell_bytes = 4}).faults.size(), 1U);
  EXPECT_EQ(parse("\"abcdef\",1\nab,2\n", {.cell_bytes = 4}).rows.size(), 1U);
  EXPECT_EQ(parse("1,2,3\n1,2\n", {.cells_per_row = 2}).faults.size(), 1U);
  EXPECT_EQ(parse("ab,cd,ef\n1,2\n", {.row_bytes = 5}).faults.size(), 1U);
  const Parsed parsed = parse("1\n2\n3\n4\n", {.rows = 2});
  EXPECT_EQ(parsed.rows.size(), 2U);
  EXPECT_EQ(parsed.faults.size(), 1U);
}

TEST(CsvText, AcceptsUtf8) {
  EXPECT_TRUE(check_text("plain, longer than eight bytes"));
  EXPECT_TRUE(check_text("چای نعناع ۱۰۰ گرم, thé, 茶, 🍵"));
  EXPECT_TRUE(check_text(""));
}

TEST(CsvText, RejectsWhatIsNotUtf8AndSaysWhere) {
  const auto checked = check_text("abc\nd\xE9,x");
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().line, 2U);
  EXPECT_EQ(checked.error().character, 2U);
  for (const std::string_view broken :
       {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF0\x9F\x8D",
        "\xC3", "\xFF", "12345678\xC3"})
    EXPECT_FALSE(check_text(broken)) << broken.size();
}

TEST(CsvText, RejectsZeroCharactersAndTooLargeFiles) {
  EXPECT_FALSE(check_text(std::string_view("a\0b", 3)));
  EXPECT_FALSE(
      check_text(std::string_view("12345678\0"
                                  "2345678",
                                  16)));
  EXPECT_FALSE(check_text("12345", {.text_bytes = 4}));
}

}  // namespace
}  // namespace tandem::intake
